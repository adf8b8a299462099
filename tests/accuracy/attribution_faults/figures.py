"""6xx and 8xx: faults in figures, dates and headlines."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from attribution_faults.copies import (
    SOURCED,
    Copy,
    headline,
    in_body,
    in_quotes,
    paragraphs,
    replaced,
    widened,
    with_paragraph,
)
from copydesk import Document, Quantity, Section, Span, TimeExpression

_RECORD = re.compile(
    r"\b(?:poll|survey|study|report|data|statistics|census|record|court|vote|voters|delegate|elect|sentenced|bail|fine)"
)
_SOURCE_AT_END = re.compile(
    r", (?:according to [^,.\"“”\n]{3,80}|[A-Z][^,.\"“”\n]{2,60} (?:said|says|estimated))\.(?=\s|$)"
)
_SOURCE_FIRST = re.compile(r"(?:(?<=\n)|(?<=[.!?] ))According to [^,.\"“”\n]{3,60}, (?=[a-z])")


def strip_source_of_figure(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`The leak cost $4 million, Lee said.` loses its last two words, where nothing else in the paragraph has a source."""
    text = document.text
    material = [
        q
        for q in document[Quantity]
        if q.kind in ("money", "percent")
        or (q.kind == "cardinal" and q.counted is not None and _counts_people(text, q))
    ]
    for index, paragraph in enumerate(paragraphs(document)):
        inside = [q for q in material if paragraph.contains(q) and not in_quotes(text, q.start)]
        if index == 0 or not inside:
            continue
        stretch = text[paragraph.start : paragraph.end]
        for match in (*_SOURCE_AT_END.finditer(stretch), *_SOURCE_FIRST.finditer(stretch)):
            rest = stretch[: match.start()] + " " + stretch[match.end() :]
            if re.search(SOURCED, rest) or re.search(r'["“]', rest) or _RECORD.search(rest):
                continue
            where = Span(paragraph.start + match.start(), paragraph.start + match.end())
            at_end = match[0].startswith(",")
            edit = (where, ".") if at_end else (Span(where.start, where.end + 1), text[where.end].upper())
            new, [place], edits = replaced(text, edit)
            yield Copy(new, (widened(new, place),), edits=edits, unnames=True)


_SOURCED_FIGURES = (
    ("The repairs will cost ${} million", "according to the engineer Ann Lee"),
    ("The bridge carries {},000 people on a working day", "Ann Lee, an engineer, said"),
    ("Traffic has grown by {} percent since the winter", "according to the engineer Ann Lee"),
    ("The collapse left {} people dead", "Ann Lee, an engineer, said"),
)


