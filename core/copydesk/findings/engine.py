"""CheckEngine: runs checks over a document and makes their findings fit to be reported."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

from copydesk.errors import AnnotationError, CheckError
from copydesk.findings.catalogue import Catalogue
from copydesk.findings.config import ChecksConfig
from copydesk.findings.fingerprints import fingerprint, fold
from copydesk.findings.notices import NOTICES, ChecksSkipped
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.span import HasSpan, Span
from copydesk.model.vocabulary import Finding, Quotation, Severity
from copydesk.plugins.check import Check


class CheckEngine:
    """Checks, ready to run.

    Args:
        checks: those to run, with their options.
        severities: by code; in place of what the check says itself.
        report_skipped: whether a document says which checks could not judge it.
    """

    def __init__(
        self,
        checks: Sequence[Check[Any]],
        severities: Mapping[str, Severity] | None = None,
        *,
        report_skipped: bool = True,
    ) -> None:
        self.checks = tuple(checks)
        self._severities = dict(severities or {})
        self._report_skipped = report_skipped

    @classmethod
    def of(cls, config: ChecksConfig, checks: Iterable[type[Check[Any]]]) -> Self:
        """The engine of a step: those of these checks that its settings choose.

        Raises:
            UsageError: the settings name a check or option that there is not.
            PluginConflictError: two checks claim one code or name.
        """
        catalogue = Catalogue([*checks, *NOTICES])
        return cls(catalogue.chosen(config), catalogue.severities(config), report_skipped=config.report_skipped)

    def findings(self, document: Document) -> list[Finding]:
        """The findings of all checks, in text order, each with its fingerprint.

        Raises:
            CheckError: checks failed; it has them, and the findings of the others.
        """
        if not document.text.strip():
            return []
        quotations = _Quotations(document)
        found: list[Finding] = []
        failures: list[tuple[type[Check[Any]], BaseException]] = []
        for check in self.checks:
            if not all(layer in document for layer in check.requires):
                continue
            try:
                made = _found_by(check, document)
            except TimeoutError:
                raise  # a deadline that somebody set around all of it
            except (Exception, SystemExit) as error:  # noqa: BLE001  # a check costs only itself
                failures.append((type(check), error))
            else:
                found += [one for one in made if check.inside_quotations or not quotations.hold(one)]
        if self._report_skipped and (skipped := self._skipped(document)):
            found.append(skipped)
        findings = self._finished(document, found)
        if failures:
            codes = ", ".join(check.code for check, _ in failures)
            raise CheckError(f"checks failed: {codes}", findings=findings, failures=failures)
        return findings

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


def _found_by(check: Check[Any], document: Document) -> list[Finding]:
    """The findings of one check.

    Raises:
        AnnotationError: it gives something else, or places outside the text.
    """
    found: Any = check.check(document)
    if not isinstance(found, Iterable) or isinstance(found, Finding | str):
        raise AnnotationError(f"check returned {found!r:.100}; return its findings in a list, or yield them")
    findings = list(found)
    length = len(document.text)
    for finding in findings:
        if not isinstance(finding, Finding):
            raise AnnotationError(f"check gave {finding!r:.100}, which is no Finding; make it with self.finding(…)")
        for span in (finding.span, *finding.spans()):
            if span.end > length:
                raise AnnotationError(
                    f"check gave a finding that holds the span [{span.start}, {span.end}], but the text has {length} code "
                    "points"
                )
    return findings


class _Quotations:
    """The outermost quotations of a document, in their paragraphs: what stands in them is other people's words."""

    def __init__(self, document: Document) -> None:
        outermost = (one for one in document[Quotation] if one.opened and one.depth == 1)
        self._parts = sorted(part for one in outermost for part in _parts(one, document.text))
        self._starts = [outer.start for outer, _ in self._parts]

    def hold(self, where: HasSpan) -> bool:
        """Whether `where` lies inside quotation marks; a whole quotation, with its marks or without, does not."""
        index = bisect_right(self._starts, where.start) - 1
        if index < 0:
            return False
        outer, inner = self._parts[index]
        return where.start < outer.end and outer.contains(where) and Span.of(where) not in (outer, inner)


def _parts(quotation: Quotation, text: str) -> Iterator[tuple[Span, Span]]:
    """The part of a quotation in each of its paragraphs, with the marks that stand there and without."""
    mark = text[quotation.start : quotation.inner.start]
    for part in quotation.paragraphs or (quotation.span,):
        start = part.start + len(mark) if text.startswith(mark, part.start) else part.start
        yield part, Span(start, max(start, min(part.end, quotation.inner.end)))
