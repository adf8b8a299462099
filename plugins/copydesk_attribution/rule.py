"""StoryCheck: a check that reads the shared `Story`, so that eleven others need not make it again."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

from typing_extensions import TypeVar

from copydesk import (
    Annotation,
    Check,
    Config,
    Document,
    Entity,
    Evidence,
    Finding,
    HasSpan,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)
from copydesk_attribution.house import House
from copydesk_attribution.story.story import Story

C = TypeVar("C", bound=Config, default=Config)

BASIS: tuple[type[Annotation], ...] = (Sentence, Quotation)
"""What a story cannot be read without."""


class StoryCheck(Check[C]):
    """Base of the checks of this plugin: `inspect` a story, which all checks of a document share."""

    reads = (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)
    house: House = House()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.requires = tuple(dict.fromkeys((*BASIS, *cls.requires)))

    def check(self, document: Document) -> Iterable[Finding]:
        """The findings of this rule in the headline and the body of a document."""
        story = document.derived(Story)
        # An empty span at the start is about the whole document.
        return [found for found in self.inspect(story) if story.is_checked(found) or found.start == found.end]

    @abstractmethod
    def inspect(self, story: Story) -> Iterable[Finding]:
        """The findings of this rule in a story."""

    @classmethod
    def measured(cls) -> str:
        """Its rates from `data/rates.json`, which `tests/accuracy/measure_attribution.py --save` writes."""
        return "\n".join([*alarms_of(cls.code), *_recall_of(cls.code)])


def note(where: HasSpan, text: str) -> Evidence:
    """One piece of evidence."""
    return Evidence(start=where.start, end=where.end, note=text)


def alarms_of(code: str) -> list[str]:
    """A line for each set of unchanged articles: how many findings, and what reading them showed."""
    found = []
    for name, measured in rates()["clean"].items():
        verdicts = measured["verdicts"].get(code, {})
        number = sum(verdicts.values())
        judged = ", ".join(f"{verdicts[kind]} {kind}" for kind in _VERDICTS if verdicts.get(kind))
        found.append(
            f"* {number} {'finding' if number == 1 else 'findings'} on {measured['words']:,} words of {name}, "
            f"{1000 * number / measured['words']:.2f} per 1,000 words" + (f": {judged}." if judged else ".")
        )
    return found


def _recall_of(code: str) -> list[str]:
    return [
        f"* Seeded fault “{row['fault']}”: {share(row, 'carried')} found with layers carried through the edit, "
        f"{share(row, 'predicted')} with those of the pipeline, {share(row, 'regex')} by a plain pattern."
        for row in rates()["seeded"]
        if code in row["codes"] and not row["fault"].startswith("swap")
    ]


def share(row: Mapping[str, Any], condition: str) -> str:
    """Of the faults of a kind, those found in a condition, with the 95 % interval of the share (Wilson)."""
    sites, hits = row.get("carried sites" if condition == "carried" else "sites", 0), row.get(condition, 0)
    if not sites:
        return "–"
    z = 1.96
    middle = (hits / sites + z * z / sites / 2) / (1 + z * z / sites)
    half = z / (1 + z * z / sites) * sqrt((hits / sites * (1 - hits / sites) + z * z / sites / 4) / sites)
    return f"{hits} of {sites} ({max(0.0, middle - half):.2f}–{min(1.0, middle + half):.2f})"


_VERDICTS = ("fault", "defensible", "false", "unjudged")


@cache
def rates() -> Mapping[str, Any]:
    """What was measured: `clean`, by set of articles, and `seeded`, by kind of fault."""
    path = files("copydesk_attribution") / "data" / "rates.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))
