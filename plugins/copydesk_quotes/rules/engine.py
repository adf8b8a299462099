"""Rules: finds attributions from the parse, the quoted stretches and the cue lexicon."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from copydesk import Span
from copydesk_quotes.attribution import Attribution, settle
from copydesk_quotes.reading.places import SPEECH_WORDS, Places
from copydesk_quotes.reading.tree import Piece, Tree
from copydesk_quotes.rules.frames import Frame, circumstances_in, circumstances_of, frames_of, has_frames
from copydesk_quotes.rules.lexicon import QUOTE_FRAME, Lexicon
from copydesk_quotes.rules.sources import source_of, source_span
from copydesk_quotes.rules.statements import Likelihood, Statement, statements

CUE_TAGS = frozenset({"VERB", "NOUN", "ADJ", "AUX", "ADP", "SCONJ"})
"""What a cue can be: "according" is an adposition or a subordinator to some parsers."""

ACCORDING = "according/ADP"
FLOATING_FRAME = "floating"

_LEAST_IN_QUOTES = 0.3
"""How probable it must be that a word introduces the speech in quotation marks beside it."""

_MARKS_AND_SPACES = 8
"""By how many characters a clause may be longer than the quotation in it without being more than it."""

_FLOATING = 0.5
"""How probable it is that a paragraph of quotation goes on with the speaker of the one before."""

_UNKNOWN = 0.5
"""How probable it is that a paragraph of quotation is speech of somebody whom the text does not name there."""

_NOUNS = ("PROPN", "NOUN", "PRON")
_PARTS_OF_NAMES = frozenset(("compound", "flat", "det", "nmod:poss", "poss", "amod", "appos"))
_FAR = 12


@dataclass(slots=True)
class _Found:
    """A cue and what it governs, while attributions are being made."""

    cue: int
    pieces: list[Span]
    likelihood: float
    frame: str
    quoted: bool = False
    source: Piece | None = None
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

    def find(self, places: Places) -> list[Attribution]:
        """The attributions of a document, in the order of their cues."""
        found: dict[int, _Found] = {}
        spoken = statements(places, self._introduces(places.tree), _LEAST_IN_QUOTES)
        for statement in spoken:
            _add_statement(statement, places, found)
        for token in cue_words(places.tree, self._lexicon.lemmas):
            if has_frames(places.tree, token):
                self._add_best_frame(token, places, found)
        made = {cue: _attribution(item, places) for cue, item in sorted(found.items())}
        return settle([*made.values(), *_floating(spoken, made, places)])

    def _introduces(self, tree: Tree) -> Likelihood:
        lexicon = self._lexicon

        def likelihood(token: int, place: str) -> float:
            if tree.lower[token] == "according":
                return lexicon.probability(ACCORDING, "according")
            if tree.pos[token] != "VERB" or tree.is_part(token):
                return 0.0
            return lexicon.probability(word_of(tree, token), f"{QUOTE_FRAME}:{place}")

        return likelihood

    def speech_words(self, tree: Tree) -> list[int]:
        """The words that introduce speech more often than not."""
        chance = self._lexicon.probability
        return [
            token
            for token in cue_words(tree, self._lexicon.lemmas)
            if tree.pos[token] == "VERB" and chance(f"{tree.lemmas[token]}/VERB", f"{QUOTE_FRAME}:before") >= 0.5
        ]

    def _add_best_frame(self, token: int, places: Places, found: dict[int, _Found]) -> None:
        """Adds what a word reports in the frame in which it most probably does."""
        tree, lexicon = places.tree, self._lexicon
        frames = [frame for frame in frames_of(tree, token) if frame.content]
        if not frames:
            return
        word = word_of(tree, token)
        around = () if word.endswith("/ADP") else circumstances_of(tree, token)
        place = place_of(token, places)
        best: Frame | None = None
        best_chance = self._least
        for frame in frames:
            chance = lexicon.probability(word, place + frame.name, circumstances(frame, around, places))
            if chance > best_chance or (best is None and chance == best_chance):
                best, best_chance = frame, chance
        if best is None:
            return
        pieces = [places.chars(piece) for piece in best.content]
        if best.extent is not None and lexicon.extends(word, place + best.name):
            pieces[-1] = Span(pieces[-1].start, places.chars(best.extent).end)
        known = found.get(token)
        if known is None:
            found[token] = _Found(token, places.snapped(pieces), best_chance, best.name)
        elif known.quoted and not known.after and not places.is_sentence(known.pieces[0]):
            _take_up(known, pieces, places)


def cue_words(tree: Tree, lemmas: frozenset[str]) -> list[int]:
    """The words of a document that can be cues."""
    return [
        token
        for token, (pos, lemma, lower) in enumerate(zip(tree.pos, tree.lemmas, tree.lower, strict=True))
        if pos in CUE_TAGS and (lemma in lemmas or lower == "according") and not tree.is_part(token)
    ]


def word_of(tree: Tree, token: int) -> str:
    """A cue as the lexicon has it: "say/VERB"."""
    return ACCORDING if tree.lower[token] == "according" else f"{tree.lemmas[token]}/{tree.pos[token]}"


def place_of(token: int, places: Places) -> str:
    """What the names of a cue's frames begin with in the lexicon: within quotation marks, reporting is another matter."""
    return "in:" if places.stretch_at(places.tree.starts[token]) is not None else ""


