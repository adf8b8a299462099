"""What the pipeline calls a name, and of which kind; and gold corpora made to agree with it where a rule can.

* PERSON: people, by any part of their name; without titles.
* LOC: countries, states, cities, regions, waters, and what is built, where one goes or is. A country or city stays LOC
  when it acts ("France said", "London hopes").
* ORG: companies, agencies, parties, courts, ministries, armed groups, teams, bands, universities, and outlets of news. A
  government that goes by its seat is ORG: "the White House said", the Kremlin, the Pentagon. So are bodies of countries: the
  EU, the UN. A team that goes by its city is ORG where the context tells it.
* NORP: adjectives and nouns of nationality, of religion, of a people, and of those who belong to a party ("Democrats").

The corpora differ: one calls "Israeli" a place, another has the White House both ways. :func:`agreed` gives a name that is
on a list its label, whatever the corpus has, and touches no other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from corpora import Sample, spans

_ARTICLES = frozenset(["the", "The", "THE"])


def load_guideline(data: Path) -> dict[str, str]:
    """Labels of names: the list beside this file, and the nationalities of ``data/train/norp_list.json``."""
    table = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf8"))
    nationalities = json.loads((data / "train" / "norp_list.json").read_text(encoding="utf8"))
    labels = dict.fromkeys([*nationalities, *table["NORP"]], "NORP")
    return labels | dict.fromkeys(table["ORG"], "ORG")


def agreed(samples: Iterable[Sample], labels: dict[str, str], changes: Counter[str] | None = None) -> list[Sample]:
    """The samples with the labels of listed names changed to the list's; counts them in ``changes``. People stay people."""
    result = []
    for sample in samples:
        tags = list(sample.tags)
        for start, end, label in spans(sample.tags):
            begin = start + (end - start > 1 and sample.words[start] in _ARTICLES)
            wanted = labels.get(" ".join(sample.words[begin:end]))
            if wanted is None or label in (wanted, "PERSON"):
                continue
            tags[start:end] = [f"{'I' if i else 'B'}-{wanted}" for i in range(end - start)]
            if changes is not None:
                changes[f"{sample.corpus}: {label} to {wanted}"] += 1
        result.append(replace(sample, tags=tuple(tags)))
    return result
