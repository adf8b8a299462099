"""2xx and 4xx: faults in how people are introduced and described."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

from attribution_faults.copies import (
    SAY,
    Copy,
    headline,
    in_body,
    in_quotes,
    is_speaker,
    persons,
    replaced,
    widened,
    with_paragraph,
)
from copydesk import Document, Quote, Section, Span, Trait

_TITLES = frozenset(
    {"Mr.", "Mrs.", "Ms.", "Mr", "Ms", "Dr.", "President", "Minister", "Sen.", "Gov.", "Professor", "Rep."}
)


def delete_introduction(document: Document, rng: random.Random) -> Iterator[Copy]:
    """Every full name of a source becomes the surname."""
    for key, surname, full, _short in persons(document):
        everywhere = [
            Span(m.start(), m.end()) for m in re.finditer(re.escape(document.text_of(full[0])), document.text)
        ]
        if is_speaker(document, key) and len(everywhere) <= 2 and all(f.end - f.start > len(surname) for f in full):
            text, places, edits = replaced(document.text, *((where, surname) for where in everywhere))
            left = re.findall(rf"\b([A-Z][\w.]*) (?:[A-Z]\. )?{re.escape(surname)}\b", text)
            if set(left) - _TITLES:
                continue  # written in full in another way as well, or another person of that name
            if not _speaks(text, surname):
                continue
            found = tuple(Span(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(surname)}\b", text))
            yield Copy(text, found or places, edits=edits)


def _speaks(text: str, surname: str) -> bool:
    """Whether the paper's own words have the surname as a source, with a verb of speech beside it."""
    name = re.escape(surname)
    beside = rf"\b{name}\b [^.,\n]{{0,20}}\b{SAY}\b|\b{SAY} (?:[\w.]+ ){{0,3}}{name}\b|according to (?:[\w.’'-]+ ){{0,4}}{name}\b"
    return any(not in_quotes(text, match.start()) for match in re.finditer(beside, text))


def move_introduction(document: Document, rng: random.Random) -> Iterator[Copy]:
    """The full name changes places with a later surname, in another sentence."""
    for _, surname, full, short in persons(document):
        later = [m for m in short if m.start > full[0].end and "." in document.text[full[0].end : m.start]]
        name = document.text_of(full[0])
        if len(re.findall(re.escape(name), document.text)) == 1 and later and surname in name:
            last = Span(later[-1].start, later[-1].start + len(surname))
            if in_quotes(document.text, full[0].start) or in_quotes(document.text, last.start):
                continue
            text, places, edits = replaced(document.text, (full[0].span, surname), (last, name))
            yield Copy(text, places, edits=edits)


def delete_role(document: Document, rng: random.Random) -> Iterator[Copy]:
    """What stands before the name, or between commas after it, goes; for sources with one description."""
    text = document.text
    top = headline(document)
    for key, surname, full, short in persons(document):
        roles = [role for role in document[Trait] if role.entity == key and role.kind in ("role", "affiliation")]
        if not is_speaker(document, key) or len(roles) != 1 or len(full) > 1:
            continue
        if top and re.search(rf"(?<![A-Z][a-z] )\b{re.escape(surname)}\b", text[top.start : top.end]):
            continue  # somebody whom the desk takes its readers to know
        if any(text[: m.start].endswith(tuple(f"{title} " for title in _TITLES)) for m in (*full, *short)):
            continue
        role, name = roles[0], full[0]
        sentence_end = text.find(". ", name.end)
        rest = text[name.end : sentence_end if sentence_end >= 0 else len(text)]
        if 0 < name.start - role.end <= 1:
            start = role.start
            before = re.search(
                r"(?:[A-Z][\w.&’'-]* |[Tt]he |[Aa]n? |[Hh]is |[Hh]er )*$", text[max(0, start - 60) : start]
            )
            start -= len(before[0]) if before else 0
            if re.match(r"[,(—–-]| (?:and|or) | of | for | with | from ", rest) or _described_by(text[:start]):
                continue  # described in another way too
            new, _, edits = replaced(text, (Span(start, name.start), ""))
            yield Copy(new, (widened(new, Span(start, start)),), edits=edits)
        elif 0 < role.start - name.end <= 10 and text[name.end] == ",":
            end = text.find(",", role.end)
            if 0 < end < role.end + 60 and "\n" not in text[name.end : end]:
                new, _, edits = replaced(text, (Span(name.end, end + 1), ""))
                yield Copy(new, (widened(new, Span(name.end, name.end)),), edits=edits)


