"""A list of words has one owner: what two plugins need is in `copydesk.word_list`."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from copydesk import word_list
from copydesk.lists import ListName

PLUGINS = Path(__file__).parents[2] / "plugins"
COUNTED = ("attribution", "entities", "numbers", "quotes", "structure")
MOST_SHARED = 6
"""Two lists with other questions may share some words."""

CLOSED_CLASS = "closed classes of English words, of which each list takes those that answer its own question"
NEWS = "nouns for what is said and for what it is said in: two questions about words that mean both"
BODIES = "nouns for bodies: which make a name, which are mistaken for one another, and which speak as an institution"
TITLES = "titles: whose complement is an organisation, which say little, and of which there is one for each field"
ALLOWED = {
    ("attribution/clause_words", "structure/not-names"): CLOSED_CLASS,
    ("attribution/function_words", "structure/not-names"): CLOSED_CLASS,
    ("attribution/function_words", "entities/no_initials"): CLOSED_CLASS,
    ("attribution/function_words", "entities/complement_prepositions"): CLOSED_CLASS,
    ("attribution/function_words", "entities/no_topic"): CLOSED_CLASS,
    ("attribution/narrowing_words", "structure/not-names"): CLOSED_CLASS,
    ("attribution/narrowing_words", "entities/complement_prepositions"): CLOSED_CLASS,
    ("attribution/title_modifiers", "structure/not-names"): CLOSED_CLASS,
    ("attribution/title_modifiers", "entities/determiners"): CLOSED_CLASS,
    ("attribution/title_modifiers", "entities/introducing"): CLOSED_CLASS,
    ("entities/introducing", "structure/not-names"): CLOSED_CLASS,
    ("attribution/body_nouns", "entities/organisation_nouns"): BODIES,
    ("attribution/body_heads", "entities/organisation_kinds"): BODIES,
    ("attribution/body_heads", "entities/organisation_nouns"): BODIES,
    ("attribution/writing_words", "quotes/medium-nouns"): NEWS,
    ("attribution/services", "entities/organisation_nouns"): BODIES,
    ("attribution/services", "entities/place_nouns"): BODIES,
    ("attribution/services", "entities/nouns_before_titles"): BODIES,
    ("entities/no_topic", "structure/not-names"): CLOSED_CLASS,
    ("attribution/narrowed_titles", "entities/works_at"): TITLES,
    ("attribution/open_titles", "entities/works_at"): TITLES,
    ("attribution/unnamed_heads", "entities/works_at"): TITLES,
    ("attribution/open_titles", "entities/heads_of"): TITLES,
    ("attribution/speech_nouns", "quotes/medium-nouns"): NEWS,
    ("entities/determiners", "structure/not-names"): CLOSED_CLASS,
    ("entities/complement_prepositions", "structure/not-names"): CLOSED_CLASS,
    ("quotes/medium-nouns", "structure/not-places"): NEWS,
}


def words_of(line: str) -> set[str]:
    return {part.strip().rstrip("?*!").casefold() for part in re.split(r"[\t|]| = |,(?=\S)", line)} - {""}


def lists_of(plugin: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in sorted((PLUGINS / f"copydesk_{plugin}" / "data").rglob("*")):
        if file.suffix not in (".txt", ".tsv", ".csv"):
            continue
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()[:1] not in ("", "#")]
        if file.stem == "word_sets":  # a file of sets, each with its name
            found |= {f"{plugin}/{name}": set(words.split()) for name, _, words in (at.partition(": ") for at in lines)}
        else:
            found[f"{plugin}/{file.stem}"] = set().union(*map(words_of, lines))
    return found


LISTS = {name: words for plugin in COUNTED for name, words in lists_of(plugin).items()}


def test_no_list_of_one_plugin_repeats_a_list_of_another():
    assert len(LISTS) > 30
    shared = {
        (one, other): sorted(LISTS[one] & LISTS[other])
        for one, other in combinations(LISTS, 2)
        if one.split("/")[0] != other.split("/")[0]
    }
    assert {pair: words for pair, words in shared.items() if len(words) > MOST_SHARED and pair not in ALLOWED} == {}


def test_every_exception_is_one():
    assert [pair for pair in ALLOWED if len(LISTS[pair[0]] & LISTS[pair[1]]) <= MOST_SHARED] == []


@pytest.mark.parametrize("name", get_args(ListName))
def test_a_list_of_the_core_has_each_row_once_and_is_read_once(name):
    rows = word_list(name)
    assert len({tuple(row.values()) for row in rows}) == len(rows) > 5
    assert word_list(name) is rows
    with pytest.raises(TypeError):
        rows[0][next(iter(rows[0]))] = "Atlantis"
