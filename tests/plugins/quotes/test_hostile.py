"""Any text, in time that grows with its length."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from copydesk import Context, Document
from copydesk.testing.growth import cpu_seconds
from copydesk_quotes.component import Quotes, QuotesConfig
from copydesk_quotes.reading import grammar
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.frames import frames_of

SIGNS = "\"“”„«»‹›‘’'`\n\r\u2028 ,.:()[]—-abS5é🙂\u0301\u200f\x00"


@pytest.fixture(scope="module")
def engines():
    made = [Quotes(QuotesConfig(engine=engine)) for engine in ("learned", "rules")]
    for one in made:
        one.setup(Context())
    return made


@given(text=st.text(alphabet=SIGNS, max_size=80))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_annotations_that_fit_it(engines, nlp, on_page, text: str) -> None:
    for engine in engines:
        document = on_page(text, nlp(text))
        document.with_annotations(engine.process(document), provides=engine.provides)


@pytest.mark.parametrize(
    "unit", ["“ ", "” ", '" ', "' ", "( ", "“a” said b. ", "“a\n", "he said that “", "a: b\n", "A: “b”\n\n"]
)
def test_time_grows_linearly(engines, blank, on_page, unit: str) -> None:
    """On an unparsed text: what the model costs is not the plugin's affair."""
    for engine in engines:

        def cost(times: int, engine=engine) -> float:
            text = unit * times
            doc = blank(text)
            count = len(doc)
            doc = Doc(
                doc.vocab,
                words=[token.text for token in doc],
                spaces=[bool(token.whitespace_) for token in doc],
                heads=[i - i % 20 for i in range(count)],
                deps=["ROOT" if i % 20 == 0 else "dep" for i in range(count)],
                pos=["VERB"] * count,
                tags=["VBD"] * count,
                lemmas=["say"] * count,
            )
            return cpu_seconds(lambda document: list(engine.process(document)), on_page(text, doc))

        cost(10)
        small, large = (min(cost(times) for _ in range(2)) for times in (100, 500))
        assert large < 5 * 3 * small + 0.1


WORDS = [
    "said",
    "claim",
    "that",
    "\n",
    "\n\n",
    "to",
    "about",
    "Anna",
    "statement",
    "according",
    ".",
    ",",
    "“",
    "”",
    "who",
    "it",
]
LABELS = [
    "nsubj",
    "obj",
    "dobj",
    "iobj",
    "obl",
    "nmod",
    "case",
    "mark",
    "fixed",
    "prep",
    "pobj",
    "pcomp",
    "ccomp",
    "xcomp",
    "acl",
    "acl:relcl",
    "relcl",
    "advcl",
    "parataxis",
    "appos",
    "conj",
    "cc",
    "det",
    "amod",
    "punct",
    "aux:pass",
    "nsubj:pass",
    "agent",
    "dep",
]


@st.composite
def trees(draw):
    """A sentence with any tree at all: parsers err, and label white space as they like."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    size = len(words)
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    heads[order[0]] = order[0]
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    labels = [draw(st.sampled_from(LABELS)) if heads[i] != i else "ROOT" for i in range(size)]
    poses = [draw(st.sampled_from(["NOUN", "VERB", "ADP", "SPACE", "PRON", "PROPN", "PUNCT"])) for _ in words]
    return words, heads, labels, poses


@given(tree=trees())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_gives_annotations_that_fit_the_text(engines, blank, on_page, tree) -> None:
    words, heads, labels, poses = tree
    doc = Doc(blank.vocab, words=words, heads=heads, deps=labels, pos=poses, lemmas=[word.lower() for word in words])
    for engine in engines:
        document = on_page(doc.text, doc)
        document.with_annotations(engine.process(document), provides=engine.provides)


def test_white_space_is_no_preposition_whatever_the_parser_says(blank) -> None:
    words = ["the", "claim", "\n", "Anna"]
    doc = Doc(
        blank.vocab,
        words=words,
        heads=[1, 1, 3, 1],
        deps=["det", "ROOT", "case", "nmod"],
        pos=["DET", "NOUN", "SPACE", "PROPN"],
        lemmas=words,
    )
    tree = Tree(Document(doc.text).with_doc(doc).parse)
    assert list(grammar.complements(tree, 1)) == []
    assert [frame.name for token in range(tree.size) for frame in frames_of(tree, token)] == []
