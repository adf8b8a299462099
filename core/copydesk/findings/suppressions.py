"""Suppressions: findings to pass over, each with a reason.

They stand in the text, in Markdown and HTML, in a comment on the line of the finding or the line before::

    <!-- copydesk: ignore[unintroduced-person] The desk knows who Warren is. -->

or in a YAML file beside the texts, keyed by the finding's fingerprint::

    - fingerprint: 9f86d081884c7d65
      document: stories/syria.txt      # optional; without it, in every document
      reason: The desk knows who Warren is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from copydesk.findings.fingerprints import fingerprint, fold
from copydesk.findings.notices import UnusedSuppression
from copydesk.model.document import Document
from copydesk.model.result import Suppressed
from copydesk.model.vocabulary import Finding

_COMMENT = re.compile(r"<!--[ \t]*copydesk:[ \t]*ignore\[([^\]\n]{1,500})\]([^\n]{0,500}?)-->")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One finding to pass over.

    Attributes:
        fingerprint: the finding's.
        reason: why; never empty.
        document: the id of the document it is for, or None for every document.
    """

    fingerprint: str
    reason: str
    document: str | None = None


class Suppressions:
    """The suppressions of a file, by fingerprint.

    Attributes:
        used: those that have passed over a finding so far.
    """

    def __init__(self, suppressions: Iterable[Suppression] = ()) -> None:
        self._all = tuple(suppressions)
        self._known: dict[tuple[str | None, str], Suppression] = {}
        for one in self._all:
            self._known.setdefault((one.document, one.fingerprint), one)
        self.used: set[Suppression] = set()

    def of(self, finding: Finding, document_id: str) -> Suppression | None:
        """The one that passes over a finding, if any."""
        key = finding.fingerprint
        found = self._known.get((document_id, key)) or self._known.get((None, key)) if key else None
        if found is not None:
            self.used.add(found)
        return found

    def unused(self) -> tuple[Suppression, ...]:
        """Those that passed over nothing so far: what they were for is gone, so they should go too."""
        return tuple(one for one in self._all if one not in self.used)


@dataclass(frozen=True, slots=True)
class Comment:
    """A suppression in the text itself.

    Attributes:
        checks: codes and names, lower case.
        reason: why; never empty.
        start: where the comment begins.
        line: where its line begins.
        end: where the line after the comment's ends: findings up to there are meant.
    """

    checks: frozenset[str]
    reason: str
    start: int
    line: int
    end: int


def comments(text: str) -> tuple[Comment, ...]:
    """The suppressions in the comments of a text; one without a reason counts for nothing."""
    found: list[Comment] = []
    line = line_end = next_end = -1
    for match in _COMMENT.finditer(text):
        reason = match[2].strip()
        checks = frozenset(name.strip().lower() for name in match[1].split(",") if name.strip())
        if not (reason and checks):
            continue
        if match.start() > line_end:  # else on the same line as the one before: many on one line are one look-up
            line = text.rfind("\n", 0, match.start()) + 1
            line_end = _line_end(text, match.end())
            next_end = _line_end(text, line_end + 1)
        found.append(Comment(checks, reason, match.start(), line, next_end))
    return tuple(found)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", min(at, len(text)))
    return len(text) if end < 0 else end


class _CommentsOfLines:
    """Which comment means a finding: by the line that the finding is on, and its check."""

    def __init__(self, text: str) -> None:
        self.all = comments(text)
        self._by_line: dict[int, dict[str, Comment]] = {}
        for comment in self.all:
            known = self._by_line.setdefault(comment.line, {})
            for check in comment.checks:
                known.setdefault(check, comment)
        self._lines = sorted(self._by_line)

    def of(self, finding: Finding) -> Comment | None:
        index = bisect_right(self._lines, finding.start) - 1
        for line in self._lines[max(0, index - 1) : index + 1]:  # its own line's, and that of the line before
            known = self._by_line[line]
            comment = known.get(finding.code.lower()) or known.get(finding.name.lower())
            if comment is not None and finding.start < comment.end:
                return comment
        return None


def passed_over(document: Document) -> tuple[Document, tuple[Suppressed, ...]]:
    """The document without the findings that comments in its text pass over, and these.

    A comment that passes over nothing is a finding itself, ATT900.
    """
    if Finding not in document or "copydesk:" not in document.text:
        return document, ()
    lines = _CommentsOfLines(document.text)
    if not lines.all:
        return document, ()
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: set[Comment] = set()
    for finding in document[Finding]:
        comment = lines.of(finding)
        if comment is None:
            kept.append(finding)
        else:
            used.add(comment)
            suppressed.append(Suppressed(finding, comment.reason, "inSource"))
    kept += [_unused(document, comment, number) for number, comment in enumerate(lines.all) if comment not in used]
    return document.with_layer(Finding, kept), tuple(suppressed)


def _unused(document: Document, comment: Comment, number: int) -> Finding:
    end = comment.start + len("<!--")
    words = fold(document.text[comment.start : end])
    return Finding(
        start=comment.start,
        end=end,
        id=Finding.make_id(comment.start, end, UnusedSuppression.code),
        code=UnusedSuppression.code,
        name=UnusedSuppression.name,
        severity=UnusedSuppression.severity,
        message="This comment passes over no finding any more; remove it.",
        fingerprint=fingerprint(UnusedSuppression.code, words, number),
    )


def known_findings(
    document: Document, suppressions: Suppressions, baseline: Mapping[str, int]
) -> tuple[list[Finding], list[Suppressed]]:
    """The findings of a document that are to be shown, and those that a file of suppressions passes over.

    Args:
        document: with its findings.
        suppressions: those of a file.
        baseline: how often each fingerprint was there in an earlier run; these findings are left out.
    """
    left = dict(baseline)
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in document[Finding]:
        if one := suppressions.of(finding, document.id):
            suppressed.append(Suppressed(finding, one.reason, "external"))
        elif left.get(finding.fingerprint, 0) > 0:
            left[finding.fingerprint] -= 1
        else:
            kept.append(finding)
    return kept, suppressed
