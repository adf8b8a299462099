"""StoryCheck: a check that reads the shared `Story`, so that eleven others need not make it again."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from copydesk import Check, Document, Evidence, Finding, HasSpan
from copydesk_attribution.story import Story


class StoryCheck(Check):
    """Base of the checks of this plugin: `inspect` a story instead of `check` a document."""

    def check(self, document: Document) -> Iterable[Finding]:
        """The findings of this rule alone in a document."""
        return self.inspect(Story(document))

    @abstractmethod
    def inspect(self, story: Story) -> Iterable[Finding]:
        """The findings of this rule in a story."""

    @classmethod
    def measured(cls) -> str:
        """Its rates from `data/rates.json`, which `tests/accuracy/measure_attribution.py --save` writes."""
        known = _rates().get(cls.code)
        return known if isinstance(known, str) else ""


def note(where: HasSpan, text: str) -> Evidence:
    """One piece of evidence."""
    return Evidence(start=where.start, end=where.end, note=text)


@cache
def _rates() -> Mapping[str, Any]:
    path = files("copydesk_attribution") / "data" / "rates.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))