def circumstances(frame: Frame, around: Sequence[str], places: Places) -> Sequence[str]:
    """What tells whether a word reports in a frame: what stands around the word, what its content is like, and quotation marks in it."""
    found = [*around, *circumstances_in(frame, places.tree)]
    if places.is_marked(frame.content[0][0], frame.content[-1][1] - 1):
        found.append("quoted")
    return found


def _add_statement(statement: Statement, places: Places, found: dict[int, _Found]) -> None:
    if statement.cue is None:
        return
    words = sum(map(places.words_in, statement.stretches))
    if words < SPEECH_WORDS and statement.place == "before" and statement.likelihood < 0.6:
        return
    pieces = [stretch.span for stretch in statement.stretches]
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


def _take_up(known: _Found, pieces: Sequence[Span], places: Places) -> None:
    """Makes a quotation part of the clause in which it stands, where the clause holds clearly more words."""
    if not all(any(have.overlaps(piece) for have in known.pieces) for piece in pieces):
        return
    hull = Span.hull(*pieces)
    quoted = sum(have.end - have.start for have in known.pieces if hull.overlaps(have))
    if hull.end - hull.start > quoted + _MARKS_AND_SPACES:
        known.pieces = places.snapped([*pieces, *known.pieces])


def _attribution(item: _Found, places: Places) -> Attribution:
    tree = places.tree
    pieces = places.merged(item.pieces)
    head = _source(item, places, pieces)
    source: tuple[Span, ...] = ()
    if head is not None:
        left, right = item.source or source_span(tree, head, item.cue)
        source = (places.clipped(tree.chars(left, right), pieces, tree.starts[head]),)
    return Attribution(
        tuple(pieces),
        (cue_span(tree, item.cue),),
        source,
        round(item.likelihood, 3),
        item.cue,
        -1 if head is None else head,
        item.frame,
    )


def _source(item: _Found, places: Places, pieces: Sequence[Span]) -> int | None:
    """The head of the source of what was found."""
    tree = places.tree
    if item.source is not None:
        return head_of(tree, *item.source)
    head = source_of(tree, item.cue)
    if head is not None and any(piece.start <= tree.starts[head] < piece.end for piece in pieces):
        head = None
    if item.quoted and (head is None or (item.after and head > item.cue + _FAR)):
        near = _beside(tree, item.cue, pieces)
        head = head if near is None else near
    return head


def _beside(tree: Tree, cue: int, pieces: Sequence[Span]) -> int | None:
    """The noun phrase beside a cue of a quotation, where the parse names no subject: after it, else before it."""

    def usable(token: int) -> bool:
        start = tree.starts[token]
        return tree.pos[token] in _NOUNS and not any(piece.start <= start < piece.end for piece in pieces)

    for step, reach in ((1, 4), (-1, 4)):
        for token in range(cue + step, cue + step * reach, step):
            if not 0 <= token < tree.size or tree.is_punct(token) or tree.pos[token] in ("VERB", "ADP", "SCONJ"):
                break
            if usable(token):
                return _top_of_name(tree, token, cue, usable)
    return None


def _top_of_name(tree: Tree, token: int, cue: int, usable: Callable[[int], bool]) -> int:
    """The head of the phrase that a noun near the cue is a part of."""
    while tree.deps[token] in _PARTS_OF_NAMES:
        head = tree.heads[token]
        if head == token or not usable(head) or abs(head - cue) >= _FAR:
            break
        token = head
    return token


def _floating(spoken: Sequence[Statement], made: Mapping[int, Attribution], places: Places) -> Iterator[Attribution]:
    """Paragraphs of quotation without an attribution: they go on with the speaker above, or nobody knows whose they are."""
    for statement in spoken:
        if statement.cue is not None or not statement.whole:
            continue
        if sum(map(places.words_in, statement.stretches)) < SPEECH_WORDS:
            continue
        pieces = tuple(stretch.span for stretch in statement.stretches)
        before = made.get(statement.follows.cue) if statement.follows and statement.follows.cue is not None else None
        if before is None:
            yield Attribution(pieces, (), (), _UNKNOWN, frame=FLOATING_FRAME)
        else:
            yield Attribution(pieces, (), (), _FLOATING, -1, before.source_word, FLOATING_FRAME)


def cue_span(tree: Tree, cue: int) -> Span:
    """The words of a cue: its verb with a particle, or "according to"."""
    after = tree.next_word(cue)
    if after < tree.size and (
        (tree.lower[cue] == "according" and tree.lower[after] == "to")
        or (tree.heads[after] == cue and tree.deps[after] in ("compound:prt", "prt"))
    ):
        return tree.chars(cue, after + 1)
    return tree.span(cue)


def head_of(tree: Tree, first: int, last: int) -> int:
    """The head of a noun phrase: the first word that the parse hangs on something outside it, a noun if there is one."""
    top: int | None = None
    for token in range(first, last):
        if not first <= tree.heads[token] < last:
            if tree.pos[token] in _NOUNS:
                return token
            top = token if top is None else top
    return first if top is None else top
