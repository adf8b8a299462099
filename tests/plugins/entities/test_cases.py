"""Names, chains, roles and references of short stories, in both label schemes."""

from pathlib import Path

import pytest
import yaml

from copydesk import Entity, Reference, Role

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def names_of(document):
    return {entity.entity: entity.name for entity in document[Entity]}


def chains(document):
    found = {}
    for entity in document[Entity]:
        found.setdefault((entity.entity, entity.name), []).append(document.text_of(entity))
    return [(name, texts) for (_, name), texts in found.items()]


def role_line(document, role):
    names = names_of(document)
    fields = (
        document.text_of(role),
        names[role.holder],
        role.kind,
        role.title,
        names.get(role.organisation),
        names.get(role.country),
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
    for mention, label in case.get("labels", {}).items():
        assert label in {entity.label for entity in document[Entity] if document.text_of(entity) == mention}
    for text in case.get("no_entities", ()):
        assert text not in {document.text_of(entity) for entity in document[Entity]}
    if "roles" in case:
        assert [role_line(document, role) for role in document[Role]] == case["roles"]
    if "references" in case:
        names = names_of(document)
        found = [f"{document.text_of(one)} -> {names[one.entity]}" for one in document[Reference]]
        assert found == case["references"]


def test_every_case_says_why():
    """A case that expects nothing could not fail."""
    for case in CASES:
        assert case["why"]
        assert {"chains", "labels", "roles", "references", "no_entities"} & case.keys()
    assert len({case["why"] for case in CASES}) == len(CASES)
