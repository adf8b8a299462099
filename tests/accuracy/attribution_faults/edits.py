"""The edits: which stretch of an article is replaced, by which words, and what a check should then find."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from random import Random

from attribution_faults.drawing import WEEKDAYS, Others, names
from copydesk import Document, Mention, Quantity, Quotation, Quote, Section, Span, TimeExpression, Trait

SAY = r"(?:said|says|told|added|stated|explained|noted|warned|argued|claimed|announced|wrote|tweeted|asked)"


@dataclass(frozen=True)
class Edit:
    """An edit of an article: `parts` are start, end and the words that go there."""

    document: str
    fault: str
    parts: tuple[tuple[int, int, str], ...]

    @classmethod
    def from_json(cls, line: str) -> Edit:
        item = json.loads(line)
        return cls(item["document"], item["fault"], tuple((start, end, new) for start, end, new in item["parts"]))

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


Parts = Iterator[list[tuple[int, int, str]]]


def applied(edit: Edit, text: str) -> tuple[str, Span]:
    """The edited text, and the stretch from the first edit to the last, widened to its paragraphs."""
    made, at = [], 0
    places = []
    length = 0
    for start, end, new in sorted(edit.parts):
        made += [text[at:start], new]
        length += start - at
        places.append((length, length + len(new)))
        length += len(new)
        at = end
    whole = "".join(made) + text[at:]
    first, last = places[0][0], places[-1][1]
    after = whole.find("\n", last)
    return whole, Span(whole.rfind("\n", 0, first) + 1, len(whole) if after < 0 else after)


def _in_body(document: Document, where: int) -> bool:
    return any(section.kind == "paragraph" for section in document[Section].at(where)) and not document[Quotation].at(
        where
    )


def _full_and_bare(document: Document) -> Iterator[tuple[str, list[Mention], list[Mention]]]:
    """Persons named in full and then by the surname, in the body: the surname, and both sorts of mention."""
    by: dict[str, list[Mention]] = {}
    for mention in names(document):
        if _in_body(document, mention.start):
            by.setdefault(mention.entity, []).append(mention)
    for mentions in by.values():
        full = [mention for mention in mentions if len(document.text_of(mention).split()) in (2, 3)]
        if not full:
            continue
        surname = document.text_of(full[0]).split()[-1]
        bare = [mention for mention in mentions if document.text_of(mention) == surname and mention.start > full[0].end]
        yield surname, full, bare


def source_cut(document: Document, others: Others, rng: Random) -> Parts:
    """`…,” Lee said.` becomes `….”`, where nothing else in the paragraph says whose words they are."""
    for match in re.finditer(r',(["”]) ([^"“”.\n]{2,60})\.(?=\n|$)', document.text):
        start = document.text.rfind("\n", 0, match.start()) + 1
        paragraph = document.text[start : match.start()]
        if (
            re.search(rf"\b{SAY}\b", match[2])
            and re.fullmatch(r'["“][^"“”]*', paragraph)
            and len(paragraph.split()) > 7
            and not document.text[: max(0, start - 1)].rstrip().endswith((":", ","))
        ):
            yield [(match.start(), match.end(), "." + match[1])]


def source_made_anonymous(document: Document, others: Others, rng: Random) -> Parts:
    """A named source becomes an anonymous one of another article."""
    for quote in document[Quote]:
        spoken = quote.kind != "indirect" and any(re.fullmatch(SAY, document.text_of(cue)) for cue in quote.cue)
        for where in quote.source if spoken else ():
            written = document.text_of(where)
            if not re.fullmatch(r"(?:[A-Z][\w.’-]+ ?){1,4}", written) or not _in_body(document, where.start):
                continue
            if (phrase := others.draw("anonymous", document, rng)) is not None:
                opens = document.text[max(0, where.start - 2) : where.start].strip() in ("", ".")
                yield [(where.start, where.end, phrase[0].upper() + phrase[1:] if opens else phrase)]


def speaker_swapped(document: Document, others: Others, rng: Random) -> Parts:
    """A surname beside a verb of speech becomes one that the story does not have."""
    for surname, _full, bare in _full_and_bare(document):
        for mention in bare:
            near = document.text[max(0, mention.start - 12) : mention.end + 12]
            speaks = re.search(rf"\b(?:{SAY} {re.escape(surname)}|{re.escape(surname)} {SAY})\b", near)
            if speaks and (name := others.draw("surname", document, rng)) is not None:
                yield [(mention.start, mention.end, name)]


def surname_misspelt(document: Document, others: Others, rng: Random) -> Parts:
    """Two letters of a surname change places."""
    for surname, _full, bare in _full_and_bare(document):
        if len(surname) > 5 and bare:
            at = rng.randrange(1, len(surname) - 2)
            wrong = surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :]
            mention = rng.choice(bare)
            if wrong != surname:
                yield [(mention.start, mention.end, wrong)]


def introduction_lost(document: Document, others: Others, rng: Random) -> Parts:
    """Every full name of a person who speaks becomes the surname."""
    for surname, full, _bare in _full_and_bare(document):
        name = document.text_of(full[0])
        everywhere = [(match.start(), match.end()) for match in re.finditer(re.escape(name), document.text)]
        speaks = any(quote.speaker == full[0].entity for quote in document[Quote])
        if speaks and len(everywhere) <= 3 and len(full) == len(everywhere):
            yield [(start, end, surname) for start, end in everywhere]


def title_of_another(document: Document, others: Others, rng: Random) -> Parts:
    """A later surname gets a title of another article."""
    titled = {
        trait.entity: document.text_of(trait).split()[-1].casefold()
        for trait in document[Trait]
        if trait.kind == "role" and trait.role in ("office", "rank")
    }
    for _surname, full, bare in _full_and_bare(document):
        own = titled.get(full[0].entity)
        for mention in bare:
            before = document.text[max(0, mention.start - 5) : mention.start]
            alone = before[-2:] in (". ", "\n\n", ", ") and not re.search(r"M(?:r|s|rs)\. $|Dr\. $", before)
            title = others.draw("title", document, rng) if own and alone else None
            if title is not None and title.split()[-1].casefold() != own:
                yield [(mention.start, mention.start, title + " ")]


def role_lost(document: Document, others: Others, rng: Random) -> Parts:
    """The only description of a source, between commas after the name, is cut."""
    for _surname, full, _bare in _full_and_bare(document):
        traits = [trait for trait in document[Trait] if trait.entity == full[0].entity and trait.kind == "role"]
        speaks = any(quote.speaker == full[0].entity for quote in document[Quote])
        name = full[0]
        match = re.compile(r", (?:an?|the|who) [^,.\n]{4,70},").match(document.text, name.end)
        before = document.text[max(0, name.start - 2) : name.start]
        if speaks and len(traits) == 1 and match and match.start() < traits[0].start < match.end() and before[-2:] in (
            ". ", "\n\n", ", ",
        ):  # fmt: skip
            yield [(match.start(), match.end(), "")]


def known_from_another(document: Document, others: Others, rng: Random) -> Parts:
    """`said` becomes `said, according to` and an outlet of another article: the paper did not hear it."""
    for quote in document[Quote]:
        for cue in quote.cue:
            follows = document.text[cue.end : cue.end + 1]
            ends = document.text_of(cue) == "said" and follows in (".", ",") and _in_body(document, cue.start)
            if ends and not quote.relay and (outlet := others.draw("outlet", document, rng)) is not None:
                yield [(cue.start, cue.end, f"said, according to {outlet}")]


def headline_number(document: Document, others: Others, rng: Random) -> Parts:
    """A number of the headline becomes one of another article."""
    for section in document[Section]:
        if section.kind == "headline":
            for quantity in document[Quantity].within(section):
                number = document.text_of(quantity.number)
                if number.isdigit() and not re.fullmatch(r"(?:19|20)\d\d", number) and int(number) > 2:
                    new = others.draw("number", document, rng, rf"\d{{{len(number)}}}")
                    if new is not None and int(new) > 2:
                        yield [(quantity.number.start, quantity.number.end, new)]


def headline_quotation(document: Document, others: Others, rng: Random) -> Parts:
    """A word that the headline quotes becomes one of another headline."""
    for section in document[Section]:
        if section.kind != "headline":
            continue
        for quotation in document[Quotation].within(section):
            for match in re.finditer(r"[a-z]{4,}", document.text[quotation.inner.start : quotation.inner.end]):
                if (word := others.draw("headline word", document, rng)) is not None:
                    start = quotation.inner.start + match.start()
                    yield [(start, start + len(match[0]), word)]


def figure_changed(document: Document, others: Others, rng: Random) -> Parts:
    """A count that the story has twice gets another value at its later place."""
    seen: dict[tuple[float, str], Quantity] = {}
    for quantity in document[Quantity]:
        number = document.text_of(quantity.number)
        if quantity.low is None or quantity.counted_head is None or not _in_body(document, quantity.start):
            continue
        key = (quantity.low, document.text_of(quantity.counted_head))
        again = number.isdigit() and key in seen and int(number) > 2
        if again and (new := others.draw("number", document, rng, rf"\d{{{len(number)}}}")) is not None:
            yield [(quantity.number.start, quantity.number.end, new)]
        seen.setdefault(key, quantity)


def weekday_changed(document: Document, others: Others, rng: Random) -> Parts:
    """The weekday of a date becomes one of another article."""
    for time in document[TimeExpression]:
        written = document.text_of(time)
        day = next((day for day in WEEKDAYS if written.startswith(f"{day}, ")), None)
        if day is not None and re.match(r"\d{4}-\d\d-\d\d", time.timex) and _in_body(document, time.start):
            other = rng.choice([one for one in WEEKDAYS if one != day])
            yield [(time.start, time.start + len(day), other)]


def age_changed(document: Document, others: Others, rng: Random) -> Parts:
    """A later surname gets the age of somebody else in another article, where the story has the age already."""
    aged = {trait.entity for trait in document[Trait] if trait.kind == "age"}
    for _surname, full, bare in _full_and_bare(document):
        for mention in bare:
            age = others.draw("age", document, rng)
            opens = document.text[mention.start - 2 : mention.start] in (". ", "\n\n")
            if full[0].entity in aged and opens and age is not None:
                yield [(mention.start, mention.start, f"The {age}-year-old ")]


def mark_lost(document: Document, others: Others, rng: Random) -> Parts:
    """A closing quotation mark is lost."""
    for quotation in document[Quotation]:
        if (
            quotation.closed
            and quotation.depth == 1
            and not quotation.paragraphs
            and quotation.end - quotation.start > 60
        ):
            yield [(quotation.inner.end, quotation.end, "")]


FAULTS: dict[str, tuple[Callable[[Document, Others, Random], Parts], frozenset[str]]] = {
    "the source is cut": (source_cut, frozenset({"ATT101"})),
    "the source is made anonymous": (source_made_anonymous, frozenset({"ATT301", "ATT302"})),
    "a stranger speaks": (speaker_swapped, frozenset({"ATT201", "ATT404"})),
    "a surname is misspelt": (surname_misspelt, frozenset({"ATT201", "ATT404"})),
    "the full name is lost": (introduction_lost, frozenset({"ATT201", "ATT202"})),
    "the description is lost": (role_lost, frozenset({"ATT203", "ATT208"})),
    "a title of somebody else": (title_of_another, frozenset({"ATT401", "ATT405"})),
    "an age of somebody else": (age_changed, frozenset({"ATT408"})),
    "known from another outlet": (known_from_another, frozenset({"ATT501"})),
    "a count changes": (figure_changed, frozenset({"ATT602"})),
    "a weekday changes": (weekday_changed, frozenset({"ATT606"})),
    "a closing mark is lost": (mark_lost, frozenset({"ATT701"})),
    "the headline's quotation changes": (headline_quotation, frozenset({"ATT801"})),
    "the headline's number changes": (headline_number, frozenset({"ATT802"})),
}
"""Each fault: what makes it, and the checks that should find it."""


def edits_of(document: Document, others: Others, rng: Random, per_fault: int = 1) -> Iterator[Edit]:
    """The edits of an article, `per_fault` of each kind at most."""
    for fault, (make, _) in FAULTS.items():
        found = list(make(document, others, rng))
        for parts in rng.sample(found, min(per_fault, len(found))):
            yield Edit(document.id, fault, tuple(parts))
