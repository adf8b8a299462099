"""Floors under whom he and she mean; `measure_references.py` prints the figures themselves."""

import importlib.util
from itertools import islice
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("measure_references", Path(__file__).with_name("measure_references.py"))
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)

FOLDER = measure.entities_measure.data_folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="COPYDESK_DATA names no folder with data")


@pytest.mark.parametrize(
    ("texts", "count", "precision", "f1"), [(measure.gum, 8, 0.88, 0.72), (measure.gap, 80, 0.72, 0.62)]
)
def test_pronouns(texts, count, precision, f1):
    """Where the chain of a pronoun has a name, and where two names fit."""
    nlp, entities = measure.entities_measure.load_model(), measure.entities_measure.component()
    found_precision, _, found_f1, _ = measure.scores(nlp, entities, islice(texts(FOLDER), count))
    assert found_precision >= precision
    assert found_f1 >= f1
