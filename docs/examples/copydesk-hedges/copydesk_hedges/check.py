"""What is said of hedges."""

from collections.abc import Iterator

from copydesk import Check, Config, Document, Evidence, Finding, Sentence
from pydantic import Field

from copydesk_hedges.component import Hedge


class HedgedTwiceConfig(Config):
    """Settings of the check."""

    most: int = Field(default=1, ge=0, description="So many hedges may stand in a sentence.")


class HedgedTwice(Check[HedgedTwiceConfig]):
    """A sentence that hedges twice says nothing.

    It reports the second hedge of a sentence. It does not report hedges in different sentences.
    """

    code = "HDG101"
    name = "hedged-twice"
    api = 1
    severity = "warning"
    requires = (Sentence, Hedge)

    def check(self, document: Document) -> Iterator[Finding]:
        for sentence in document[Sentence]:
            hedges = document[Hedge].within(sentence)
            for hedge in hedges[self.config.most :]:
                others = [
                    Evidence(start=other.start, end=other.end, note="another") for other in hedges if other != hedge
                ]
                yield self.finding(hedge, f"'{hedge.word}' is one hedge too many.", evidence=others)
