"""Floors under the figures of the quotes plugin; `measure_quotes.py` prints the figures themselves."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("measure_quotes", Path(__file__).with_name("measure_quotes.py"))
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)

FOLDER = measure.data_folder()
pytestmark = [
    pytest.mark.skipif(FOLDER is None, reason="COPYDESK_DATA names no folder with data"),
    # The scorer that comes with the data leaves its files to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def learned():
    return measure.measure(FOLDER, engine="learned")


def test_end_to_end(learned):
    """Content found and its source right."""
    assert learned["e2e"][2] >= 0.68


def test_precision(learned):
    """What is found is right."""
    assert learned["e2e"][0] >= 0.735


def test_content(learned):
    """Content to the letter."""
    assert learned["content.all"]["exact"][2] >= 0.63


def test_direct_speakers(learned):
    """Of all direct quotes: found, with the right source."""
    assert learned["direct_speaker"][1] >= 89


def test_rules_alone():
    """The engine without learned weights."""
    assert measure.measure(FOLDER, engine="rules")["e2e"][2] >= 0.59


def test_seed_story():
    """All quotes of the seed story are found, those of a clear source with source and speaker."""
    rows = {row[0]: row[2:] for row in measure.measure_seed(FOLDER)}
    assert [name for name, row in rows.items() if not row[0]] == []
    for name in ("q2", "q3", "q4", "q5", "q6", "q8", "q9"):
        assert rows[name] == (True, True, True), name
