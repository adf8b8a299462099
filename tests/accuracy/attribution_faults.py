"""Seeded faults: what a careless edit does to the sourcing of a story, one fault to a copy.

Each operator gives the copies that it can make of a story. A copy says what was edited, so that a
check's finding counts only where it is new and at the fault, or at its evidence.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from copydesk import Document, Entity, Quantity, Quote, Role, Section, Span

SAY = r"(?:said|says|told|added|stated|explained|noted|warned|argued|claimed|announced|commented|wrote|asked)"
_END_OF_SPEECH = re.compile(r',(["”]) ([^"“”.\n]{2,80}?)\.(?=\s|$)')
_TITLES = frozenset(
    {"Mr.", "Mrs.", "Ms.", "Mr", "Ms", "Dr.", "President", "Minister", "Sen.", "Gov.", "Professor", "Rep."}
)
_ENDS = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Copy:
    """A copy of a story with one fault.

    Attributes:
        text: the faulty text.
        base: the text without the fault, where it is not the story itself.
        places: where findings of the fault may lie, in `text`.
        options: options of checks, by code, that go with the fault.
        edits: what was replaced by what, in the story or in `base`; None where text was added.
        unnames: whether the edit puts somebody else in place of a named person.
    """

    text: str
    places: tuple[Span, ...]
    base: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    edits: tuple[tuple[Span, str], ...] | None = None
    unnames: bool = False


def replaced(text: str, *edits: tuple[Span, str]) -> tuple[str, tuple[Span, ...], tuple[tuple[Span, str], ...]]:
    """The text with these edits, where they lie in it, and the edits in order."""
    parts: list[str] = []
    places: list[Span] = []
    at = length = 0
    for where, new in sorted(edits):
        parts += [text[at : where.start], new]
        start = length + where.start - at
        places.append(Span(start, start + len(new)))
        length = start + len(new)
        at = where.end
    return "".join(parts) + text[at:], tuple(places), tuple(sorted(edits))


def widened(text: str, where: Span) -> Span:
    """The paragraph around a place: a deletion leaves no words of its own."""
    start = text.rfind("\n", 0, where.start) + 1
    end = text.find("\n", where.end)
    return Span(start, len(text) if end < 0 else end)


def strip_attribution(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`…," said Lee.` becomes `….”`, in a paragraph with no other sign of speech."""
    text = document.text
    for match in _END_OF_SPEECH.finditer(text):
        if not re.search(rf"\b{SAY}\b", match[2]) or not in_body(document, match.start()):
            continue
        new, _, edits = replaced(text, (Span(match.start(), match.end()), "." + match[1]))
        place = widened(new, Span(match.start(), match.start() + 2))
        paragraph = new[place.start : place.end]
        before = text[: place.start].rstrip()
        narration = re.sub(r'["“][^"”]*["”]', "", paragraph)
        quoted = re.findall(r'["“]([^"”]*)["”]', paragraph)
        previous = before[before.rfind("\n") + 1 :]
        if re.search(rf"\b(?:{SAY}|according|tells)\b", narration + previous) or before.endswith(('"', "”", ":")):
            continue  # the paragraph, or the run of speech before it, still has a source
        if len(quoted) == 1 and len(quoted[0].split()) >= 8:
            yield Copy(new, (place,), edits=edits)


def _persons(document: Document) -> Iterator[tuple[str, str, list[Entity], list[Entity]]]:
    """Persons with full name and surname: entity, surname, full mentions, surname mentions, in the body."""
    by: dict[str, list[Entity]] = {}
    for entity in document[Entity]:
        if entity.label == "PERSON":
            by.setdefault(entity.entity, []).append(entity)
    for key, mentions in by.items():
        full = [m for m in mentions if len(document.text_of(m).split()) > 1 and in_body(document, m.start)]
        surname = document.text_of(full[0]).split()[-1].removesuffix("'s").removesuffix("’s") if full else ""
        short = [
            m
            for m in mentions
            if document.text_of(m).rstrip("'’s") == surname.rstrip("s") or document.text_of(m) == surname
        ]
        if (
            full
            and _ENDS.match(surname)
            and len(document.text_of(full[0]).split()) < 4
            and " De " not in document.text_of(full[0])
        ):
            yield key, surname, full, [m for m in short if in_body(document, m.start)]


