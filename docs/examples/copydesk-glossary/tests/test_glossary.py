"""What is linked and joined, and what every component must do."""

from pathlib import Path

from copydesk import Document, Entity, Mention
from copydesk.testing import ComponentConformance, annotate

from copydesk_glossary.component import Glossary, GlossaryConfig

TABLE = Path(__file__).parents[1] / "glossary.csv"
TEXT = "Ann Lee told the United Nations that the U.N. must act. Bo Chan left."


def named(*names: str) -> Document:
    found = [Entity(start=TEXT.index(name), end=TEXT.index(name) + len(name), label="X", name=name) for name in names]
    mentions = [Mention(start=one.start, end=one.end, kind="name", entity=one.ref) for one in found]
    return Document(TEXT).with_annotations([*found, *mentions])


class TestGlossary(ComponentConformance):
    component = Glossary
    configs = [GlossaryConfig(table=TABLE)]
    examples = [named("Ann Lee", "United Nations", "U.N.")]


def test_entities_are_linked_and_joined() -> None:
    document = annotate(Glossary(GlossaryConfig(table=TABLE)), named("Ann Lee", "United Nations", "U.N.", "Bo Chan"))
    assert [(entity.name, entity.link) for entity in document[Entity]] == [
        ("Ann Lee", "Q1"),
        ("United Nations", "Q1065"),
        ("Bo Chan", None),
    ]
    (_, nations, _) = document[Entity]
    assert [document.text_of(mention) for mention in document.of(Mention, nations)] == ["United Nations", "U.N."]
