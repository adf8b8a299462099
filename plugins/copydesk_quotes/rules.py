"""The engine `rules`: attributions from the parse, the quotation marks and the cue lexicon."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copydesk import Span
from copydesk_quotes.frames import Frame, circumstances_of, frames_of
from copydesk_quotes.lexicon import QUOTE_FRAME, Lexicon
from copydesk_quotes.marks import Marks, Stretch
from copydesk_quotes.quoted import Statement, statements
from copydesk_quotes.sources import source_of, source_span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CUE_TAGS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADP", "SCONJ"})
"""What a cue can be: "according" is an adposition or a subordinator to some parsers."""

_MARKS_AND_SPACES = 8
"""By how many characters a clause may be longer than the quotation in it without being more than it."""

SPEECH_WORDS = 3
"""Quoted words from which on a stretch may be speech where only its place beside a cue says so."""


FLOATING_FRAME = "floating"
FLOATING = 0.5
"""How probable it is that a paragraph of quotation goes on with the speaker of the one before."""

UNKNOWN = 0.5
"""How probable it is that a paragraph of quotation is speech of somebody whom the text does not name there."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was found, before speakers are resolved: code-point spans.

    `cue_word` is the index of the token that reports, -1 where there is none; `source_word` of the source's head;
    `frame` says how the content hangs on the cue.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    confidence: float
    cue_word: int = -1
    source_word: int = -1
    frame: str = ""


@dataclass(slots=True)
class _Found:
    """A cue and what it governs, while attributions are being made."""

    cue: int
    pieces: list[Span]
    likelihood: float
    frame: str
    quoted: bool = False
    source: tuple[int, int] | None = None
    after: bool = False


