"""The how-to names every check."""

import re
from pathlib import Path

from copydesk import testing
from copydesk.testing.hostile import GROWING
from copydesk.testing.kit import checks_of

KITS = (
    testing.ComponentConformance,
    testing.CheckConformance,
    testing.ReaderConformance,
    testing.WriterConformance,
    testing.ObserverConformance,
)
PAGE = (Path(__file__).parents[3] / "docs" / "how-to" / "test-a-plugin.md").read_text(encoding="utf-8")


def test_every_check_is_listed_in_order():
    assert re.findall(r"^\| `(test_\w+)`", PAGE, re.MULTILINE) == [name for kit in KITS for name in checks_of(kit)]


def test_every_public_name_is_mentioned():
    assert [name for name in testing.__all__ if name not in PAGE] == []


def test_its_figures_are_right():
    assert f"On {len(GROWING)} growing texts" in PAGE
