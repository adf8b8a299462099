"""A slow class is told its slowest line, and the pattern on it."""

from __future__ import annotations

import re

import pytest

from copydesk import Annotation, Check, Component, Document, Span
from copydesk.testing import CheckConformance, ComponentConformance, check_kit, hostile, hostile_checks
from copydesk.testing.contract import NonconformityError
from copydesk.testing.growth import Growth
from copydesk.testing.kit import time_limit
from copydesk.testing.slow_lines import line_of, slowest_line

SLOW = re.compile(r"\([^)]*\)")
EXPLODES = re.compile(r"(a+)+$")


class Bracket(Annotation):
    """What stands in brackets."""


class Brackets(Component):
    """Finds what stands in brackets, in squared time."""

    name = "brackets"
    provides = (Bracket,)

    def process(self, document):
        text = document.text
        quick = len(text)
        for match in SLOW.finditer(text):
            yield Bracket(start=match.start(), end=quick)


class Explodes(Component):
    """Takes exponential time."""

    name = "explodes"
    provides = (Bracket,)

    def setup(self, context):
        self._pattern = EXPLODES

    def process(self, document):
        return [Bracket(start=0, end=0)] if self._pattern.match(document.text) else []


class SlowCheck(Check):
    """Takes squared time."""

    code, name, severity = "SLO001", "slow", "info"

    def check(self, document):
        return [self.finding(Span(0, 0), "slow") for _ in SLOW.finditer(document.text)]


def test_the_slowest_line_is_named_with_its_pattern():
    said = slowest_line(Brackets, lambda: list(Brackets().process(Document("(" * 3000))))
    assert said.startswith("; most of its time goes to ")
    assert said.endswith("for match in SLOW.finditer(text):, by the pattern '\\\\([^)]*\\\\)'")


def test_what_is_stopped_is_told_where_it_stands():
    component = Explodes()
    component.setup(None)
    with pytest.raises(NonconformityError) as caught, time_limit(0.2):
        component.process(Document("a" * 40 + "!"))
    assert "self._pattern.match(document.text)" in line_of(Explodes, caught.value)
    assert line_of(Explodes, caught.value).endswith("by the pattern '(a+)+$'")


@pytest.mark.parametrize(
    ("kit", "kind", "check"),
    [
        (ComponentConformance, Brackets, "test_linear_time"),
        (CheckConformance, SlowCheck, "test_time_grows_linearly"),
    ],
)
def test_the_kits_say_it(monkeypatch, kit, kind, check):
    monkeypatch.setattr(hostile, "GROWING", {"brackets": "("})
    for module in (hostile_checks, check_kit):  # to measure it takes half a minute
        monkeypatch.setattr(module, "measure_growth", lambda *_, **__: Growth((2000, 4000), (0.1, 0.4)))
    case = type("TestIt", (kit,), {kit.subject: kind, "examples": ["a (b)"], "reports": ["a (b)"]})()
    with pytest.raises(NonconformityError, match=re.escape("by the pattern '\\\\([^)]*\\\\)'")):
        getattr(case, check)()
