"""Floors under the figures of the numbers plugin; `measure_numbers.py` prints the figures themselves."""

import importlib.util
import os
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("measure_numbers", Path(__file__).with_name("measure_numbers.py"))
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)

FOLDER = Path(os.environ.get("COPYDESK_DATA", "no folder"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="COPYDESK_DATA names no folder with data")

# suite: (figure, floor) …; a figure with a dot is that column of a precision, recall, F row
FLOORS = {
    "rt-number": (("exact.f", 93), ("value_recall", 91)),
    "rt-ordinal": (("exact.f", 98),),
    "rt-currency": (("exact.f", 94), ("unit_acc", 95)),
    "rt-dimension": (("exact.f", 95), ("unit_acc", 94)),
    "rt-temperature": (("exact.f", 95),),
    "rt-range": (("value_recall", 87),),
    "duck-numeral": (("value_recall", 90),),
    "duck-money": (("value_recall", 92), ("value_unit_recall", 87)),
    "ud-pud": (("exact.f", 98), ("value_recall", 99), ("counted_recall", 85)),
    "ud-ewt": (("value_recall", 90), ("counted_recall", 79)),
    "rt-datetime": (("exact.f", 82), ("timex_recall", 75)),
    "duck-time": (("exact.f", 71), ("timex_recall", 68)),
    "np-cardinal": (("exact.f", 100), ("value_recall", 100)),
    "np-ordinal": (("exact.f", 100), ("value_recall", 100)),
}


@pytest.fixture(scope="module")
def figures():
    return measure.measure(FOLDER, list(FLOORS))


@pytest.mark.parametrize("suite", FLOORS)
def test_floor(figures, suite):
    for figure, floor in FLOORS[suite]:
        name, _, column = figure.partition(".")
        value = figures[suite][name]
        assert (value[column[0]] if column else value) >= floor, figure
    assert figures[suite]["crashed"] == 0
