"""Edit distance between two names, bounded."""

from __future__ import annotations


def within_distance(one: str, other: str, most: int) -> bool:
    """Whether at most `most` letters must be changed, put in, left out or swapped with the next; equal names are not."""
    if one == other or abs(len(one) - len(other)) > most:
        return False
    # A change takes one letter and brings another: names that share fewer are not worth the table.
    return len({*one} ^ {*other}) <= 2 * most and distance(one, other) <= most


def distance(one: str, other: str) -> int:
    """The number of letters to change, put in, leave out or swap with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, above[j - 2] + 1)
            row.append(best)
    return row[-1]
