"""Copies of labelled text with other people and places in it.

The news corpus names the same few hundred people again and again, so a small network learns *them*. A copy in which every
person has another name, the same one wherever the text names that person, leaves it the context and the forms of names
to learn from. The names come from the mixture, into which they were substituted from open lists of the world's names.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpora import Sample, spans

#: Share of the places of a text that are replaced: context and the well-known places are both to be learned.
PLACE_SHARE = 0.3


@dataclass(frozen=True)
class NameStock:
    """Names to substitute: given and family names, one word each, and places with their (words, spaces)."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[tuple[tuple[str, ...], tuple[bool, ...]], ...]


def name_stock(mixture: Iterable[Sample], known: Iterable[Sample]) -> NameStock:
    """The names of the mixture that are in none of the ``known`` texts, so came from the lists. Sorted, each once."""
    seen = {(label, sample.words[a:b]) for sample in known for a, b, label in spans(sample.tags)}
    given: set[str] = set()
    family: set[str] = set()
    places: set[tuple[tuple[str, ...], tuple[bool, ...]]] = set()
    for sample in mixture:
        for a, b, label in spans(sample.tags):
            words = sample.words[a:b]
            if (label, words) in seen or any(word.isupper() and len(word) > 1 for word in words):
                continue
            if label == "PERSON" and b - a == 2 and all(_is_name(word) for word in words):
                given.add(words[0])
                family.add(words[1])
            elif label == "LOC" and b - a <= 3 and words[0][0].isupper():
                places.add((words, sample.spaces[a : b - 1]))
    return NameStock(tuple(sorted(given)), tuple(sorted(family)), tuple(sorted(places)))


def substitute(sample: Sample, stock: NameStock, rng: random.Random) -> Sample:
    """The text with other names, or the same object where it names nobody.

    A word of a person's name becomes the same word throughout, so short forms still match the full ones. Particles,
    initials and what isn't a word stay. Names in capitals stay in capitals.
    """
    found = sorted(spans(sample.tags))
    people = [(a, b) for a, b, label in found if label == "PERSON"]
    if not people:
        return sample
    # Full names first: they tell which word is the given name.
    persons: dict[str, str] = {}
    for a, b in sorted(people, key=lambda span: span[0] - span[1]):
        for i in range(a, b):
            if _is_name(sample.words[i]):
                names = stock.given if i < b - 1 else stock.family
                persons.setdefault(sample.words[i].lower(), rng.choice(names))
    places: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[bool, ...]] | None] = {}
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str | None] = []
    done = 0

    def copy(end: int) -> None:
        words.extend(sample.words[done:end])
        spaces.extend(sample.spaces[done:end])
        tags.extend(sample.tags[done:end])

    for a, b, label in found:
        if label == "PERSON":
            copy(a)
            words += [_like(word, persons.get(word.lower(), word)) for word in sample.words[a:b]]
            spaces += sample.spaces[a:b]
            tags += sample.tags[a:b]
            done = b
        elif label == "LOC":
            key = sample.words[a:b]
            if key not in places:
                places[key] = rng.choice(stock.places) if rng.random() < PLACE_SHARE else None
            place = places[key]
            if place is not None:
                copy(a)
                words += [_like(key[0], word) for word in place[0]]
                spaces += [*place[1], sample.spaces[b - 1]]
                tags += ["B-LOC", *["I-LOC"] * (len(place[0]) - 1)]
                done = b
    copy(len(sample.words))
    return Sample(tuple(words), tuple(spaces), tuple(tags), sample.corpus)


def substituted(samples: Sequence[Sample], stock: NameStock, share: float, seed: int) -> list[Sample]:
    """Copies of this share of the samples with other names; those that name nobody are left out."""
    rng = random.Random(seed)
    chosen = [sample for sample in samples if rng.random() < share]
    copies = [substitute(sample, stock, rng) for sample in chosen]
    return [made for made, sample in zip(copies, chosen, strict=True) if made is not sample]


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word.replace("-", "").replace("'", "").replace("’", "").isalpha()


def _like(model: str, word: str) -> str:
    """``word``, in capitals where ``model`` is. Short ones, as US, are so in any text and tell nothing."""
    return word.upper() if model.isupper() and model.isalpha() and len(model) > 3 else word
