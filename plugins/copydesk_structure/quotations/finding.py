"""The quotations of a text, from its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from copydesk import Quotation, Span
from copydesk_structure.quotations.pairing import UNOPENED, Piece, paired
from copydesk_structure.quotations.signs import read_marks
from copydesk_structure.wordlists import WordLists


def quotations(text: str, paragraphs: Sequence[Span], words: WordLists) -> Iterator[Quotation]:
    """The quotations of a text, in order; of two that start together the longer one first.

    Args:
        text: the whole text.
        paragraphs: in order, and apart from one another; a quotation goes over several only where its marks say so.
        words: the lists that tell apostrophes.
    """
    pieces = sorted(
        paired(text, list(read_marks(text, words)), paragraphs), key=lambda piece: (piece.start, -piece.end)
    )
    whole: dict[int, list[tuple[Piece, int]]] = {}
    for number, (piece, depth) in enumerate(_with_depths(pieces)):
        # A mark that closes nothing goes with no other piece.
        whole.setdefault(piece.chain if piece.chain != UNOPENED else -2 - number, []).append((piece, depth))
    for chain, parts in whole.items():
        (first, depth), (last, _) = parts[0], parts[-1]
        yield Quotation(
            start=first.start,
            end=last.end,
            inner=Span(first.inner.start, last.inner.end),
            depth=depth,
            opened=chain >= 0,
            closed=last.closed,
            paragraphs=tuple(Span(part.start, part.end) for part, _ in parts) if len(parts) > 1 else (),
        )


def _with_depths(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, int]]:
    """Each piece with how many hold it, itself counted; pieces never cross."""
    ends: list[int] = []
    for piece in pieces:
        while ends and ends[-1] <= piece.start:
            ends.pop()
        ends.append(piece.end)
        yield piece, len(ends)