class Rules:
    """Finds attributions with rules alone.

    Args:
        lexicon: which words report in which frames.
        least: how probable a reading must be to be returned.
    """

    def __init__(self, lexicon: Lexicon, least: float) -> None:
        self._lexicon = lexicon
        self._least = least

    def find(self, doc: Doc, marks: Marks, paragraphs: Sequence[Span]) -> list[Attribution]:
        """The attributions of a document, in the order of their cues."""
        places = Places(doc, marks)
        lexicon = self._lexicon
        found: dict[int, _Found] = {}
        spoken = [stretch for stretch in marks.stretches if stretch.depth == 0]

        def likelihood(token: Token, place: str) -> float:
            if token.lower_ == "according":
                return lexicon.probability("according", "ADP", "according")
            if token.pos_ != "VERB" or is_part(token):
                return 0.0
            return lexicon.probability(token.lemma_.lower(), "VERB", f"{QUOTE_FRAME}:{place}")

        spoken_by = statements(doc, spoken, paragraphs, likelihood, 0.3)
        for statement in spoken_by:
            self._add_statement(statement, places, found)
        for token in cue_words(doc, lexicon.lemmas):
            best = self._best_frame(token, places)
            if best is not None:
                self._add_frame(best, token, places, found)
        made = {cue: self._attribution(item, doc, places) for cue, item in sorted(found.items())}
        return settle([*made.values(), *_floating(spoken_by, made, places)])

    def speech_words(self, doc: Doc) -> list[int]:
        """The indexes of the words that introduce speech more often than not."""
        chance = self._lexicon.probability
        return [
            token.i
            for token in cue_words(doc, self._lexicon.lemmas)
            if token.pos_ == "VERB" and chance(token.lemma_.lower(), "VERB", f"{QUOTE_FRAME}:before") >= 0.5
        ]

    def _add_statement(self, statement: Statement, places: Places, found: dict[int, _Found]) -> None:
        if statement.cue is None:
            return
        words = sum(places.words_in(stretch) for stretch in statement.stretches)
        if words < SPEECH_WORDS and statement.place == "before" and statement.likelihood < 0.6:
            return
        pieces = [Span(stretch.start, stretch.end) for stretch in statement.stretches]
        if statement.opening is not None:
            pieces[0] = Span(statement.opening, pieces[0].end)
        if statement.cue in found:
            found[statement.cue].pieces.extend(pieces)
            return
        found[statement.cue] = _Found(
            statement.cue,
            pieces,
            statement.likelihood,
            QUOTE_FRAME,
            quoted=True,
            source=statement.source,
            after=statement.place != "before",
        )

    def _best_frame(self, token: Token, places: Places) -> tuple[Frame, float] | None:
        best: tuple[Frame, float] | None = None
        lemma, pos = word_of(token)
        around = () if pos == "ADP" else circumstances_of(token)
        for frame in frames_of(token):
            if not frame.content:
                continue
            name = frame_name(frame, token, places)
            chance = self._lexicon.probability(lemma, pos, name, (*around, *places.marked(frame)))
            if chance >= self._least and (best is None or chance > best[1]):
                best = frame, chance
        return best

    def _add_frame(self, best: tuple[Frame, float], token: Token, places: Places, found: dict[int, _Found]) -> None:
        frame, chance = best
        lemma, pos = word_of(token)
        pieces = [places.chars(piece) for piece in frame.content]
        if frame.extent is not None and self._lexicon.extends(lemma, pos, frame_name(frame, token, places)):
            pieces[-1] = Span(pieces[-1].start, places.chars(frame.extent).end)
        known = found.get(token.i)
        if known is not None:
            if known.quoted and not known.after and not places.is_sentence(known.pieces[0]):
                _take_up(known, pieces, places)
            return
        found[token.i] = _Found(token.i, places.snapped(pieces), chance, frame.name)

    def _attribution(self, item: _Found, doc: Doc, places: Places) -> Attribution:
        cue = doc[item.cue]
        pieces = places.merged(item.pieces)
        head = self._source(cue, item, pieces)
        if head is None:
            return Attribution(tuple(pieces), (cue_span(cue),), (), round(item.likelihood, 3), cue.i, -1, item.frame)
        left, right = item.source or source_span(head, (cue.i, cue.i + 1))
        span = places.clipped(Span(doc[left].idx, doc[right - 1].idx + len(doc[right - 1])), pieces, head.idx)
        return Attribution(
            tuple(pieces), (cue_span(cue),), (span,), round(item.likelihood, 3), cue.i, head.i, item.frame
        )

    def _source(self, cue: Token, item: _Found, pieces: Sequence[Span]) -> Token | None:
        if item.source is not None:
            return head_of(cue.doc, *item.source)
        head = source_of(cue)
        if head is not None and any(piece.start <= head.idx < piece.end for piece in pieces):
            head = None
        if item.quoted and (head is None or (item.after and head.i > cue.i + 12)):
            head = beside(cue, pieces) or head
        return head


def _floating(spoken: Sequence[Statement], made: Mapping[int, Attribution], places: Places) -> Iterator[Attribution]:
    """Paragraphs of quotation without an attribution: they go on with the speaker above, or nobody knows whose they are."""
    for statement in spoken:
        if statement.cue is not None or not statement.whole:
            continue
        if sum(places.words_in(stretch) for stretch in statement.stretches) < SPEECH_WORDS:
            continue
        pieces = tuple(Span(stretch.start, stretch.end) for stretch in statement.stretches)
        before = made.get(statement.follows.cue) if statement.follows and statement.follows.cue is not None else None
        if before is None:
            yield Attribution(pieces, (), (), UNKNOWN, frame=FLOATING_FRAME)
        else:
            yield Attribution(pieces, (), (), FLOATING, -1, before.source_word, FLOATING_FRAME)


def _take_up(known: _Found, pieces: Sequence[Span], places: Places) -> None:
    """Makes a quotation part of the clause in which it stands, where the clause holds clearly more words."""
    if not all(any(have.overlaps(piece) for have in known.pieces) for piece in pieces):
        return
    hull = Span.hull(*pieces)
    quoted = sum(have.end - have.start for have in known.pieces if hull.overlaps(have))
    if hull.end - hull.start > quoted + _MARKS_AND_SPACES:
        known.pieces = places.snapped([*pieces, *known.pieces])


