"""Settings for all tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A developer's runs look for new counterexamples; a run that decides whether a change lands is the same each time.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts so what runs in the background, and every process below inherits it: no test could interrupt one.
    signal.signal(signal.SIGINT, signal.default_int_handler)

SLOW = {
    "accuracy/test_english.py",
    "accuracy/test_entities.py",
    "accuracy/test_quotes.py",
    "accuracy/test_references.py",
    "core/lsp/test_server.py",
    "core/pipeline/test_workers.py",
    "core/run/test_ray.py",
    "core/testing/test_component_kit.py",
    "plugins/test_growth.py",
    "typing/test_typing.py",
}
"""Files whose tests take minutes together: processes, floors on thousands of articles, kits that measure time. They run
before a release, with `make test-slow`; each change has ten minutes for all it checks."""
GROWTH = {"test_linear_time", "test_output_grows_linearly"}
"""What the kit measures on ever longer texts: of our plugins that read much, as slow as the files above."""
READ_MUCH = {f"plugins/{name}/test_conformance.py" for name in ("attribution", "entities", "numbers", "quotes")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        file = item.path.relative_to(here).as_posix() if item.path.is_relative_to(here) else ""
        if file in SLOW or (file in READ_MUCH and item.name in GROWTH):
            item.add_marker(pytest.mark.slow)
