"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# A developer's runs look for new counterexamples; a run that decides whether a change lands is the same each time.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")
