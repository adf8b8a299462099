"""The engine: runs checks over a document and makes their findings fit to be reported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from copydesk import Annotation, Check, Document, Finding, Severity
from copydesk_attribution.notices import ChecksSkipped
from copydesk_attribution.people import fold
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story import Story


class Engine:
    """Checks, ready to run.

    Args:
        checks: those to run, with their options.
        severities: by code; in place of what the check says itself.
        report_skipped: whether a document says which checks could not judge it.
    """

    def __init__(
        self,
        checks: Sequence[Check],
        severities: Mapping[str, Severity] | None = None,
        *,
        report_skipped: bool = True,
    ) -> None:
        self.checks = tuple(checks)
        self._severities = dict(severities or {})
        self._report_skipped = report_skipped

    def findings(self, document: Document) -> list[Finding]:
        """The findings of all checks, in text order, each with its fingerprint."""
        if not document.text.strip():
            return []
        story = Story(document)
        found: list[Finding] = []
        for check in self.checks:
            if all(layer in document for layer in check.requires):
                findings = check.inspect(story) if isinstance(check, StoryCheck) else check.check(document)
                found.extend(
                    finding
                    for finding in findings
                    if (check.inside_quotations or not story.in_quotation(finding)) and _has_place(story, finding)
                )
        if self._report_skipped and (skipped := self._skipped(document)):
            found.append(skipped)
        return self._finished(document, found)

    def _finished(self, document: Document, found: Iterable[Finding]) -> list[Finding]:
        seen: Counter[tuple[str, str]] = Counter()
        ids: Counter[str] = Counter()
        finished: list[Finding] = []
        for finding in sorted(found, key=lambda finding: (finding.start, finding.end, finding.code)):
            words = fold(document.text_of(finding))
            occurrence = seen[finding.code, words]
            seen[finding.code, words] += 1
            update: dict[str, object] = {"fingerprint": fingerprint(finding.code, words, occurrence)}
            if severity := self._severities.get(finding.code):
                update["severity"] = severity
            id = Finding.make_id(finding.start, finding.end, finding.code)
            ids[id] += 1
            if ids[id] > 1:
                update["id"] = f"{id}.{ids[id]}"
            finished.append(finding.model_copy(update=update))
        return finished

    def _skipped(self, document: Document) -> Finding | None:
        """One finding that says which checks did not run and for want of which layers, or None."""
        wanting: dict[tuple[type[Annotation], ...], list[str]] = {}
        for check in self.checks:
            missing = tuple(layer for layer in check.requires if layer not in document)
            if missing:
                wanting.setdefault(missing, []).append(check.code)
        if not wanting:
            return None
        number = sum(map(len, wanting.values()))
        reasons = "; ".join(
            f"{', '.join(codes)} for want of {' and '.join(layer.layer for layer in layers)}"
            for layers, codes in wanting.items()
        )
        advice = (
            "Earlier steps failed on this document, as its errors say."
            if document.errors
            else "Add steps that provide these layers, or ignore the checks."
        )
        return Finding(
            start=0,
            end=0,
            code=ChecksSkipped.code,
            name=ChecksSkipped.name,
            severity=ChecksSkipped.severity,
            message=f"{number} {'check was' if number == 1 else 'checks were'} skipped: {reasons}. {advice}",
        )


def fingerprint(code: str, words: str, occurrence: int) -> str:
    """The same for the same words in the same text, whatever lines stand before: code, words, how many such before."""
    return hashlib.sha256(f"{code}\0{words}\0{occurrence}".encode()).hexdigest()[:16]


def _has_place(story: Story, finding: Finding) -> bool:
    """Whether it stands in the headline or the body; an empty span at the start is about the whole document."""
    return story.is_checked(finding) or finding.start == finding.end
