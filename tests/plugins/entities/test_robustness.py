"""Hostile text: no exception, nothing outside the text, the same answer twice, and time linear in length."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from copydesk import Context, Document, Entity, Mention, Quotation, Trait
from copydesk.testing.growth import cpu_seconds
from copydesk_entities.component import Entities

BLANK = spacy.blank("en")
COMPONENT = Entities()
COMPONENT.setup(Context())

PIECES = st.sampled_from(
    [
        "the",
        "The",
        "of",
        "for",
        "and",
        ",",
        ".",
        "(",
        ")",
        "“",
        "”",
        '"',
        "'",
        "’",
        "'s",
        "’s",
        "-",
        "—",
        "\n",
        "\r\n",
        "\u2028",
        "\x00",
        "é",
        "\u200f",
        "שלום",
        "😀👩\u200d👩\u200d👧",
        "he",
        "She",
        "It",
        "they",
        "minister",
        "ministry",
        "Mr",
        "Mr.",
        "Mrs",
        "General",
        "Colonel-General",
        "President",
        "Russian",
        "Russia",
        "U.S.",
        "U.S.-led",
        "IS",
        "WHO",
        "Bank",
        "Ministry",
        "Foreign",
        "Affairs",
        "Smith",
        "John",
        "Jean-Paul",
        "al-Assad",
        "de",
        "van",
        "said",
        "is",
        "was",
        "who",
        "mayor",
        "spokesman",
        "counterpart",
        "defence",
        "Holy",
        "Ghana",
        "X",
    ]
)
TAGS = ("NNP", "NN", "JJ", "DT", "IN", "VBD", "VBZ", "PRP", "POS", "HYPH", ",", ".", "_SP")
LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "DATE", "FAC", "PRODUCT")


def process(doc, quotations=()):
    document = Document(doc.text).with_doc(doc).with_annotations(quotations, provides=(Quotation,))
    return document.with_annotations(COMPONENT.process(document), provides=COMPONENT.provides)


@st.composite
def quotations(draw, text):
    """Any quotations, one inside another too, with or without their marks."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        start, first, last, end = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
        opened, closed = draw(st.booleans()), draw(st.booleans())
        quotation = Quotation(start=start, end=end, inner=(first, last), opened=opened, closed=closed)
        found.append(quotation.replace(id=f"quotation:{len(found)}"))
    return found


@st.composite
def parses(draw):
    """Any text with any tags and any names."""
    text = " ".join(draw(st.lists(PIECES, max_size=40)))
    doc = BLANK(text)
    for token in doc:
        token.tag_ = draw(st.sampled_from(TAGS))
        token.dep_ = draw(st.sampled_from(("nsubj", "nsubj:pass", "nsubjpass", "obj", "dobj")))
    ents, at = [], 0
    while at < len(doc):
        length = draw(st.integers(0, 4))
        if length:
            ents.append(Span(doc, at, min(at + length, len(doc)), label=draw(st.sampled_from(LABELS))))
        at += length + draw(st.integers(1, 4))
    doc.ents = ents
    return doc, draw(quotations(doc.text))


@settings(max_examples=250, deadline=None)
@given(parses())
def test_any_text_any_parse(parse):
    """Whatever the model says of whatever text, the result is sound and the same each time."""
    doc, marked = parse
    document = process(doc, marked)
    named = [mention for mention in document[Mention] if mention.kind == "name"]
    for entity in document[Entity]:
        assert entity.start < entity.end
        assert entity.label not in {"GPE", "FAC", "DATE"}
        assert entity.name == " ".join(document.text_of(entity).split())
        assert entity.span in {m.span for m in document.of(Mention, entity)}
        forms = {" ".join(document.text_of(m).split()) for m in document.of(Mention, entity) if m.kind == "name"}
        assert forms == {entity.name, *entity.aliases}
    assert len(named) == len({mention.span for mention in named})
    for trait in document[Trait]:
        assert trait.start < trait.end
        assert (trait.role is None) == (trait.kind != "role")
    for mention in document[Mention]:
        assert mention.kind == "name" or not any(name.span.contains(mention) for name in named)
    assert process(doc, marked).to_json() == document.to_json()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    """Text without any parse but tokens."""
    process(BLANK(text))


def built(words, tags, label=None):
    doc = Doc(
        BLANK.vocab,
        words=words,
        tags=tags,
        heads=[0] * len(words),
        deps=["nsubj"] * len(words),
        sent_starts=[True] + [False] * (len(words) - 1),
    )
    if label:
        doc.ents = [Span(doc, i, i + 1, label=label) for i in range(0, len(words), 2)]
    return doc


@pytest.mark.parametrize(
    ("words", "tags", "label"),
    [
        (["Alpha"], ["NNP"], None),
        (["Bank", "of"], ["NNP", "IN"], None),
        (["Smith", "and"], ["NNP", "NNP"], "PERSON"),
        (["General", "Smith"], ["NNP", "NNP"], None),
        (["He", "Smith", "said", "."], ["PRP", "NNP", "VBD", "."], "PERSON"),
        (["the", "minister", "Smith", ","], ["DT", "NN", "NNP", ","], "PERSON"),
        (["Alpha", "Beta", "(", "AB", ")"], ["NNP", "NNP", "(", "NNP", ")"], None),
        (["Van", "van", "van", "van"], ["NNP"] * 4, "PERSON"),
        (["A", "-"], ["NNP", "HYPH"], None),
        (["Russian", "defence", "ministry"], ["JJ", "NN", "NN"], None),
        (["(", "“"], ["(", "``"], None),
    ],
    ids=lambda value: (
        " ".join(value) if isinstance(value, list) and value[0] not in {"NNP", "JJ", "PRP", "DT", "(("} else None
    ),
)
def test_time_is_linear(words, tags, label):
    """Eight times the words take about eight times as long; a quadratic rule takes sixty-four times."""
    times = []
    for copies in (400, 3200):
        doc = built(words * (copies // len(words)), tags * (copies // len(words)), label)
        best = min(_seconds(doc) for _ in range(2))
        times.append(best)
    assert times[1] < 24 * times[0] + 0.05


def test_distinct_people_of_one_surname_are_linear():
    """A list of a whole clan is no trap."""
    times = []
    for count in (150, 1200):
        words = [word for i in range(count) for word in (f"Jo{i}x", "Smith", ",")]
        doc = Doc(
            BLANK.vocab,
            words=words,
            tags=["NNP", "NNP", ","] * count,
            heads=[0] * len(words),
            deps=["dep"] * len(words),
        )
        doc.ents = [Span(doc, i, i + 2, label="PERSON") for i in range(0, len(words), 3)]
        times.append(min(_seconds(doc) for _ in range(2)))
    assert times[1] < 24 * times[0] + 0.05


def _seconds(doc):
    return cpu_seconds(process, doc)
