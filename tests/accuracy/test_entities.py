"""Floors under the figures of the entities plugin; `measure_entities.py` prints the figures themselves."""

import importlib.util
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("measure_entities", Path(__file__).with_name("measure_entities.py"))
measure = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure)

FOLDER = measure.data_folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="COPYDESK_DATA names no folder with data")


@pytest.fixture(scope="module")
def tools():
    return measure.load_model(), measure.component()


def test_seed_story(tools):
    """Named mentions, the five chains, and the roles with their holders."""
    (_, _, f1), broken, right, _ = measure.seed(*tools, FOLDER / "seeds")
    assert f1 >= 0.90
    assert broken == {}
    assert right >= 8


def test_roles(tools):
    """Roles as news writes them, with their holders."""
    found, count = measure.roles(*tools, FOLDER, "held")
    assert found >= 0.85 * count


def test_people_are_linked(tools):
    """B³ of the people named in edited news."""
    (_, _, f1), _, _ = measure.people(*tools, FOLDER / "data/wikinews/articles.jsonl")
    assert f1 >= 0.90


@pytest.mark.parametrize(
    ("name", "floor", "gain"), [("ner-worldwide.jsonl", 0.74, 0.5), ("ner-uner-ewt.jsonl", 0.705, 0.1)]
)
def test_the_rules_help_the_model(tools, name, floor, gain):
    """With the plugin, names are found better than by the pipeline alone, typed and untyped.

    A pipeline that has learned from web text leaves the rules less to mend there.
    """
    result, _ = measure.ner(*tools, FOLDER / "data/english/test" / name)
    for kind in ("typed", "untyped"):
        alone, more = result[kind]
        assert more >= alone + gain
    assert result["typed"][1] >= 100 * floor
