"""What other articles lend to an edit: titles, names, anonymous sources, outlets, numbers, weekdays, ages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random

from copydesk import Document, Mention, Quantity, Quote, Section, TimeExpression, Trait

ANONYMOUS = re.compile(
    r"(?:(?:[Aa]|[Aa]n|[Oo]ne|[Ss]ome|[Ss]everal|[Aa]nother|[Ss]enior|[Mm]any) (?:[\w’'.-]+ ){0,3})?"
    r"(?:[Ss]ources?|[Oo]fficials?|[Aa]ides?|[Ii]nsiders?|[Ee]xperts|[Cc]ritics|[Aa]nalysts|[Oo]bservers|[Aa]dvisers)"
)
_OUTLET = re.compile(
    r"(?:[Tt]he )?[A-Z][\w. ]*(?:News|Times|Post|Journal|Radio|Herald|Tribune|Guardian)|CNN|CBS|NBC|ABC|MSNBC|Politico"
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = ("title", "surname", "anonymous", "outlet", "number", "weekday", "age", "headline word")


def sources(document: Document) -> Iterator[str]:
    """The sources of the quotes, as written."""
    for quote in document[Quote]:
        for where in quote.source:
            yield document.text_of(where)


def names(document: Document) -> Iterator[Mention]:
    """Where persons are named."""
    for mention in document[Mention]:
        if mention.kind == "name" and document.resolve(mention.entity).label == "PERSON":
            yield mention


class Others:
    """The wording of articles, by kind, each with its article."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._words: dict[str, list[tuple[str, str]]] = {kind: [] for kind in _KINDS}
        for document in documents:
            for kind, word in _wording(document):
                self._words[kind].append((document.id, word))

    def draw(self, kind: str, document: Document, rng: Random, fits: str = ".*") -> str | None:
        """A word of that kind from another article, which this one does not have; None where there is none that fits."""
        found = sorted(
            {
                word
                for id, word in self._words[kind]
                if id != document.id and word not in document.text and re.fullmatch(fits, word)
            }
        )
        return rng.choice(found) if found else None


def _wording(document: Document) -> Iterator[tuple[str, str]]:
    text = document.text
    starts = {mention.start for mention in names(document)}
    for trait in document[Trait]:
        if trait.kind == "role" and trait.role in ("office", "rank") and trait.end + 1 in starts:
            title = document.text_of(trait)
            if title.istitle() and "Retired" not in title and "\u00a0" not in title:
                yield "title", title
    for mention in names(document):
        parts = document.text_of(mention).split()
        if len(parts) == 2 and parts[1].isalpha() and len(parts[1]) > 3:
            yield "surname", parts[1]
    for source in sources(document):
        if ANONYMOUS.fullmatch(source):
            yield "anonymous", source[0].lower() + source[1:]
    for quote in document[Quote]:
        relays = (document.text_of(where) for where in quote.relay)
        yield from (("outlet", relay) for relay in relays if _OUTLET.fullmatch(relay))
    for quantity in document[Quantity]:
        number = document.text_of(quantity.number)
        if number.isdigit():
            yield "number", number
    for time in document[TimeExpression]:
        yield from (("weekday", day) for day in WEEKDAYS if day in document.text_of(time))
    yield from (("age", match[1]) for match in re.finditer(r"\b(\d\d)-year-old\b", text))
    for section in document[Section]:
        if section.kind == "headline":
            yield from (("headline word", word) for word in re.findall(r"\b[a-z]{4,}\b", document.text_of(section)))