def _is_speaker(document: Document, entity: str) -> bool:
    return any(quote.speaker == entity for quote in document[Quote])


def delete_introduction(document: Document, rng: random.Random) -> Iterator[Copy]:
    """Every full name of a source becomes the surname."""
    for key, surname, full, _short in _persons(document):
        everywhere = [
            Span(m.start(), m.end()) for m in re.finditer(re.escape(document.text_of(full[0])), document.text)
        ]
        if _is_speaker(document, key) and len(everywhere) <= 2 and all(f.end - f.start > len(surname) for f in full):
            text, places, edits = replaced(document.text, *((where, surname) for where in everywhere))
            left = re.findall(rf"\b([A-Z][\w.]*) (?:[A-Z]\. )?{re.escape(surname)}\b", text)
            if set(left) - _TITLES:
                continue  # written in full in another way as well, or another person of that name
            found = tuple(Span(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(surname)}\b", text))
            yield Copy(text, found or places, edits=edits)


def move_introduction(document: Document, rng: random.Random) -> Iterator[Copy]:
    """The full name changes places with a later surname, in another sentence."""
    for _, surname, full, short in _persons(document):
        later = [m for m in short if m.start > full[0].end and "." in document.text[full[0].end : m.start]]
        name = document.text_of(full[0])
        if len(re.findall(re.escape(name), document.text)) == 1 and later and surname in name:
            last = Span(later[-1].start, later[-1].start + len(surname))
            text, places, edits = replaced(document.text, (full[0].span, surname), (last, name))
            yield Copy(text, places, edits=edits)


def delete_role(document: Document, rng: random.Random) -> Iterator[Copy]:
    """What stands before the name, or between commas after it, goes; for sources with one description."""
    text = document.text
    for key, _, full, _short in _persons(document):
        roles = [role for role in document[Role] if role.holder == key]
        if not _is_speaker(document, key) or len(roles) != 1:
            continue
        role, name = roles[0], full[0]
        if 0 < name.start - role.end <= 1:
            start = role.start
            before = re.search(r"(?:[A-Z][\w.&’']* |[Tt]he |[Aa]n? )*$", text[max(0, start - 60) : start])
            start -= len(before[0]) if before else 0
            if not re.match(r"[,(]| (?:and|or) [A-Z]| of ", text[name.end :]):
                new, _, edits = replaced(text, (Span(start, name.start), ""))
                yield Copy(new, (widened(new, Span(start, start)),), edits=edits)
        elif 0 < role.start - name.end <= 10 and text[name.end] == ",":
            end = text.find(",", role.end)
            if 0 < end < role.end + 60 and "\n" not in text[name.end : end]:
                new, _, edits = replaced(text, (Span(name.end, end + 1), ""))
                yield Copy(new, (widened(new, Span(name.end, name.end)),), edits=edits)


def _replace_source(new_source: str, plural_verb: str) -> Callable[[Document, random.Random], Iterator[Copy]]:
    def operator(document: Document, rng: random.Random) -> Iterator[Copy]:
        text = document.text
        for match in re.finditer(rf"(?:(?<=[.!?”\"] )|(?<=\n))((?:[A-Z][\w.’'-]*[ ]?){{1,6}}) ({SAY}) ", text):
            start = match.start(1)
            if text[:start].endswith(("Mr. ", "Ms. ", "Mrs. ", "Dr. ")) or match[1] in (
                "He",
                "She",
                "It",
                "They",
                "We",
            ):
                continue
            if in_body(document, start) and not in_quotes(text, start):
                verb = plural_verb if match[2] == "says" else match[2]
                source, cue = Span(start, match.end(1)), Span(match.start(2), match.end(2))
                new, places, edits = replaced(text, (source, new_source), (cue, verb))
                yield Copy(new, (Span.hull(*places),), edits=edits, unnames=True)

    operator.__doc__ = f"A named source before its verb becomes “{new_source}”."
    return operator


def conflicting_office(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A later mention of an office holder is given another office."""
    others = {"minister": "Transport Minister", "president": "Prime Minister", "secretary": "Transport Minister"}
    for key, surname, full, short in _persons(document):
        offices = [role for role in document[Role] if role.holder == key and role.kind == "office" and role.title]
        later = [m for m in short if m.start > full[0].end]
        for word, other in others.items():
            if later and any(
                word in (role.title or "").split()
                and len((role.title or "").split()) >= (1 if word == "president" else 2)
                for role in offices
            ):
                before = document.text[: later[-1].start]
                if before.endswith(("Mr. ", "Ms ", "Mr ", "Minister ", "President ")) or in_quotes(
                    document.text, later[-1].start
                ):
                    continue
                text, places, _ = replaced(document.text, (Span(later[-1].start, later[-1].start), other + " "))
                yield Copy(text, (Span(places[0].start, places[0].end + len(surname)),))


def contradict_reference(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A reference table has the holder of an office in another one: the story is wrong without an edit."""
    for key, _, full, _short in _persons(document):
        for role in document[Role]:
            if role.holder == key and role.kind == "office" and role.title and in_body(document, role.start):
                row = f"- {{name: {document.text_of(full[0])}, office: consul, country: Ruritania}}\n"
                near = Span(min(role.start, full[0].start), max(role.end, full[0].end))
                yield Copy(
                    document.text,
                    (near if near.end - near.start < 200 else role.span,),
                    options={"ATT403": row},
                    edits=(),
                )
                break


def misspell(document: Document, rng: random.Random) -> Iterator[Copy]:
    """One letter of a surname that stands alone is left out, doubled or exchanged with the next."""
    for _, surname, full, short in _persons(document):
        later = [m for m in short if m.start > full[0].end]
        if len(surname) < 5 or not later:
            continue
        mention = rng.choice(later)
        at = rng.randrange(1, len(surname) - 2)
        wrong = rng.choice(
            [
                surname[:at] + surname[at + 1 :],
                surname[:at] + surname[at] + surname[at:],
                surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :],
            ]
        )
        if wrong != surname and not in_quotes(document.text, mention.start):
            text, places, edits = replaced(document.text, (Span(mention.start, mention.start + len(surname)), wrong))
            yield Copy(text, places, edits=edits)


def alter_figure(document: Document, rng: random.Random) -> Iterator[Copy]:
    """Of two equal figures that count the same, the later is changed."""
    text = document.text
    seen: dict[tuple[float, str], Quantity] = {}
    for figure in document[Quantity]:
        if (
            figure.kind != "cardinal"
            or figure.counted_head is None
            or not isinstance(figure.value, int | float)
            or figure.bound != "="
        ):
            continue
        key = (figure.value, document.text_of(figure.counted_head).rstrip("s"))
        earlier = seen.setdefault(key, figure)
        if (
            earlier is not figure
            and in_body(document, earlier.start)
            and 2 < figure.value < 1800
            and text[figure.start - 1] != ":"
            and not in_quotes(text, figure.start)
            and "." in text[earlier.end : figure.start]
        ):
            new, places, edits = replaced(text, (figure.number, str(int(figure.value) + rng.randint(1, 3))))
            yield Copy(new, places, edits=edits)


def alter_headline_number(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A number of the headline is raised by half."""
    for section in document[Section]:
        if section.kind != "headline":
            continue
        for figure in document[Quantity].within(section):
            others = [o for o in document[Quantity] if o.value == figure.value and in_body(document, o.start)]
            if (
                figure.kind in ("cardinal", "money", "percent")
                and isinstance(figure.value, int | float)
                and figure.value >= 3
                and others
            ):
                new, places, edits = replaced(document.text, (figure.number, str(int(figure.value * 1.5) + 1)))
                yield Copy(new, (Span(places[0].start, places[0].end),), edits=edits)


def alter_headline_quote(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A word of a quotation in the headline is replaced."""
    for section in document[Section]:
        if section.kind != "headline":
            continue
        for match in re.finditer(r"['‘“\"]([^'’”\"\n]{4,})['’”\"](?!\w)", document.text[section.start : section.end]):
            words = match[1].split()
            wrong = [*words[:-1], "calamity"]
            where = Span(section.start + match.start(1), section.start + match.end(1))
            new, places, edits = replaced(document.text, (where, " ".join(wrong)))
            yield Copy(new, (Span(places[0].start - 1, places[0].end + 1),), edits=edits)


def drop_closing_mark(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A closing quotation mark is lost."""
    for match in re.finditer(r'(?<=[\w,.!?])["”](?= [a-z])', document.text):
        if in_body(document, match.start()):
            new, _, _ = replaced(document.text, (Span(match.start(), match.end()), ""))
            yield Copy(new, (widened(new, Span(match.start(), match.start())),))


def delete_statement(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A story ends "X's remarks drew criticism."; then every paragraph in which X speaks is taken out."""
    for key, surname, full, _short in _persons(document):
        if not _is_speaker(document, key):
            continue
        name = document.text_of(full[0])
        end = widened(document.text, max(document[Quote], key=lambda quote: quote.end)).end
        base = f"{document.text[:end]}\n{name}'s remarks drew criticism.{document.text[end:]}"
        spoken = {
            widened(base, Span(min(q.start, *(s.start for s in q.source)) if q.source else q.start, q.end))
            for q in document[Quote]
            if q.speaker == key or any(surname in document.text[s.start : s.end] for s in q.source)
        }
        if not spoken:
            continue
        text, _, edits = replaced(base, *((where, "") for where in sorted(spoken)))
        start = text.rindex(f"{name}'s remarks")
        if not re.search(rf"{re.escape(surname)}[^.\n]{{0,40}}\b{SAY}\b", text[:start]) and not re.search(
            rf"\b{SAY}\b[^.\n]{{0,20}}{re.escape(surname)}", text[:start]
        ):
            yield Copy(text, (Span(start, start + len(name) + len("'s remarks")),), base=base, edits=edits)


def repeat_quote(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A quotation is repeated and given to somebody else."""
    for quote in document[Quote]:
        said = document.text_of(quote)
        whole = re.fullmatch(r'["“]([^"“”\n]+?)[,.]?["”]', said)
        if quote.kind == "direct" and quote.speaker and len(quote.content) == 1 and whole and len(said.split()) >= 6:
            end = widened(document.text, quote).end
            added = f"\n{said[0]}{whole[1]},{said[-1]} said Quentin Abernathy, a lawyer."
            yield Copy(document.text[:end] + added + document.text[end:], (Span(end + 1, end + len(added)),))


def swap_speakers(document: Document, rng: random.Random) -> Iterator[Copy]:
    """Two sources who are both introduced change places in one paragraph each: nothing in the text gives it away."""
    people = [(s, m) for k, s, _, m in _persons(document) if _is_speaker(document, k) and m]
    for (one, first), (other, second) in pairwise(people):
        a, b = Span(first[-1].start, first[-1].start + len(one)), Span(second[-1].start, second[-1].start + len(other))
        text, places, edits = replaced(document.text, (a, other), (b, one))
        yield Copy(text, places, edits=edits)


OPERATORS: dict[str, tuple[Callable[[Document, random.Random], Iterator[Copy]], frozenset[str]]] = {
    "strip an attribution": (strip_attribution, frozenset({"ATT101"})),
    "delete a full-name introduction": (delete_introduction, frozenset({"ATT201"})),
    "move it later": (move_introduction, frozenset({"ATT202"})),
    "delete a role": (delete_role, frozenset({"ATT203"})),
    "delete the paragraphs with X's statement": (delete_statement, frozenset({"ATT204"})),
    "named source to “A source”": (_replace_source("A source", "says"), frozenset({"ATT301"})),
    "named source to “Experts”": (_replace_source("Experts", "say"), frozenset({"ATT302"})),
    "change a title": (conflicting_office, frozenset({"ATT401"})),
    "contradict the reference table": (contradict_reference, frozenset({"ATT403"})),
    "misspell one surname": (misspell, frozenset({"ATT201", "ATT404"})),
    "named source to “Local media”": (_replace_source("Local media", "say"), frozenset({"ATT502"})),
    "repeat a quotation for another speaker": (repeat_quote, frozenset({"ATT106"})),
    "alter one of two equal figures": (alter_figure, frozenset({"ATT602"})),
    "alter the headline's number": (alter_headline_number, frozenset({"ATT802"})),
    "alter the headline's quotation": (alter_headline_quote, frozenset({"ATT801"})),
    "drop a closing quotation mark": (drop_closing_mark, frozenset({"ATT701"})),
    "swap two introduced speakers": (swap_speakers, frozenset({"ATT401", "ATT404", "ATT201", "ATT202"})),
}


def in_body(document: Document, offset: int) -> bool:
    return any(section.kind == "paragraph" for section in document[Section].at(offset))


def in_quotes(text: str, offset: int) -> bool:
    start = text.rfind("\n", 0, offset) + 1
    before = text[start:offset]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
