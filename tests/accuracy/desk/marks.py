"""Articles with marks, and the documents that they stand for. GUIDELINES.md says what a mark means."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from copydesk import Annotation, Document, Entity, Finding, Mention, Quantity, Quote, Span, TimeExpression, Trait

ARTICLES = Path(__file__).parent / "articles"
_MARK = re.compile(r"\{(?P<tag>[^{}|]+)\||\}")
_FIGURE = re.compile(
    r"(?P<bound>[~<>]?=?)(?P<low>[\d./]+)(?:-(?P<high>[\d./]+))?"
    r"(?: (?P<unit>(?!(?:age|percent|fraction|ordinal)$)\w+))?(?: (?P<kind>age|percent|fraction|ordinal))?"
)
_KINDS = {"n": "name", "p": "pronoun", "d": "description"}
_TRAITS = {"r": "role", "o": "affiliation", "g": "age"}
_FORMS = {"D": "direct", "M": "mixed", "I": "indirect"}
_TYPES = [
    (re.compile(r"P(?:T?\d|X)"), "duration"),
    (re.compile(r"T\d"), "time"),
    (re.compile(r".*T(?:\d|AF|NI|MO|EV)|PRESENT_REF"), "datetime"),
    (re.compile(r".*/"), "range"),
    (re.compile(r""), "date"),
]


@dataclass
class Mark:
    """One mark: what its tag says, and where it is in the bare text."""

    tag: str
    start: int
    end: int = -1


@dataclass
class _Said:
    form: str = ""
    speaker: str = "-"
    content: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)


def read(marked: str) -> tuple[str, list[Mark]]:
    """The bare text, and the marks in the order in which they begin.

    Raises:
        ValueError: a mark is not closed, or closed twice.
    """
    bare: list[str] = []
    length = at = 0
    marks: list[Mark] = []
    opened: list[Mark] = []
    for match in _MARK.finditer(marked):
        bare.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        if match["tag"] is not None:
            opened.append(Mark(match["tag"], length))
            marks.append(opened[-1])
        elif opened:
            opened.pop().end = length
        else:
            raise ValueError(f"a mark is closed that was not opened, before {marked[at : at + 30]!r}")
    if opened:
        raise ValueError(f"the mark {opened[-1].tag!r} is not closed")
    return "".join(bare) + marked[at:], marks


def document(path: Path) -> Document:
    """The document that a file of marks stands for.

    Raises:
        ValueError: a mark that means nothing, with the file and its tag.
    """
    head, entities, marked = path.read_text(encoding="utf-8").split("---\n", 2)
    about = dict(line.split(": ", 1) for line in head.splitlines())
    text, marks = read(marked.rstrip("\n"))
    named = {key: (label, name) for key, label, name in (line.split(" ", 2) for line in entities.splitlines())}
    try:
        found = _annotations(text, marks, named)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    kinds = (Entity, Mention, Trait, Quote, Quantity, TimeExpression, Finding)
    return Document(text, id=about.pop("id"), metadata=about).with_annotations(found, provides=kinds)


def documents() -> list[Document]:
    """All articles, in the order of their names."""
    return [document(path) for path in sorted(ARTICLES.glob("*.txt"))]


def _annotations(text: str, marks: list[Mark], named: dict[str, tuple[str, str]]) -> list[Annotation]:
    entities = _entities(text, marks, named)
    found: list[Annotation] = [*entities.values()]
    said: dict[str, _Said] = defaultdict(_Said)
    for mark in marks:
        tag, _, rest = mark.tag.partition(" ")
        place = Span(start=mark.start, end=mark.end)
        if tag in _KINDS:
            found.append(Mention(start=mark.start, end=mark.end, kind=_KINDS[tag], entity=entities[rest].ref))
        elif tag in _TRAITS:
            value = text[mark.start : mark.end].lower()
            kind = "description" if tag == "r" and entities[rest].label == "ORG" else _TRAITS[tag]
            trait = Trait(start=mark.start, end=mark.end, kind=kind, entity=entities[rest].ref, value=value)
            found.append(trait)
        elif tag[0] == "!":
            found.append(_finding(mark))
        elif tag[0] == "@":
            found.append(_time(mark))
        elif tag[0] == "#":
            found.append(_figure(mark))
        elif tag[0] == "q":
            said[tag[1:]].content.append(place)
            if rest:
                said[tag[1:]].form, said[tag[1:]].speaker = rest.split(" ")
        elif tag[0] in "cs" and tag[1:].isdigit():
            (said[tag[1:]].cue if tag[0] == "c" else said[tag[1:]].source).append(place)
        else:
            raise ValueError(f"no mark has the tag {mark.tag!r}")
    return [*found, *(_quote(quote, entities) for quote in said.values() if quote.content)]


def _entities(text: str, marks: list[Mark], named: dict[str, tuple[str, str]]) -> dict[str, Entity]:
    """An entity for each key, at its fullest first mention."""
    places: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        tag, _, key = mark.tag.partition(" ")
        if tag in _KINDS:
            places[key].append(mark)
    entities = {}
    for key, its in places.items():
        label, name = named[key]
        first = next((mark for mark in its if name in text[mark.start : mark.end]), its[0])
        entities[key] = Entity(id=f"e-{key}", start=first.start, end=first.end, label=label, name=name)
    return entities


def _quote(said: _Said, entities: dict[str, Entity]) -> Quote:
    return Quote(
        start=said.content[0].start,
        end=said.content[-1].end,
        kind=_FORMS[said.form],
        content=tuple(said.content),
        cue=tuple(said.cue),
        source=tuple(said.source),
        speaker=None if said.speaker == "-" else entities[said.speaker].ref,
    )


def _figure(mark: Mark) -> Quantity:
    value = _FIGURE.fullmatch(mark.tag[1:])
    if value is None:
        raise ValueError(f"{mark.tag!r} is no figure")
    unit, kind = value["unit"], value["kind"]
    if kind is None:
        kind = "cardinal" if unit is None else "money" if unit.isupper() else "quantity"
    return Quantity(
        start=mark.start,
        end=mark.end,
        kind=kind,
        low=float(Fraction(value["low"])),
        high=float(Fraction(value["high"] or value["low"])),
        unit=unit or {"percent": "percent", "age": "year"}.get(kind),
        bound=value["bound"] or "=",
        number=Span(start=mark.start, end=mark.end),
    )


def _finding(mark: Mark) -> Finding:
    """What an editor wants to see; only the place and the code are compared."""
    code = mark.tag[1:]
    return Finding(
        start=mark.start,
        end=mark.end,
        id=Finding.make_id(mark.start, mark.end, code),
        code=code,
        name=code.lower(),
        severity="info",
        message=code,
    )


def _time(mark: Mark) -> TimeExpression:
    timex, _, repeated = mark.tag[1:].partition(" ")
    kind = repeated or next(kind for form, kind in _TYPES if form.match(timex))
    return TimeExpression(start=mark.start, end=mark.end, kind=kind, timex=timex)