class Places:
    """Offsets of one document: from tokens to code points, and against its quotation marks."""

    def __init__(self, doc: Doc, marks: Marks) -> None:
        self._doc = doc
        self._text = doc.text
        outer = [stretch for stretch in marks.stretches if stretch.depth == 0]
        self._outer = outer
        self._starts = [stretch.start for stretch in outer]

    def chars(self, piece: tuple[int, int]) -> Span:
        """The code points of a piece of tokens, without white space at its edges."""
        doc = self._doc
        start, last = piece[0], piece[1] - 1
        while start < last and doc[start].is_space:
            start += 1
        while last > start and doc[last].is_space:
            last -= 1
        return Span(doc[start].idx, doc[last].idx + len(doc[last]))

    def stretch_at(self, offset: int) -> Stretch | None:
        """The outermost stretch in quotation marks that holds a place, or None."""
        at = bisect_right(self._starts, offset) - 1
        return self._outer[at] if at >= 0 and offset < self._outer[at].end else None

    def words_in(self, stretch: Stretch) -> int:
        """How many words stand in quotation marks."""
        return len(self._text[stretch.inner.start : stretch.inner.end].split())

    def is_sentence(self, span: Span) -> bool:
        """Whether what starts here in quotation marks is a sentence of its own: a capital, and some words."""
        stretch = self.stretch_at(span.start)
        return (
            stretch is not None
            and self._text[stretch.inner.start : stretch.inner.start + 1].isupper()
            and self.words_in(stretch) > SPEECH_WORDS
        )

    def marked(self, frame: Frame) -> tuple[str, ...]:
        """The circumstance that quotation marks stand in the content of a frame, or nothing."""
        first, last = frame.content[0][0], frame.content[-1][1] - 1
        start, end = self._doc[first].idx, self._doc[last].idx
        at = bisect_right(self._starts, end)
        return ("quoted",) if at and self._outer[at - 1].end > start else ()

    def snapped(self, pieces: Iterable[Span]) -> list[Span]:
        """Pieces that cut no stretch in quotation marks: each grows to hold those in which its ends lie."""
        grown: list[Span] = []
        for piece in pieces:
            start, end = piece
            first = self.stretch_at(start)
            last = self.stretch_at(max(end - 1, start))
            if last is not None and (last is not first or first is None or start <= last.inner.start):
                end = max(end, last.end)
            if first is not None and start <= first.inner.start:
                start = first.start
            grown.append(Span(start, end))
        return grown

    def merged(self, pieces: Iterable[Span]) -> list[Span]:
        """Pieces in text order, those joined that touch or that only white space within a line parts."""
        merged: list[Span] = []
        for piece in sorted(pieces):
            start, end = self.trimmed(piece)
            if end <= start:
                continue
            if merged and (
                start <= merged[-1].end
                or (self._text[merged[-1].end : start].isspace() and "\n" not in self._text[merged[-1].end : start])
            ):
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
            else:
                merged.append(Span(start, end))
        return merged

    def trimmed(self, piece: Span) -> Span:
        """Without white space and stray punctuation at the edges."""
        start, end = piece
        while start < end and (self._text[start].isspace() or self._text[start] in ",;:.)]–—-"):
            start += 1
        while end > start and (self._text[end - 1].isspace() or self._text[end - 1] in ",;:–—-"):
            end -= 1
        return Span(start, end)

    def named(self, span: Span) -> Span:
        """A source without the ending of its genitive: "Anna Weber’s" names Anna Weber."""
        start, end = self.trimmed(span)
        for ending in ("'s", "’s"):
            if self._text.endswith(ending, start, end):
                return Span(start, end - len(ending))
        return Span(start, end)

    def clipped(self, span: Span, avoid: Sequence[Span], keep: int) -> Span:
        """`span` without what lies in `avoid`, on the side where `keep` is."""
        start, end = span
        for piece in avoid:
            if piece.start <= keep < piece.end:
                continue
            if piece.start > keep:
                end = min(end, piece.start)
            elif piece.end <= keep:
                start = max(start, piece.end)
        return self.named(Span(start, max(start, end)))


