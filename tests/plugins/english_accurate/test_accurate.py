"""The accurate pipeline: names, windows, what it needs, and what it weighs."""

import json
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

import copydesk_english
from copydesk.parsing import load_model

pytest.importorskip("onnxruntime", reason="the accurate English pipeline needs onnxruntime")
import copydesk_english_accurate
from copydesk_english_accurate.windows import _cut, windows_of
from copydesk_english_accurate.windows import shape as shape_of
from copydesk_english_accurate.wordpieces import WordPieces

FOLDER = Path(copydesk_english_accurate.__file__).parents[1]
VOCABULARY = copydesk_english_accurate.MODEL_PATH / "vocab.txt"


@pytest.fixture(scope="module")
def accurate():
    """The accurate pipeline, loaded once."""
    return copydesk_english_accurate.load()


few = st.lists(st.sampled_from(["Ann", "Rome", "said", "\n\n", "e-mail", ".", "IBM", "日本", "naïve"]), max_size=40)
words = st.builds(lambda drawn, times: drawn * times, few, st.integers(1, 10))


def names(doc):
    return {(ent.text.removeprefix("the "), ent.label_) for ent in doc.ents}


def test_names(accurate):
    doc = accurate("German Chancellor Angela Merkel met officials of the World Bank in Paris on Monday.")
    assert names(doc) == {("German", "NORP"), ("Angela Merkel", "PERSON"), ("World Bank", "ORG"), ("Paris", "LOC")}


def test_lemmas_are_the_bundled_pipeline_s(accurate):
    text = "The ministers said that they would not sign."
    assert [token.lemma_ for token in accurate(text)] == [token.lemma_ for token in copydesk_english.load()(text)]


def test_in_a_batch_as_alone(accurate):
    texts = ["Angela Merkel flew to Paris.", "", "\n", "IBM sued the Acme Corporation in Ohio.", "No names here."]
    together = list(accurate.pipe(texts))
    assert [names(doc) for doc in together] == [names(accurate(text)) for text in texts]


def test_neighbours_change_no_probability(accurate):
    ner = accurate.get_pipe("ner")
    docs = [
        accurate.make_doc(text)
        for text in ("Angela Merkel flew to Paris.", "IBM sued the Acme Corporation in Ohio. " * 9)
    ]
    (alone,) = ner.predict(docs[:1])
    assert np.array_equal(alone, ner.predict(docs)[0])


@given(words)
def test_every_word_has_probabilities(drawn):
    pieces = WordPieces(VOCABULARY)
    doc = Doc(Vocab(), words=drawn)
    windows = list(windows_of([doc], pieces))
    assert [i for window in windows for i in window.words] == [token.i for token in doc if not token.is_space]
    assert all(len(window.ids) <= 256 and len(window.words) <= 120 for window in windows)


def test_windows_end_with_lines_and_sentences():
    sentences = ["One", "two", ".", "”", "Three", "four", ".", "Five"]
    assert _cut(sentences, set(), 0, 8 - 1) == 7
    assert _cut(sentences, set(), 0, 6) == 4
    assert _cut(sentences, {5}, 0, 6) == 5


def test_a_long_text_is_read_to_its_end(accurate):
    doc = accurate("The talks went on. " * 200 + "Angela Merkel flew to Paris.")
    assert names(doc) == {("Angela Merkel", "PERSON"), ("Paris", "LOC")}


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Paris", ["paris"]),
        ("naïve", ["naive"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("’s", ["’", "s"]),
        ("日本", ["日", "本"]),
        ("Parisism", ["paris", "##ism"]),
        ("", ["[UNK]"]),
        ("☃", ["[UNK]"]),
        ("a" * 101, ["[UNK]"]),
        ("-" * 20, ["-"] * 8),
    ],
)
def test_word_pieces(word, pieces):
    vocabulary = VOCABULARY.read_text(encoding="utf8").splitlines()
    assert [vocabulary[i] for i in WordPieces(VOCABULARY)(word)] == pieces


@pytest.mark.parametrize(
    ("word", "shape"), [("the", 0), ("IBM", 1), ("I", 2), ("Paris", 2), ("McDonald", 3), ("2024", 4), ("…", 4)]
)
def test_shapes(word, shape):
    assert shape_of(word) == shape


def test_components_can_be_left_out():
    assert "ner" not in copydesk_english_accurate.load(exclude="ner").pipe_names
    assert copydesk_english_accurate.load(exclude=["syntax", "lemmatizer"]).pipe_names == ["ner"]
    nlp = copydesk_english_accurate.load(enable=["ner"])
    assert nlp.pipe_names == ["ner"]
    assert nlp("Angela Merkel flew to Paris.").ents
    assert not nlp("Angela Merkel flew to Paris.").has_annotation("DEP")


def test_needs_no_torch_and_imports_nothing_heavy():
    code = f"""
import sys; sys.path.append({str(FOLDER)!r}); import copydesk_english_accurate
assert not {{"spacy", "onnxruntime"}} & set(sys.modules)
sys.modules["torch"] = sys.modules["transformers"] = sys.modules["tokenizers"] = None
print(copydesk_english_accurate.load()("Angela Merkel flew to Paris.").ents)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "(Angela Merkel, Paris)"


def test_two_processes(accurate):
    docs = list(accurate.pipe(["Angela Merkel flew to Paris."] * 4, n_process=2, batch_size=2))
    assert [names(doc) for doc in docs] == [{("Angela Merkel", "PERSON"), ("Paris", "LOC")}] * 4


def test_its_description_and_its_labels(accurate):
    assert accurate.meta["name"] == "copydesk_accurate"
    assert "Apache" in accurate.meta["license"]
    assert set(accurate.get_pipe("ner").labels) == {"PERSON", "ORG", "LOC", "NORP"}


def test_size_limit():
    files = [path for path in copydesk_english_accurate.MODEL_PATH.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000


def test_is_found_by_its_name_where_it_is_installed():
    """In a pipeline file: ``model: copydesk_english_accurate``."""
    found = {point.name: point.value for point in metadata.entry_points(group="spacy_models")}
    if "copydesk_english_accurate" not in found:
        pytest.skip("copydesk_english_accurate is not installed here")

    assert load_model("copydesk_english_accurate").meta["name"] == "copydesk_accurate"


def test_versions_are_the_same():
    project = (FOLDER / "pyproject.toml").read_text(encoding="utf8")
    assert f'version = "{copydesk_english_accurate.__version__}"' in project
    assert copydesk_english_accurate.__version__ == copydesk_english.__version__


def test_probabilities_are_those_of_one_word_each(accurate):
    doc = accurate.make_doc("Angela Merkel \n\n flew.")
    (rows,) = accurate.get_pipe("ner").predict([doc])
    assert rows.shape == (len(doc), 9)
    assert np.allclose(rows.sum(1), 1, atol=1e-4)
    assert json.dumps(rows[2].tolist()) == json.dumps([1.0] + [0.0] * 8)
