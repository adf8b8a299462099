"""1xx, 3xx, 5xx and 701: faults in whose words the reader has."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from attribution_faults.copies import SAY, SOURCED, Copy, Operator, in_body, in_quotes, narration, replaced, widened
from copydesk import Document, Entity, Mention, Quote, Section, Span

_END_OF_SPEECH = re.compile(r',(["”]) ([^"“”.\n]{2,80}?)\.(?=\s|$)')
_NO_NAMES = ("He", "She", "It", "They", "We", "I", "But", "And", "The", "That", "This")


def strip_attribution(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`…," said Lee.` becomes `….”`, in a paragraph with no other sign of speech, after one with none."""
    text = document.text
    for match in _END_OF_SPEECH.finditer(text):
        if not re.search(rf"\b{SAY}\b", match[2]) or not in_body(document, match.start()):
            continue
        new, _, edits = replaced(text, (Span(match.start(), match.end()), "." + match[1]))
        place = widened(new, Span(match.start(), match.start() + 2))
        paragraph = new[place.start : place.end]
        before = text[: place.start].rstrip()
        quoted = re.findall(r'["“]([^"“”]*)["”]', paragraph)
        previous = before[before.rfind("\n") + 1 :]
        if narration(paragraph).strip() or re.search(r'["“”]|' + SOURCED, previous) or before.endswith(":"):
            continue  # other words of the paragraph, or the run of speech before it, may still give a source
        if len(quoted) == 1 and len(quoted[0].split()) >= 8:
            yield Copy(new, (place,), edits=edits)


def delay_attribution(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`"A," said Lee. "B. C."` becomes `"A. B. C," said Lee.`"""
    text = document.text
    for match in re.finditer(
        rf'(?:(?<=\n)|^)(["“])([^"“”\n]{{20,}}),["”] ((?:{SAY} [^"“”,.\n]{{2,50}})|(?:[^"“”,.\n]{{2,50}} {SAY}))\. ["“]([^"“”\n]{{20,}})[.](["”])',
        text,
    ):
        opening, first, clause, rest, closing = match.groups()
        words = len(first.split()) + len(rest.split())
        if (words > 45 or len(re.findall(r"[.!?] ", rest)) > 1) and in_body(document, match.start()):
            whole = f"{opening}{first}. {rest},{closing} {clause}."
            new, places, _ = replaced(text, (Span(match.start(), match.end()), whole))
            yield Copy(new, places)


def repeat_quote(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A quotation is repeated and given to somebody else."""
    for quote in document[Quote]:
        said = document.text_of(quote)
        whole = re.fullmatch(r'["“]([^"“”\n]+?)[,.]?["”]', said)
        if not in_body(document, quote.start) or not (
            quote.kind == "direct" and quote.speaker and len(quote.content) == 1 and whole and len(said.split()) >= 6
        ):
            continue
        end = widened(document.text, quote).end
        content = f"{said[0]}{whole[1]},{said[-1]}"
        added = f"\n{content} said Quentin Abernathy, a lawyer."
        text = document.text[:end] + added + document.text[end:]
        name = Span(end + 1 + len(content) + len(" said "), end + 1 + len(content) + len(" said Quentin Abernathy"))
        where = Span(end + 1, end + 1 + len(content))
        speaker = Entity(start=name.start, end=name.end, label="PERSON", name="Quentin Abernathy", id="quentin")
        mention = Mention(start=name.start, end=name.end, kind="name", entity="quentin")
        again = Quote(
            start=where.start, end=where.end, kind="direct", content=(where,), source=(name,), speaker="quentin"
        )
        paragraph = Section(start=end + 1, end=end + len(added), kind="paragraph")
        yield Copy(
            text, (paragraph.span,), edits=((Span(end, end), added),), added=(paragraph, speaker, mention, again)
        )


def replace_source(new_source: str, plural_verb: str) -> Operator:
    """An operator: a named source before its verb becomes `new_source`, where no other source follows soon."""

    def operator(document: Document, rng: random.Random) -> Iterator[Copy]:
        text = document.text
        for match in re.finditer(rf"(?:(?<=[.!?”\"] )|(?<=\n))((?:[A-Z][\w.’'-]*[ ]?){{1,6}}) ({SAY}) ", text):
            start = match.start(1)
            if match[1] in _NO_NAMES or text[:start].endswith(("Mr. ", "Ms. ", "Mrs. ", "Dr. ")):
                continue
            if not in_body(document, start) or in_quotes(text, start) or _source_follows(text, match.end()):
                continue
            if _POSSESSED.match(text, match.end()):
                continue
            verb = plural_verb if match[2] == "says" else match[2]
            source, cue = Span(start, match.end(1)), Span(match.start(2), match.end(2))
            new, places, edits = replaced(text, (source, new_source), (cue, verb))
            yield Copy(new, (Span.hull(*places),), edits=edits, unnames=True)

    return operator


# "It noted Lee's remarks" states nothing that would need a source.
_POSSESSED = re.compile(r"(?:[A-Z][\w.-]* ){0,3}[A-Z][\w.-]*['’]s ")


def _source_follows(text: str, place: int) -> bool:
    """Whether the rest of the sentence or the next one names a source in its own words."""
    rest = text[place : widened(text, Span(place, place)).end]
    following = " ".join(re.split(r"(?<=[.!?])[\"”]? ", rest)[:2])
    return re.search(SOURCED, narration(following)) is not None


_OUTLETS = ("Sky News", "Tass", "the Lakeside Gazette", "Radio Free Asia", "Le Monde", "the Daily Herald", "CNN")


def tell_an_outlet(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`Lee said it rained` becomes `Lee told Sky News it rained`."""
    text = document.text
    for match in re.finditer(r"\b[A-Z][a-z]+ (said|says) (?=that |the |it |he |she |they |there |in )", text):
        yield from _relayed(document, Span(match.start(1), match.end(1)), "told ", rng)


def pass_on_by_outlet(document: Document, rng: random.Random) -> Iterator[Copy]:
    """`…, Lee said.` becomes `…, according to Tass.`"""
    text = document.text
    for match in re.finditer(rf", ((?:[A-Z][\w.’\'-]* ){{1,4}}{SAY})\.(?=\s|$)", text):
        yield from _relayed(document, Span(match.start(1), match.end(1)), "according to ", rng)


def _relayed(document: Document, where: Span, words: str, rng: random.Random) -> Iterator[Copy]:
    outlet = rng.choice(_OUTLETS)
    if in_body(document, where.start) and not in_quotes(document.text, where.start) and outlet not in document.text:
        new, [place], edits = replaced(document.text, (where, words + outlet))
        yield Copy(new, (Span(place.start + len(words), place.end),), edits=edits, unnames=words != "told ")


def drop_closing_mark(document: Document, rng: random.Random) -> Iterator[Copy]:
    """A closing quotation mark is lost; not where the next paragraph opens one, as if the quotation went on."""
    for match in re.finditer(r'(?<=[\w,.!?])["”](?= [a-z])', document.text):
        paragraph = widened(document.text, Span(match.start(), match.start()))
        following = document.text[paragraph.end :].lstrip()
        if in_body(document, match.start()) and not following.startswith(('"', "“", "”", "‘")):
            new, _, _ = replaced(document.text, (Span(match.start(), match.end()), ""))
            yield Copy(new, (widened(new, Span(match.start(), match.start())),))
