"""Floors under the figures of the bundled English pipeline; `english.py` prints the figures themselves."""

import os
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "plugins" / "copydesk_english" / "training"
FOLDER = os.environ.get("COPYDESK_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="COPYDESK_DATA names no folder with data")


@pytest.fixture(scope="module")
def measure():
    """The recipe's measurements: a script, not a package; and the accurate pipeline where the checkout has it."""
    sys.path.insert(0, str(TRAINING))
    sys.path.append(str(TRAINING.parents[1] / "copydesk_english_accurate"))
    try:
        import measure

        yield measure
    finally:
        sys.path.remove(str(TRAINING))
        sys.modules.pop("measure", None)


@pytest.fixture(scope="module")
def pipelines():
    """The pipeline that ships, and the first attempt to compare it with."""
    import spacy

    import copydesk_english

    return copydesk_english.load(), spacy.load(Path(FOLDER) / "models" / "english")


@pytest.mark.parametrize("name", ["ud_ewt_test", "ud_gum_news_test"])
def test_syntax_is_better_than_the_first_attempt(measure, pipelines, name):
    path = Path(FOLDER) / "data" / "english" / "test" / f"{name}.spacy"
    ours, first = (measure.syntax_figures(nlp, path) for nlp in pipelines)
    assert {key for key in ("TAG", "UAS", "LAS", "lemmas", "tokens") if ours[key] <= first[key]} == set()


@pytest.mark.parametrize(("name", "floor"), [("ner-worldwide", 0.73), ("ner-uner-ewt", 0.72)])
def test_names(measure, pipelines, name, floor):
    path = Path(FOLDER) / "data" / "english" / "test" / f"{name}.jsonl"
    assert measure.name_figures(pipelines[0], path).f1 >= floor


def test_accurate_names(measure):
    """On the smaller of the two tests: the encoder takes its time."""
    pytest.importorskip("onnxruntime", reason="the accurate English pipeline needs onnxruntime")
    import copydesk_english_accurate

    path = Path(FOLDER) / "data" / "english" / "test" / "ner-uner-ewt.jsonl"
    assert measure.name_figures(copydesk_english_accurate.load(enable=["ner"]), path).f1 >= 0.747


def test_accurate_syntax(measure):
    """On the smallest of the three tests, where the bundled pipeline has UAS 85.7 and LAS 82.7."""
    pytest.importorskip("onnxruntime", reason="the accurate English pipeline needs onnxruntime")
    import copydesk_english_accurate

    path = Path(FOLDER) / "data" / "english" / "test" / "ud_gum_news_test.spacy"
    figures = measure.syntax_figures(copydesk_english_accurate.load(exclude=["ner"]), path)
    assert figures["UAS"] >= 0.872
    assert figures["LAS"] >= 0.84
