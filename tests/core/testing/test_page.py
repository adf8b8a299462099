"""The how-to names every check."""

import re
from pathlib import Path

from copydesk import testing
from copydesk.testing.conformance import CHECKS
from copydesk.testing.hostile import GROWING

PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "test-a-plugin.md").read_text(encoding="utf-8")


def test_every_check_is_listed_in_order():
    assert re.findall(r"^\| `(test_\w+)`", PAGE, re.MULTILINE) == list(CHECKS)


def test_every_public_name_is_mentioned():
    assert [name for name in testing.__all__ if name not in PAGE] == []


def test_its_figures_are_right():
    assert f"On {len(GROWING)} growing texts" in PAGE
