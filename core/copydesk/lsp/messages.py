"""Findings in the terms of the protocol: diagnostics, hover texts, code actions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lsprotocol import types

from copydesk.lsp.analysis import Analysis
from copydesk.lsp.positions import EditorText
from copydesk.model.records import ErrorRecord
from copydesk.model.span import HasSpan
from copydesk.model.vocabulary import Finding

SOURCE = "copydesk"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def diagnostics(analysis: Analysis, text: EditorText, uri: str, *, related: bool) -> list[types.Diagnostic]:
    """A diagnostic for each finding and for each error.

    Args:
        analysis: what was found.
        text: where it was found.
        uri: of the document.
        related: whether the editor shows related information; else the evidence stands in the message.
    """
    found = [_finding(finding, text, uri, related=related) for finding in analysis.findings]
    return found + [_error(error, text) for error in analysis.errors]


def _finding(finding: Finding, text: EditorText, uri: str, *, related: bool) -> types.Diagnostic:
    message = finding.message if finding.suggestion is None else f"{finding.message}\n{finding.suggestion}"
    if not related:
        for item in finding.evidence:
            line, _ = text.position(item.start)
            message += f"\nline {line + 1}: {item.note or text.text[item.start : item.end]}"
    evidence = [
        types.DiagnosticRelatedInformation(types.Location(uri, range_of(item, text)), item.note or "evidence")
        for item in finding.evidence
    ]
    return types.Diagnostic(
        range=range_of(finding, text),
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
        related_information=evidence if related and evidence else None,
    )


def _error(error: ErrorRecord, text: EditorText) -> types.Diagnostic:
    """An error of the document: on the line that it names, else on the first."""
    line = min((error.line or 1) - 1, text.lines - 1)
    start, end = types.Position(line, 0), types.Position(line, text.width(line))
    return types.Diagnostic(
        range=types.Range(start, end),
        message=error.message,
        severity=types.DiagnosticSeverity.Error,
        code=error.error,
        source=SOURCE,
    )


def range_of(where: HasSpan, text: EditorText) -> types.Range:
    """The range of a span of the document."""
    return types.Range(types.Position(*text.position(where.start)), types.Position(*text.position(where.end)))


def findings_at(findings: Sequence[Finding], start: int, end: int) -> list[Finding]:
    """Those that touch the span from `start` to `end`."""
    return [finding for finding in findings if finding.start <= end and start <= finding.end]


def hover(findings: Sequence[Finding], pages: Mapping[str, str], *, markdown: bool) -> types.Hover | None:
    """The page of each check that found something here, once; where a check has none, what it found."""
    if not findings:
        return None
    parts: dict[str, str] = {}
    for finding in findings:
        parts.setdefault(finding.code, pages.get(finding.code) or _without_page(finding))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n---\n\n".join(parts.values())))


def _without_page(finding: Finding) -> str:
    message = re.sub(r"([\\`*_\[\]<>#&])", r"\\\1", finding.message)  # it may quote the text
    return f"# {finding.code} {finding.name}\n\n{message}\n"


def suppressing(finding: Finding, text: EditorText, uri: str, shown: Sequence[types.Diagnostic]) -> types.CodeAction:
    """A code action that writes a comment at the end of the finding's line; why is the author's to say.

    At the end of the line, since a line of its own could become the headline, or break a paragraph.
    """
    line, _ = text.position(finding.start)
    at = types.Position(line, text.width(line))
    comment = f" <!-- copydesk: ignore[{finding.name}] seen in the editor -->"
    return types.CodeAction(
        title=f"Pass over {finding.code} {finding.name} here",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[item for item in shown if item.code == finding.code and item.range == range_of(finding, text)],
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(types.Range(at, at), comment)]}),
    )
