"""How many findings there are of each check: what a list of findings ends with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from copydesk.model.vocabulary import SEVERITIES, Finding

if TYPE_CHECKING:
    from copydesk.model.result import Result


class Counted:
    """Counts the findings of results, by check."""

    def __init__(self) -> None:
        self._documents = 0
        self._findings: Counter[tuple[str, str, str]] = Counter()

    def take(self, result: Result) -> None:
        """Count those of a result."""
        self._documents += 1
        self._findings.update((finding.code, finding.name, finding.severity) for finding in result.document[Finding])

    def lines(self) -> Iterator[str]:
        """The summary: the sum, and a line for each check, those with most findings first."""
        number = sum(self._findings.values())
        documents = f"{self._documents:,} document{'s' if self._documents != 1 else ''}"
        if not number:
            yield f"No findings in {documents}."
            return
        by_severity = Counter(severity for (_, _, severity), count in self._findings.items() for _ in range(count))
        grades = ", ".join(f"{by_severity[one]:,} of severity {one}" for one in SEVERITIES if by_severity[one])
        yield f"{number:,} finding{'s' if number != 1 else ''} in {documents}: {grades}."
        by_check: Counter[tuple[str, str]] = Counter()
        for (code, name, _), count in self._findings.items():
            by_check[code, name] += count
        for (code, name), count in sorted(by_check.items(), key=lambda item: (-item[1], item[0])):
            yield f"{count:7,}  {code} {name}"
