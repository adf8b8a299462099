"""Floors under the figures of the structure plugin; `measure_structure.py` prints the figures themselves."""

import importlib.util
import os
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("measure_structure", Path(__file__).with_name("measure_structure.py"))
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)

FOLDER = Path(os.environ.get("COPYDESK_DATA", "no folder"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="COPYDESK_DATA names no folder with data")


def test_headlines_and_dates_of_news():
    """A headline is found where there is one, and none where a line ends like a sentence."""
    figures = measure.measure(FOLDER)
    assert figures["wikinews headline"] == 1
    assert figures["wikinews headline, date, body"] >= 0.9  # one of the twelve has no date
    assert figures["polnear headline, added stop removed"] >= 0.98
    assert figures["polnear headline, with its stop"] <= 0.01
