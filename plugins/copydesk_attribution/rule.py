"""StoryCheck: a check that reads the shared `Story`, so that eleven others need not make it again."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any, ClassVar

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
from copydesk_attribution.story.clauses import Clauses
from copydesk_attribution.story.story import Story

C = TypeVar("C", bound=Config, default=Config)

BASIS: tuple[type[Annotation], ...] = (Sentence, Quotation)
"""What a story cannot be read without."""


class StoryCheck(Check[C]):
    """Base of the checks of this plugin: `inspect` a story, which all checks of a document share."""

    reads = (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)
    house: House = House()
    in_credits: ClassVar[bool] = False
    """Whether its findings may stand in bylines and datelines too."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.requires = tuple(dict.fromkeys((*BASIS, *cls.requires)))

    def check(self, document: Document) -> Iterable[Finding]:
        """The findings of this rule in the headline and the body of a document."""
        story = document.derived(Story)
        # An empty span at the start is about the whole document.
        return [
            found
            for found in self.inspect(story)
            if story.is_checked(found) or found.start == found.end or (self.in_credits and story.in_credits(found))
        ]

    @abstractmethod
    def inspect(self, story: Story) -> Iterable[Finding]:
        """The findings of this rule in a story."""

    @classmethod
    def measured(cls) -> str:
        """Its rates from `data/rates.json`, which `tests/accuracy/measure_attribution.py --save` writes."""
        return "\n".join([*alarms_of(cls.code), *_recall_of(cls.code)])


class ClauseCheck(StoryCheck[C]):
    """Base of the checks that ask who does what to whom: they read the clauses of the parse, and are silent without one."""

    requires: ClassVar[tuple[type[Annotation], ...]] = (Entity, Mention, Quote)
    uses_optional = ("token.tag", "token.dep", "token.head", "token.lemma")

    def inspect(self, story: Story) -> Iterable[Finding]:
        """The findings of this rule, where the parse has relations."""
        return () if story.clauses is None else self.inspect_clauses(story, story.clauses)

    @abstractmethod
    def inspect_clauses(self, story: Story, clauses: Clauses) -> Iterable[Finding]:
        """The findings of this rule in a story whose clauses are known."""


def note(where: HasSpan, text: str) -> Evidence:
    """One piece of evidence."""
    return Evidence(start=where.start, end=where.end, note=text)


def alarms_of(code: str) -> list[str]:
    """A line for each half of the articles: how many findings of a check, and what reading them showed."""
    found = []
    for half, measured in rates().items():
        clean = measured["clean"]
        verdicts = clean["verdicts"].get(code, {})
        number = sum(verdicts.values())
        judged = ", ".join(f"{verdicts[kind]} {kind}" for kind in VERDICTS if verdicts.get(kind))
        found.append(
            f"* {number} {'finding' if number == 1 else 'findings'} on {clean['words']:,} words of published articles, the half "
            f"to {half}" + (f": {judged}." if judged else ".")
        )
    return found


def _recall_of(code: str) -> list[str]:
    return [
        f"* Natural fault “{row['fault']}”, the half to {half}: {share(row)} found."
        for half, measured in rates().items()
        for row in measured["faults"]
        if code in row["codes"]
    ]


def share(row: Mapping[str, Any]) -> str:
    """Of the faults of a kind, those found, with the 95 % interval of the share (Wilson)."""
    sites, hits = row["sites"], row["found"]
    z = 1.96
    middle = (hits / sites + z * z / sites / 2) / (1 + z * z / sites)
    half = z / (1 + z * z / sites) * sqrt((hits / sites * (1 - hits / sites) + z * z / sites / 4) / sites)
    return f"{hits} of {sites} ({max(0.0, middle - half):.2f}–{min(1.0, middle + half):.2f})"


VERDICTS = ("useful", "pedantic", "wrong", "unjudged")
"""What reading a finding on a published article shows: an editor would thank for it, would shrug, or it is false."""


@cache
def rates() -> Mapping[str, Any]:
    """What was measured, by half of the articles: `clean`, on unchanged ones, and `faults`, by kind of natural fault."""
    path = files("copydesk_attribution") / "data" / "rates.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))
