"""All there is about findings: which checks run, fingerprints, suppressions, baselines, notices."""

from __future__ import annotations

from copydesk.findings.config import ChecksConfig
from copydesk.findings.engine import CheckEngine
from copydesk.findings.fingerprints import fold
from copydesk.findings.reviewing import Baseline, Reviewer, read_baseline, read_suppressions
from copydesk.findings.suppressions import Suppression, passed_over

__all__ = [
    "Baseline",
    "CheckEngine",
    "ChecksConfig",
    "Reviewer",
    "Suppression",
    "fold",
    "passed_over",
    "read_baseline",
    "read_suppressions",
]
