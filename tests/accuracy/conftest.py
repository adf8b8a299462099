"""Floors under accuracy that take a minute of the processor are run before a release: `make test-slow`."""

from __future__ import annotations

import pytest

SLOW = {"test_english.py", "test_entities.py", "test_quotes.py", "test_references.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "accuracy" and item.path.name in SLOW:
            item.add_marker(pytest.mark.slow)
