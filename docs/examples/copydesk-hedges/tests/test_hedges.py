"""What is found, what is reported, and what every plugin must do."""

from collections.abc import Iterable

from copydesk import Annotation, Section, Sentence
from copydesk.testing import CheckConformance, ComponentConformance, annotate, toy_layers, yaml_cases

import copydesk_hedges
from copydesk_hedges.check import HedgedTwice
from copydesk_hedges.component import Hedge, Hedges


class TestHedges(ComponentConformance):
    component = Hedges
    examples = ["He reportedly left, and perhaps she did."]


class TestHedgedTwice(CheckConformance):
    check = HedgedTwice
    reports = ["He reportedly perhaps left."]
    passes = ["He reportedly left."]

    def before(self, text: str) -> Iterable[Annotation]:
        return [*toy_layers(text, [Section, Sentence]), *annotate(Hedges, text)[Hedge]]


test_hedges = yaml_cases("hedges.yaml", Hedges)
test_hedged_twice = yaml_cases("hedged_twice.yaml", HedgedTwice, before=["structure", Hedges])


def test_the_plugin_gives_both() -> None:
    assert copydesk_hedges.copydesk_checks() == (HedgedTwice,)
