"""Order: one forward pass over what steps read and provide, for pipelines built in Python too."""

from __future__ import annotations

import pytest

from copydesk import Annotation, Check, Component, Entity, Pipeline, Quote, Section, Step
from copydesk.errors import InvalidPipelineError
from copydesk.pipeline.order import order_problems


class Shout(Annotation):
    """A word in capitals."""


class TonedQuote(Quote):
    """A quote with its tone."""

    tone: float = 0.0


def component(name, **attributes) -> Component:
    return type(
        name.title(),
        (Component,),
        {"__doc__": "For a test.", "name": name, "process": lambda self, document: [], **attributes},
    )()


def problems(*components, **more) -> list[tuple[int, str]]:
    return order_problems([None if each is None else Step.of(each) for each in components], **more)


ENTITIES = component("entities", provides=(Entity,))
QUOTES = component("quotes", requires=(Entity,), provides=(Quote,))
READER = component("reader", reads=(Quote,))
LINKER = component("linker", revises=(Entity,))


def test_an_order_that_works():
    assert problems(ENTITIES, QUOTES, READER) == []
    assert problems(READER) == [], "what is only read may be missing"


def test_what_comes_too_late_is_to_be_moved():
    assert problems(QUOTES, ENTITIES) == [
        (0, "'quotes' needs Entity, which 'entities' provides only after it; move 'entities' before 'quotes'")
    ]


def test_what_is_only_read_must_not_come_too_late_either():
    """It would be silently left unread."""
    assert problems(ENTITIES, READER, QUOTES) == [
        (1, "'reader' reads Quote, which 'quotes' provides only after it; move 'quotes' before 'reader'")
    ]


def test_what_is_provided_before_and_again_after_is_fine():
    assert problems(ENTITIES, QUOTES, READER, component("more", provides=(Quote,))) == []


def test_what_a_step_provides_itself_does_not_count():
    ((index, message),) = problems(component("self", requires=(Shout,), provides=(Shout,)))
    assert (index, message.split(";")[0]) == (0, "'self' needs Shout")


def test_every_missing_type_is_said():
    hungry = component("hungry", requires=(Entity, Quote, "acme.cue"))
    assert [message.split(";")[0] for _, message in problems(hungry)] == [
        "'hungry' needs Entity",
        "'hungry' needs Quote",
        "'hungry' needs the layer 'acme.cue'",
    ]


def test_a_step_that_could_not_be_built_may_provide_anything():
    assert problems(None, QUOTES) == []
    assert problems(QUOTES, None) == []
    assert len(problems(QUOTES, ENTITIES, None)) == 1


def test_types_are_compared_and_not_names():
    other = type("Entity", (Annotation,), {"__doc__": "Called Entity as well.", "__module__": __name__})
    assert len(problems(component("other", provides=(other,)), component("needs", requires=(Entity,)))) == 1


# Layers by name, and what documents bring


def test_a_layer_by_name_is_there_when_its_type_is_provided():
    by_name = component("by_name", requires=("quote",))
    assert problems(ENTITIES, QUOTES, by_name) == []
    assert problems(by_name, ENTITIES, QUOTES)[0][1].startswith("'by_name' needs the layer 'quote', which 'quotes'")


def test_a_repair_says_how_the_documents_may_bring_it():
    ((_, message),) = problems(component("cues", requires=("acme.cue",)))
    assert message == (
        "'cues' needs the layer 'acme.cue'; add a step that provides it before 'cues' (`copydesk plugins NAME` shows what "
        "a plugin provides); or say `given: [acme.cue]`, if the documents bring it"
    )


@pytest.mark.parametrize("needs", [Entity, "entity"])
def test_what_documents_bring_is_there(needs):
    assert problems(component("needs", requires=(needs,)), given=["entity"]) == []
    assert problems(LINKER, given=["entity"]) == []


# Extensions


def test_an_extension_fulfils_what_needs_its_base():
    toned = component("toned", provides=(TonedQuote,))
    assert problems(toned, component("needs", requires=(Quote,))) == []
    assert problems(toned, component("needs", requires=("quote",))) == []


def test_a_base_does_not_fulfil_what_needs_an_extension():
    needs = component("needs", requires=(TonedQuote,))
    ((index, message),) = problems(ENTITIES, QUOTES, needs)
    assert (index, message.split(";")[0]) == (2, "'needs' needs TonedQuote")
    assert problems(ENTITIES, QUOTES, component("tone", revises=(TonedQuote,)), needs) == []


# Revisers


def test_a_reviser_and_what_comes_after_it():
    assert problems(ENTITIES, LINKER, QUOTES) == []
    assert problems(ENTITIES, QUOTES, LINKER) == [], "what reads it before has it unrevised"


def test_a_reviser_needs_what_it_revises():
    assert problems(LINKER, ENTITIES) == [
        (0, "'linker' revises Entity, which 'entities' provides only after it; move 'entities' before 'linker'")
    ]
    ((_, message),) = problems(LINKER)
    assert message.startswith("'linker' revises Entity; add a step that provides it before 'linker'")


def test_a_reviser_that_only_reads_it_may_do_without():
    assert problems(component("tolerant", reads=(Entity,), revises=(Entity,))) == []


def test_two_finders_of_entities():
    """An entity is there once in a document: two finders would give two of each."""
    ((index, message),) = problems(ENTITIES, component("names", provides=(Entity,)))
    assert index == 1
    assert message == (
        "'names' provides Entity, and so does 'entities'; a document has each entity once, so a second finder names "
        "Entity in its `revises`: use one that does, or leave one of both out"
    )


def test_a_finder_of_entities_where_the_documents_bring_them():
    assert problems(ENTITIES, given=["entity"]) == [
        (0, "'entities' provides Entity, which `given:` says the documents bring; leave one of both out")
    ]


# Steps that run checks


class SectionCheck(Check):
    """Reads sections."""

    code = "TST1"
    name = "sections"
    severity = "info"
    requires = (Section,)

    def check(self, document):
        return []


def test_a_step_that_runs_checks_reads_what_they_read():
    runner, sections = component("runner", runs_checks=True), component("sections", provides=(Section,))
    assert problems(sections, runner, checks=[SectionCheck]) == []
    assert problems(runner, checks=[SectionCheck]) == [], "a check that lacks its layers is skipped, and that is said"
    assert problems(runner, sections, checks=[SectionCheck]) == [
        (0, "'runner' reads Section, which 'sections' provides only after it; move 'sections' before 'runner'")
    ]
    assert problems(READER, sections, checks=[SectionCheck]) == []


# Pipelines in Python


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
    pipeline = Pipeline([ENTITIES, QUOTES, Step.of(QUOTES, id="again")])
    assert [step.id for step in pipeline.steps] == ["entities", "quotes", "again"]
    assert pipeline.provides == (Entity, Quote)


def test_a_type_of_the_same_name_is_told_from_the_one_that_is_meant():
    """To add the plugin that is there already would help nobody."""
    Ours = type("Contact", (Annotation,), {"__doc__": "One.", "__module__": "ours"})  # noqa: N806  # a class
    Theirs = type("Contact", (Annotation,), {"__doc__": "Another.", "__module__": "theirs"})  # noqa: N806  # a class
    contacts, caller = component("contacts", provides=(Theirs,)), component("caller", requires=(Ours,))
    [(index, message)] = problems(contacts, caller, plugins=["contacts"])
    assert index == 1
    assert message == (
        "'caller' needs Contact; it means ours.Contact, and 'contacts' provides theirs.Contact: name that one in 'caller', or "
        "add a step that provides the other"
    )