def strip_source_of_added_figure(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A paragraph with a figure and its source is added, and the source goes."""
    for claim, source in _SOURCED_FIGURES:
        sentence = claim.format(rng.randint(12, 90))
        base, start = with_paragraph(document, f"{sentence}, {source}.")
        end = start + len(sentence)
        text, _, edits = replaced(base, (Span(end, end + len(f", {source}")), ""))
        yield Copy(text, (Span(start, end),), base=base, edits=edits, unnames=True)


def _counts_people(text: str, quantity: Quantity) -> bool:
    assert quantity.counted is not None
    counted = text[quantity.counted.start : quantity.counted.end]
    return bool(re.search(r"\b(?:people|men|women|children|workers|residents|troops|soldiers|jobs)\b", counted)) and (
        quantity.low is not None and quantity.low == quantity.high and quantity.low >= 10
    )


def _repeatable(document: Document) -> Iterator[tuple[Quantity, str]]:
    """Exact numbers of things that are counted once in the story, each with what is counted."""
    text = document.text
    counted: dict[str, list[Quantity]] = {}
    for figure in document[Quantity]:
        if figure.counted is not None and figure.kind == "cardinal":
            counted.setdefault(text[figure.counted.start : figure.counted.end].casefold(), []).append(figure)
    for what, figures in counted.items():
        figure = figures[0]
        assert figure.counted is not None
        written = text[figure.counted.start : figure.counted.end]
        if (
            len(figures) == 1
            and figure.bound == "="
            and figure.low is not None
            and figure.low == figure.high
            and figure.low.is_integer()
            and 3 < figure.low < 100_000
            and not 1800 < figure.low < 2100
            and in_body(document, figure.start)
            and figure.counted.start >= figure.number.end
            and re.fullmatch(r"[a-z]+(?: [a-z]+)?s|people|(?:\w+ )?(?:men|women|children)", written)
            and not re.search(r"\b(?:years?|days?|hours?|weeks?|months?|minutes?|percent|points?|times|others)$", what)
            and not re.search(
                r"\b(?:about|some|nearly|almost|more|least|over|another)\b",
                text[max(0, figure.start - 16) : figure.start],
            )
        ):
            yield figure, written


def contradict_figure(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A figure comes back at the end of the story, with another value."""
    for figure, counted in _repeatable(document):
        assert figure.low is not None
        number = f"{int(figure.low):,}"
        base, start = with_paragraph(document, f"The {number} {counted} will be in the news for a while.")
        where = Span(start + len("The "), start + len("The ") + len(number))
        value = int(figure.low) + rng.randint(1, 3)
        text, [place], edits = replaced(base, (where, f"{value:,}"))
        yield Copy(text, (Span(place.start, place.end + 1 + len(counted)),), base=base, edits=edits, value=value)


def break_arithmetic(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A sentence whose figures agree is added to the story, and one of them is altered."""
    low = rng.randrange(40, 400, 5)
    share = rng.choice([10, 20, 25, 40, 50, 60])
    high = low + low * share // 100
    up, down = (round(100 * (high - low) / of) for of in (low, high))
    parts = [rng.randint(3, 30) for _ in range(3)]
    total, listed = sum(parts), "{} gold, {} silver and {} bronze".format(*parts)
    for start, right, end, wrong in (
        (f"Membership rose from {low} to {high}, up ", up, " percent.", up + 12),
        (f"Output fell from {high} tonnes to {low} tonnes, a drop of ", down, " percent.", down + 17),
        (f"The number of stalls doubled from {low} to ", 2 * low, ".", 3 * low),
        ("The team won ", total, f" medals: {listed}.", total + 4),
        (f"Turnout went from {share} percent to {share + 6} percent, up 6 ", "percentage points", ".", "percent"),
    ):
        base, place = with_paragraph(document, f"{start}{right}{end}")
        where = Span(place + len(start), place + len(start) + len(str(right)))
        text, _, edits = replaced(base, (where, str(wrong)))
        value = wrong if isinstance(wrong, int) else None
        yield Copy(text, (widened(text, where),), base=base, edits=edits if value else None, value=value)


def remove_date(document: Document, rng: random.Random) -> Iterator[Copy]:
    """The date goes, from the metadata and the dateline, where the story counts from it."""
    text = document.text
    counting = [
        time
        for time in document[TimeExpression]
        if in_body(document, time.start)
        and not in_quotes(text, time.start)
        and re.search(
            r"\b(?:yesterday|today|tomorrow|(?:last|next|this) \w+|\w+day|ago)\b",
            text[time.start : time.end],
            re.IGNORECASE,
        )
    ]
    if not counting:
        return
    lines = [s.span for s in document[Section] if s.kind == "dateline" and text[s.end : s.end + 1] in ("\n", "")]
    new, _, edits = replaced(text, *((line, "") for line in lines))
    shift = sum(line.end - line.start for line, _ in edits)
    places = tuple(Span(time.start - shift, time.end - shift) for time in counting if time.start > shift)
    metadata = {key: value for key, value in document.metadata.items() if key != "date"}
    yield Copy(new, places, metadata=metadata, base=new if lines else None)


def alter_headline_number(document: Document, rng: random.Random) -> Iterator[Copy]:
    """The headline gives a number of the story, raised by half."""
    top = headline(document)
    if top is None:
        return
    for figure, counted in _repeatable(document):
        assert figure.low is not None
        number = f"{int(figure.low):,}"
        base = f"{document.text[: top.end]}: {number} {counted}{document.text[top.end :]}"
        value = int(figure.low * 1.5) + 1
        text, places, edits = replaced(base, (Span(top.end + 2, top.end + 2 + len(number)), f"{value:,}"))
        yield Copy(text, places, base=base, edits=edits, value=value)


def alter_headline_quote(document: Document, rng: random.Random) -> Iterator[Copy]:
    """The headline quotes words of the story, and the last of them is another."""
    top = headline(document)
    if top is None:
        return
    text = document.text
    for match in re.finditer(r'["“]([^"“”\n]{30,}?)[,.]?["”]', text):
        words = match[1].split()[:6]
        if not in_body(document, match.start()) or len(words) < 4 or re.search(r"[^\w ’'-]", " ".join(words)):
            continue
        quoted = " ".join(words)
        base = f"{text[: top.end]}: ‘{quoted}’{text[top.end :]}"
        start = top.end + len(": ‘") + len(quoted) - len(words[-1])
        new, _, edits = replaced(base, (Span(start, start + len(words[-1])), "calamity"))
        yield Copy(new, (Span(top.end + 2, start + len("calamity") + 1),), base=base, edits=edits)
