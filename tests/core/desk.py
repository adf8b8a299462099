"""A plugin for tests of whole runs: quick steps whose results can be foreseen. Not itself a test."""

from __future__ import annotations

import re
import sys
import time

import copydesk
from copydesk import Annotation, Component, Finding


class Shout(Annotation):
    """A word of capitals."""

    word: str


class Token(Annotation):
    """A token of the shared parse."""


class Shouts(Component):
    """Finds words of capitals. ERROR, WARNING and INFO are findings of that severity; BOOM makes it fail."""

    name = "shouts"
    provides = (Shout, Finding)

    def process(self, document):
        for match in re.finditer(r"[A-Z]+", document.text):
            word, (start, end) = match.group(), match.span()
            if word == "BOOM":
                raise ValueError("it went boom")
            if word == "SLEEP":
                print("asleep", file=sys.stderr, flush=True)
                time.sleep(30)
            yield Shout(start=start, end=end, word=word)
            if word in ("ERROR", "WARNING", "INFO"):
                yield Finding(
                    start=start, end=end, code="SHO001", name="shout", severity=word.lower(), message=f"{word} is loud"
                )


class Tokens(Component):
    """Gives the tokens of the parse, and needs the parse to be of this text."""

    name = "tokens"
    provides = (Token,)
    uses = ("doc.sents",)

    def process(self, document):
        assert document.doc.text == document.text
        return [
            Token(start=token.idx, end=token.idx + len(token)) for token in document.doc if not token.text.isspace()
        ]


@copydesk.hookimpl
def copydesk_components():
    return [Shouts, Tokens]
