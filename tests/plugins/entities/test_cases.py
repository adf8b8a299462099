"""Entities, mentions and traits of short stories, in both label schemes."""

from pathlib import Path

import pytest
import yaml

from copydesk import Entity, Mention, Trait
from copydesk_entities.annotations import LabelledMention

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def named(document):
    """The names of the story, with their entities."""
    return [(document.text_of(m), document.resolve(m.entity)) for m in document[Mention] if m.kind == "name"]


def chains(document):
    """The name of each entity with the places that name it."""
    return [
        (entity.name, [document.text_of(m) for m in document.of(Mention, entity) if m.kind == "name"])
        for entity in document[Entity]
    ]


def labels(document):
    """Places that name something, with their labels."""
    own = {mention.id: mention.label for mention in document[LabelledMention]}
    return {
        (document.text_of(m), own.get(m.id) or document.resolve(m.entity).label)
        for m in document[Mention]
        if m.kind == "name"
    }


def trait_line(document, trait):
    """A trait on a line, as the cases have it."""

    def name_of(ref):
        return None if ref is None else document.resolve(ref).name

    fields = (
        document.text_of(trait),
        name_of(trait.entity),
        trait.role or trait.kind,
        trait.value,
        name_of(trait.organisation),
        name_of(trait.place),
    )
    return " | ".join(field or "-" for field in fields)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_story(case, story, scheme):
    """Each case states the rule that it stands for."""
    document = story(case["text"], scheme, **case.get("settings", {}))
    if "chains" in case:
        found = chains(document)
        for name, mentions in case["chains"].items():
            assert (name, mentions) in found
    assert set(case.get("labels", {}).items()) <= labels(document)
    for text in case.get("no_entities", ()):
        assert text not in {mention for mention, _ in named(document)}
    if "traits" in case:
        assert [trait_line(document, trait) for trait in document[Trait]] == case["traits"]
    if "resolved" in case:
        found = [
            f"{document.text_of(m)} -> {document.resolve(m.entity).name}" for m in document[Mention] if m.kind != "name"
        ]
        assert found == case["resolved"]


def test_an_entity_stands_once_at_its_fullest_first_mention(story):
    """With its other forms as aliases, each once."""
    document = story(
        "[Putin|PERSON] left. [Vladimir Putin|PERSON] and [Putin|PERSON] met. [Vladimir Putin|PERSON] spoke."
    )
    (entity,) = document[Entity]
    assert (entity.name, entity.aliases, entity.start) == ("Vladimir Putin", ("Putin",), len("Putin left. "))


def test_a_country_and_its_adjective_are_one_place(story):
    """The adjective is a mention with a label of its own."""
    document = story("[Russian|NORP] troops left [Russia|LOC].")
    (entity,) = document[Entity]
    assert (entity.name, entity.label, entity.aliases) == ("Russia", "LOC", ("Russian",))
    assert [(document.text_of(m), m.label) for m in document[LabelledMention]] == [("Russian", "NORP")]


def test_every_case_says_why():
    """A case that expects nothing could not fail."""
    for case in CASES:
        assert case["why"]
        assert {"chains", "labels", "traits", "resolved", "no_entities"} & case.keys()
    assert len({case["why"] for case in CASES}) == len(CASES)
