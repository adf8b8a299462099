"""Order: one forward pass over what steps require and provide, for pipelines built in Python too."""

from __future__ import annotations

import pytest

from copydesk import Annotation, Component, Entity, Pipeline, Quote, Step
from copydesk.errors import InvalidPipelineError
from copydesk.pipeline.order import order_problems


class Shout(Annotation):
    """A word in capitals."""


def component(name, *, requires=(), optional=(), provides=()) -> Component:
    def process(self, document):
        return []

    attributes = {
        "__doc__": "For a test.",
        "name": name,
        "requires": requires,
        "requires_optional": optional,
        "provides": provides,
        "process": process,
    }
    return type(name.title(), (Component,), attributes)()


def problems(*components) -> list[tuple[int, str]]:
    return order_problems([None if each is None else Step.of(each) for each in components])


ENTITIES = component("entities", provides=(Entity,))
QUOTES = component("quotes", requires=(Entity,), provides=(Quote,))
READER = component("reader", optional=(Quote,))


def test_an_order_that_works():
    assert problems(ENTITIES, QUOTES, READER) == []
    assert problems(READER) == [], "what is optional may be missing"


def test_what_comes_too_late_is_to_be_moved():
    assert problems(QUOTES, ENTITIES) == [
        (0, "'quotes' needs Entity, which 'entities' provides only after it; move 'entities' before 'quotes'")
    ]


def test_what_is_optional_must_not_come_too_late_either():
    """It would be silently left unread."""
    assert problems(ENTITIES, READER, QUOTES) == [
        (1, "'reader' reads Quote, which 'quotes' provides only after it; move 'quotes' before 'reader'")
    ]


def test_what_is_provided_before_and_again_after_is_fine():
    assert problems(ENTITIES, QUOTES, component("more", provides=(Entity,))) == []


def test_what_a_step_provides_itself_does_not_count():
    ((index, message),) = problems(component("self", requires=(Shout,), provides=(Shout,)))
    assert (index, message.split(";")[0]) == (0, "'self' needs Shout")


def test_every_missing_type_is_said():
    hungry = component("hungry", requires=(Entity, Quote, Shout))
    assert [message.split(";")[0] for _, message in problems(hungry)] == [
        "'hungry' needs Entity",
        "'hungry' needs Quote",
        "'hungry' needs Shout",
    ]


def test_a_step_that_could_not_be_built_may_provide_anything():
    assert problems(None, QUOTES) == []
    assert problems(QUOTES, None) == []
    assert len(problems(QUOTES, ENTITIES, None)) == 1


def test_types_are_compared_and_not_names():
    class Other(Annotation):
        """Called Entity as well."""

    Other.__name__ = "Entity"
    assert len(problems(component("other", provides=(Other,)), QUOTES)) == 1


def test_a_pipeline_in_python_is_checked_when_it_is_built():
    with pytest.raises(InvalidPipelineError) as caught:
        Pipeline([QUOTES, ENTITIES, QUOTES])
    first, second = caught.value.problems
    assert str(first).startswith("<python>:1:1: 'quotes' needs Entity")
    assert str(second) == "<python>:3:1: two steps have the id 'quotes'; give one a Step with its own id"


def test_a_pipeline_has_at_least_one_step():
    with pytest.raises(InvalidPipelineError, match="a pipeline has at least one step"):
        Pipeline([])


def test_steps_with_ids_of_their_own():
    pipeline = Pipeline([ENTITIES, Step.of(ENTITIES, id="again")])
    assert [step.id for step in pipeline.steps] == ["entities", "again"]
    assert pipeline.provides == (Entity,)
