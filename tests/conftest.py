"""Settings for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# A developer's runs look for new counterexamples; a run that decides whether a change lands is the same each time.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts so what runs in the background, and every process below inherits it: no test could interrupt one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
