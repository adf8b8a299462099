"""The lines of a text: which are in capitals, and which words begin one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import NDArray

BREAKS = frozenset("\n\r\u2028")


@dataclass(frozen=True, slots=True)
class Lines:
    """What lines say of their words.

    Attributes:
        begins: the word with which each line begins; one that holds a line break ends its line.
        capital, number, shouted, headed: by word: whether its first letter is a capital; the number of its line;
            whether the line is in capitals; whether most words of it have a capital.
    """

    begins: list[int]
    capital: list[bool]
    number: list[int]
    shouted: list[bool]
    headed: list[bool]


def find_lines(texts: Sequence[str]) -> Lines:
    """The lines of a text, given by its words."""
    import numpy as np  # slow to import: only where there is a text

    breaks = [i for i, text in enumerate(texts) if text.isspace() and not BREAKS.isdisjoint(text)]
    begins = [at for at in (0, *(i + 1 for i in breaks)) if at < len(texts)]
    if not begins:
        return Lines([], [], [], [], [])
    initials = [text[:1] for text in texts]
    capital = list(map(str.isupper, initials))
    length = np.array(list(map(len, texts)))
    upper = np.array(list(map(str.isupper, texts)))
    letter = np.array(list(map(str.isalpha, initials)))
    great = np.array(capital) & (length > 3)
    small = np.array(list(map(str.islower, initials))) & (length > 3)

    def by_line(values: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.int64]:
        return np.add.reduceat(values.astype(np.int64), begins)

    capitals, others = by_line(length * upper), by_line(length * (letter & ~upper))
    shouted = (capitals > 4 * others) & ((by_line(upper & (length > 3)) > 1) | (by_line(upper) > 4))
    many, few = by_line(great), by_line(small)
    ends = [*begins[1:], len(texts)]
    sentence = np.array([_ends_sentence(texts, begin, end) for begin, end in zip(begins, ends, strict=True)])
    headed = shouted | ((many > 3) & (many > 4 * few) & ~sentence)
    sizes = np.diff([*begins, len(texts)])

    return Lines(
        begins,
        capital,
        np.repeat(np.arange(len(begins)), sizes).tolist(),
        np.repeat(shouted, sizes).tolist(),
        np.repeat(headed, sizes).tolist(),
    )


def _ends_sentence(texts: Sequence[str], begin: int, end: int) -> bool:
    return any(text in {".", "!"} for text in texts[max(begin, end - 3) : end])


def find_opening(
    texts: Sequence[str], sentence: Sequence[int], lines: Sequence[int], more: Sequence[int]
) -> list[bool]:
    """By word, whether it opens a sentence, a line, or what begins at `more`: the first with a letter or figure,
    and what stands before that.
    """
    opens = [False] * len(texts)
    begins = {*lines, *more, *(i for i in range(len(texts)) if not i or sentence[i] != sentence[i - 1])}
    for begin in sorted(begins):
        for i in range(begin, len(texts)):
            if opens[i] or (texts[i].isspace() and not BREAKS.isdisjoint(texts[i])):
                break
            opens[i] = True
            if texts[i][:1].isalnum():
                break
    return opens