def _described_by(before: str) -> bool:
    """Whether what is left before the name still says who it is: "Jill's brother", "a spokesman for"."""
    return re.search(r"(?:’s|'s|[a-z]+er|[a-z]+man|,|-|—| for| of) ?$", before) is not None


def delete_statement(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A story ends "X's remarks drew criticism."; then every paragraph in which X speaks is taken out."""
    for key, surname, full, _short in persons(document):
        if not is_speaker(document, key):
            continue
        name = document.text_of(full[0])
        base, start = with_paragraph(document, f"{name}'s remarks drew criticism.")
        spoken = {
            widened(base, Span(min(q.start, *(s.start for s in q.source)) if q.source else q.start, q.end))
            for q in document[Quote]
            if q.end < start and (q.speaker == key or any(surname in document.text[s.start : s.end] for s in q.source))
        }
        if not spoken or any(a.end > b.start for a, b in pairwise(sorted(spoken))):
            continue
        text, _, edits = replaced(base, *((where, "") for where in sorted(spoken)))
        start = text.index(f"{name}'s remarks")
        paragraph = widened(text, Span(start, start))
        if paragraph.end - paragraph.start > len(name) + 40 or _still_speaks(text[:start], surname):
            continue
        yield Copy(text, (Span(start, start + len(name) + len("'s remarks")),), base=base, edits=edits)


def _still_speaks(text: str, surname: str) -> bool:
    """Whether a paragraph is left that names the person and has a verb of speech or a quotation."""
    return any(
        surname in paragraph and re.search(rf"\b{SAY}\b|[\"“]|\b(?:say|argu|call|suggest|pledg|promis|vow)", paragraph)
        for paragraph in text.split("\n")[1:]
    )


def misspell(document: Document, rng: random.Random) -> Iterator[Copy]:
    """One letter of a surname that stands alone is left out, doubled or exchanged with the next."""
    for _, surname, full, short in persons(document):
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


_OTHER_OFFICES = {
    "president": "Prime Minister",
    "prime minister": "President",
    "foreign minister": "Defence Minister",
    "defence minister": "Foreign Minister",
    "defense minister": "Foreign Minister",
    "finance minister": "Transport Minister",
    "secretary of state": "Treasury Secretary",
    "governor": "Mayor",
    "mayor": "Governor",
}


def conflicting_office(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A story ends with a paragraph that gives an office holder another office than the story does."""
    for key, surname, _full, _short in persons(document):
        offices = {
            role.value.casefold()
            for role in document[Trait]
            if role.entity == key and role.role == "office" and role.value and in_body(document, role.start)
        }
        known = [office for office in _OTHER_OFFICES if office in offices]
        others = [office for office in offices if office not in _OTHER_OFFICES]
        if len(known) != 1 or others:
            continue
        office = _OTHER_OFFICES[known[0]]
        sentence = f"{office} {surname} left in the evening."
        text, start = with_paragraph(document, sentence)
        role = Trait(
            start=start, end=start + len(office), entity=key, value=office.casefold(), kind="role", role="office"
        )
        paragraph = Section(start=start, end=start + len(sentence), kind="paragraph")
        yield Copy(
            text,
            (Span(start, role.end + 1 + len(surname)),),
            edits=((Span(start - 1, start - 1), "\n" + sentence),),
            added=(paragraph, role),
        )


def contradict_reference(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A reference table has the holder of an office in another one: the story is wrong without an edit."""
    for key, _, full, _short in persons(document):
        for role in document[Trait]:
            if role.entity == key and role.role == "office" and role.value and in_body(document, role.start):
                row = f"- {{name: {document.text_of(full[0])}, office: consul, country: Ruritania}}\n"
                near = Span(min(role.start, full[0].start), max(role.end, full[0].end))
                yield Copy(
                    document.text,
                    (near if near.end - near.start < 200 else role.span,),
                    options={"ATT403": row},
                    edits=(),
                )
                break


def swap_speakers(document: Document, rng: random.Random) -> Iterator[Copy]:
    """Two sources who are both introduced change places in one paragraph each: nothing in the text gives it away."""
    people = [(s, m) for k, s, _, m in persons(document) if is_speaker(document, k) and m]
    for (one, first), (other, second) in pairwise(people):
        a, b = Span(first[-1].start, first[-1].start + len(one)), Span(second[-1].start, second[-1].start + len(other))
        text, places, edits = replaced(document.text, (a, other), (b, one))
        yield Copy(text, places, edits=edits)
