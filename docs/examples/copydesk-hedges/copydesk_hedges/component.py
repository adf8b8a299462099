"""Hedges: words by which a writer does not commit to what is said."""

import re
from collections.abc import Iterator
from importlib.resources import files

from copydesk import Annotation, Component, Config, Context, Document
from pydantic import Field


class Hedge(Annotation):
    """A word by which the writer does not commit to what is said."""

    word: str = Field(description="In lower case.")


class HedgesConfig(Config):
    """Settings of hedges."""

    also: tuple[str, ...] = Field(default=(), description="Words that count as hedges, too.")


class Hedges(Component[HedgesConfig]):
    """Finds hedges: reportedly, allegedly, and others of a list."""

    name = "hedges"
    api = 1
    provides = (Hedge,)

    def setup(self, context: Context) -> None:
        listed = files("copydesk_hedges").joinpath("words.txt").read_text(encoding="utf-8").split()
        self._words = frozenset((*listed, *map(str.lower, self.config.also)))

    def process(self, document: Document) -> Iterator[Hedge]:
        for match in re.finditer(r"\w+", document.text):
            word = match[0].lower()
            if word in self._words:
                yield Hedge(start=match.start(), end=match.end(), word=word)
