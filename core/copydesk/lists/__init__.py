"""Lists of words that no plugin finds and several need: countries, places, outlets, titles.

Each is a data file beside this one. A list that one plugin alone needs is that plugin's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

ListName = Literal[
    "calendar",
    "countries",
    "name_particles",
    "outlet_name_words",
    "outlet_nouns",
    "outlets",
    "places",
    "speech_verbs",
    "titles",
    "us_states",
]


@cache
def word_list(name: ListName) -> tuple[Mapping[str, str], ...]:
    """The rows of a list, in its order: of each its columns, as the file's first row calls them.

    Several words in a column are separated by "|". What marks after a word mean, the file says at its top.

    * `calendar`: word, kind, also
    * `countries`: country, names, adjectives, people
    * `name_particles`: word
    * `outlet_name_words`: word, ends
    * `outlet_nouns`: noun
    * `outlets`: name, names, alone, state, basis, as_of
    * `places`: kind, names
    * `speech_verbs`: verb, reports, speaker
    * `titles`: title, spellings, kind, newsroom
    * `us_states`: state, short, postal
    """
    text = (files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    header, *rows = (line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(MappingProxyType(dict(zip(header, row, strict=True))) for row in rows)
