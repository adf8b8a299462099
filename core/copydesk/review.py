"""Which findings are known already: suppressions with a reason, and baselines. Pure functions over findings.

A suppression says that one finding is to be passed over, and why. It stands in a YAML file beside the
texts, keyed by the finding's fingerprint::

    - fingerprint: 9f86d081884c7d65
      document: stories/syria.txt      # optional; without it, in every document
      reason: The desk knows who Warren is.

or, in Markdown and HTML, in a comment on the line of the finding or the line before::

    <!-- copydesk: ignore[unintroduced-person] The desk knows who Warren is. -->

A baseline is a list of all findings of an earlier run; only what is not in it is new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.document import Document
from copydesk.vocabulary import Finding

UNUSED_CODE, UNUSED_NAME = "ATT900", "unused-suppression"
"""Under which a suppression that no longer suppresses anything is reported."""

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


@dataclass(frozen=True, slots=True)
class Comment:
    """A suppression in the text itself.

    Attributes:
        checks: codes and names, lower case.
        reason: why; never empty.
        start: where the comment begins.
        end: where the line after the comment's ends: findings up to there are meant.
    """

    checks: frozenset[str]
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The findings of a document, apart.

    Attributes:
        kept: those to report.
        suppressed: those that a suppression passes over, each with the reason.
        used: the suppressions of the file that did so.
        unused: the comments in the text that did not.
    """

    kept: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, str], ...]
    used: frozenset[Suppression]
    unused: tuple[Comment, ...]


def comments(text: str) -> tuple[Comment, ...]:
    """The suppressions in the comments of a text; one without a reason counts for nothing."""
    found: list[Comment] = []
    for match in _COMMENT.finditer(text):
        reason = match[2].strip()
        checks = frozenset(name.strip().lower() for name in match[1].split(",") if name.strip())
        if reason and checks:
            line_end = text.find("\n", match.end())
            next_end = text.find("\n", line_end + 1) if line_end >= 0 else -1
            found.append(Comment(checks, reason, match.start(), next_end if next_end >= 0 else len(text)))
    return tuple(found)


def review(document: Document, suppressions: Iterable[Suppression] = ()) -> Reviewed:
    """The findings of a document, those apart that a suppression or a comment in the text passes over."""
    by_fingerprint: dict[str, Suppression] = {}
    for suppression in suppressions:
        if suppression.document in (None, document.id):
            by_fingerprint.setdefault(suppression.fingerprint, suppression)
    inline = comments(document.text)
    kept: list[Finding] = []
    suppressed: list[tuple[Finding, str]] = []
    used: set[Suppression] = set()
    used_inline: set[Comment] = set()
    for finding in document[Finding]:
        if (known := by_fingerprint.get(finding.fingerprint)) and finding.fingerprint:
            suppressed.append((finding, known.reason))
            used.add(known)
        elif comment := _comment_for(finding, document.text, inline):
            suppressed.append((finding, comment.reason))
            used_inline.add(comment)
        else:
            kept.append(finding)
    unused = tuple(comment for comment in inline if comment not in used_inline)
    return Reviewed(tuple(kept), tuple(suppressed), frozenset(used), unused)


def _comment_for(finding: Finding, text: str, inline: Sequence[Comment]) -> Comment | None:
    names = {finding.code.lower(), finding.name.lower()}
    for comment in inline:
        line_start = text.rfind("\n", 0, comment.start) + 1
        if names & comment.checks and line_start <= finding.start < comment.end:
            return comment
    return None


def unused(suppressions: Iterable[Suppression], used: Iterable[Suppression]) -> tuple[Suppression, ...]:
    """Those that passed over nothing in a whole run: what they were for is gone, so they should go too."""
    kept = set(used)
    return tuple(suppression for suppression in suppressions if suppression not in kept)


class Baseline:
    """The findings of an earlier run, by document and fingerprint.

    Args:
        known: how often each was there.
    """

    def __init__(self, known: Mapping[tuple[str, str], int] | None = None) -> None:
        self._known = Counter(known or {})

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Baseline:
        """The findings of these documents."""
        return cls(
            Counter((document.id, finding.fingerprint) for document in documents for finding in document[Finding])
        )

    def new(self, document: Document) -> tuple[Finding, ...]:
        """The findings of a document that are not in the baseline."""
        left = Counter({key: number for key, number in self._known.items() if key[0] == document.id})
        found: list[Finding] = []
        for finding in document[Finding]:
            key = (document.id, finding.fingerprint)
            if left[key] > 0:
                left[key] -= 1
            else:
                found.append(finding)
        return tuple(found)
