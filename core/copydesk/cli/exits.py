"""Exit codes."""

from __future__ import annotations

FINE = 0
FINDINGS = 1
"""Findings at or above `--fail-on`."""
USAGE = 2
"""Wrong usage, or an invalid pipeline."""
FAILED = 3
"""Some documents failed."""
FAULT = 70
"""A fault in copydesk itself, or in a plugin where none could be held responsible."""
INTERRUPTED = 130
