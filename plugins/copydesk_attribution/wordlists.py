"""The word lists in `data/`: one entry a line, `#` begins a comment."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from copydesk import word_list


def _read(name: str) -> str:
    return (files("copydesk_attribution") / "data" / name).read_text(encoding="utf-8")


def _lines(name: str) -> list[str]:
    lines = (line.split("#", 1)[0].strip() for line in _read(name).splitlines())
    return [line for line in lines if line]


def entries(name: str) -> tuple[str, ...]:
    """The entries of `data/NAME.txt`, as written."""
    return tuple(_lines(f"{name}.txt"))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of `data/NAME.txt`, case folded; or of a list that is made of the core's."""
    made = _MADE.get(name)
    return made() if made is not None else frozenset(line.casefold() for line in _lines(f"{name}.txt"))


_MADE: Mapping[str, Callable[[], frozenset[str]]] = {
    "days_and_months": lambda: frozenset(row["word"] for row in word_list("calendar")),
    "name_particles": lambda: frozenset(row["word"] for row in word_list("name_particles")),
    "outlet_name_words": lambda: frozenset(row["word"] for row in word_list("outlet_name_words")),
    "speech_verbs": lambda: frozenset(row["verb"] for row in word_list("speech_verbs")),
    "core_speech_verbs": lambda: (
        frozenset(row["verb"] for row in word_list("speech_verbs") if row["reports"]) | {"according"}
    ),
}


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `data/NAME.csv`."""
    reader = csv.DictReader(_lines(f"{name}.csv"))
    return tuple(MappingProxyType(dict(row)) for row in reader)


@cache
def countries() -> Mapping[str, str]:
    """Case-folded names, adjectives and citizens of countries, each with its country's usual name."""
    known: dict[str, str] = {}
    for row in word_list("countries"):
        country = row["country"].rstrip("?")
        people = (one.removesuffix("s") for one in split(row["people"]))
        for form in (country, *split(row["names"]), *split(row["adjectives"]), *people):
            plain = form.rstrip("?").casefold()
            known[plain.removeprefix("the ")] = known[plain] = country
    return MappingProxyType(known)


@cache
def places() -> frozenset[str]:
    """Case-folded names of one word that are places, and as good as never anybody's."""
    names = (name for row in word_list("places") for name in split(row["names"]))
    return frozenset(name.casefold() for name in names if " " not in name and not name.endswith("?"))


def split(words: str) -> list[str]:
    """The words of a column of a list."""
    return words.split("|") if words else []


@cache
def personal_titles() -> frozenset[str]:
    """Titles, ranks and offices of one word, as they stand before a name."""
    return words("personal_titles") | _titles("courtesy", "rank", "office")


@cache
def person_nouns() -> frozenset[str]:
    """Nouns of one word that say what somebody is."""
    return words("person_nouns") | _titles("rank", "office", "relation", "occupation")


def _titles(*kinds: str) -> frozenset[str]:
    titles = (row for row in word_list("titles") if row["kind"] in kinds)
    spelt = (form for row in titles for form in (row["title"], *split(row["spellings"])))
    return frozenset(form.rstrip(".") for form in spelt if " " not in form and not form.endswith("?"))
