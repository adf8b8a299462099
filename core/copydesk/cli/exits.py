"""Exit codes."""

from __future__ import annotations

FINE = 0
FINDINGS = 1
"""Findings at or above `--fail-on`."""
USAGE = 2
"""Wrong usage, or an invalid pipeline."""
FAILED = 3
"""Some documents failed."""
INTERRUPTED = 130