def cue_words(doc: Doc, lemmas: frozenset[str]) -> Iterable[Token]:
    """The words of a document that can be cues."""
    return (
        token
        for token in doc
        if token.pos_ in CUE_TAGS
        and not is_part(token)
        and (token.lemma_.lower() in lemmas or token.lower_ == "according")
    )


def is_part(token: Token) -> bool:
    """Whether a token is part of a word with a hyphen: "so-called"."""
    return token.i > 0 and token.doc[token.i - 1].text == "-" and not token.doc[token.i - 1].whitespace_


def word_of(token: Token) -> tuple[str, str]:
    """A cue's lemma and part of speech, as the lexicon has them."""
    if token.lower_ == "according":
        return "according", "ADP"
    return token.lemma_.lower(), token.pos_


def frame_name(frame: Frame, token: Token, places: Places) -> str:
    """A frame's name for the lexicon: within quotation marks, reporting is another matter."""
    return f"in:{frame.name}" if places.stretch_at(token.idx) is not None else frame.name


def cue_span(cue: Token) -> Span:
    """The words of a cue: its verb with a particle, or "according to"."""
    end = cue.i + 1
    doc = cue.doc
    if (cue.lower_ == "according" and end < len(doc) and doc[end].lower_ == "to") or (
        end < len(doc) and doc[end].head is cue and doc[end].dep_ in ("compound:prt", "prt")
    ):
        end += 1
    return Span(cue.idx, doc[end - 1].idx + len(doc[end - 1]))


def beside(cue: Token, pieces: Sequence[Span]) -> Token | None:
    """The noun phrase beside a cue of a quotation, where the parse names no subject: after it, else before it."""
    doc = cue.doc

    def usable(token: Token) -> bool:
        return token.pos_ in ("PROPN", "PRON", "NOUN") and not any(p.start <= token.idx < p.end for p in pieces)

    for step, reach in ((1, 4), (-1, 4)):
        for i in range(cue.i + step, cue.i + step * reach, step):
            if not 0 <= i < len(doc) or doc[i].is_punct or doc[i].pos_ in ("VERB", "ADP", "SCONJ"):
                break
            if usable(doc[i]):
                token = doc[i]
                while (
                    token.dep_ in ("compound", "flat", "det", "nmod:poss", "poss", "amod", "appos")
                    and usable(token.head)
                    and abs(token.head.i - cue.i) < 12
                ):
                    token = token.head
                return token
    return None


def head_of(doc: Doc, first: int, last: int) -> Token:
    """The head of a noun phrase: the first word that the parse hangs on something outside it, a noun if there is one."""
    heads = [doc[i] for i in range(first, last) if not first <= doc[i].head.i < last or doc[i].head is doc[i]]
    return next(
        (token for token in heads if token.pos_ in ("PROPN", "NOUN", "PRON")), heads[0] if heads else doc[first]
    )


def shared_sources(found: Sequence[Attribution], doc: Doc) -> list[Attribution]:
    """Gives a participle without a source ("…, adding that …") that of the attribution before it in its sentence."""
    ordered = sorted(found, key=lambda item: item.cue_word)
    given: list[Attribution] = []
    for item in ordered:
        before = given[-1] if given else None
        if (
            before is not None
            and not item.source
            and item.cue_word > before.cue_word >= 0
            and doc[item.cue_word].tag_ == "VBG"
            and before.source
            and doc[item.cue_word].sent.start <= before.cue_word
        ):
            given.append(replace(item, source=before.source, source_word=before.source_word))
        else:
            given.append(item)
    return given


def settle(found: Sequence[Attribution]) -> list[Attribution]:
    """Of attributions with one and the same content, the more probable one."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for item in found:
        if not item.content:
            continue
        known = best.get(item.content)
        if known is None or item.confidence > known.confidence:
            best[item.content] = item
    return sorted(best.values(), key=lambda item: (item.content, item.cue))
