"""SARIF 2.1.0: findings for code-scanning tools and editors."""

from __future__ import annotations

import inspect
import json
import re
from importlib import metadata
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from copydesk.findings.notices import NOTICES
from copydesk.formats.places import FilePlaces
from copydesk.model.document import Document
from copydesk.model.layer import position
from copydesk.model.records import ErrorRecord
from copydesk.model.span import HasSpan
from copydesk.model.vocabulary import Finding
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.result import Result
    from copydesk.plugins.check import Check

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


class SarifWriter(Writer):
    """One SARIF 2.1.0 log of all findings.

    Each rule has its page as help, with the level that it has by default. The evidence of a finding is in `relatedLocations`, its fingerprint in `partialFingerprints`, and one
    that the run passed over has `suppressions`. Columns count code points. A document's
    errors are notifications of the run.
    """

    name = "sarif"
    suffixes = (".sarif",)

    def start(self) -> None:
        self._rules: dict[str, str] = {}
        self._notes: list[dict[str, Any]] = []
        self._separator = "\n"
        head = json.dumps({"$schema": _SCHEMA, "version": "2.1.0"})[:-1]
        # Results are written as they come, and what is known only at the end after them.
        self.stream.write(f'{head}, "runs": [{{"columnKind": "unicodeCodePoints", "results": [')

    def write(self, result: Result) -> None:
        document = result.document
        places = FilePlaces(document)
        known = [(item.finding, {"kind": item.kind, "justification": item.reason}) for item in result.suppressed]
        found = [(finding, None) for finding in document[Finding]]
        for finding, suppression in sorted([*known, *found], key=lambda pair: position(pair[0])):
            self._rules.setdefault(finding.code, finding.name)
            index = list(self._rules).index(finding.code)
            made = {**_result(document, places, finding, suppression), "ruleIndex": index}
            self.stream.write(self._separator + json.dumps(made, ensure_ascii=False))
            self._separator = ",\n"
        for error in result.records:
            self._notes.append(
                {
                    "level": "error",
                    "message": _message(error.message or error.error),
                    "descriptor": {"id": error.error},
                    "locations": [{"physicalLocation": _error_place(places, error)}],
                }
            )

    def finish(self) -> None:
        known = {check.code: check for check in (*self.checks, *NOTICES)}
        rules = [_rule(code, name, known.get(code)) for code, name in self._rules.items()]
        tail = {
            "tool": {"driver": {"name": "copydesk", "version": _version(), "rules": rules}},
            "invocations": [{"executionSuccessful": not self._notes, "toolExecutionNotifications": self._notes}],
        }
        self.stream.write(f"\n], {json.dumps(tail, ensure_ascii=False)[1:-1]}}}]}}\n")


def _rule(code: str, name: str, check: type[Check[Any]] | None) -> dict[str, Any]:
    """A rule: what it is called, and what its page says where the check is known."""
    made: dict[str, Any] = {"id": code, "name": name}
    if check is None:
        return made
    paragraphs = inspect.cleandoc(check.__doc__ or "").split("\n\n## ")[0].split("\n\n")
    plain = [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]
    page = check.page()
    return {
        **made,
        "shortDescription": {"text": plain[0] if plain else name},
        "fullDescription": {"text": "\n\n".join(plain) or name},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"enabled": check.maturity == "stable", "level": _LEVELS[check.severity]},
        "properties": {"tags": [check.severity, check.maturity]},
    }


def _result(
    document: Document, places: FilePlaces, finding: Finding, suppression: dict[str, str] | None
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [{"physicalLocation": _place(document, places, finding)}],
    }
    if finding.evidence:
        made["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(document, places, item),
                "message": _message(item.note or "evidence"),
            }
            for number, item in enumerate(finding.evidence, 1)
        ]
    if finding.fingerprint:
        made["partialFingerprints"] = {"copydesk/v1": finding.fingerprint}
    if suppression is not None:
        made["suppressions"] = [suppression]
    return made


def _place(document: Document, places: FilePlaces, where: HasSpan) -> dict[str, Any]:
    region = places.region(where)
    # No charOffset: it would count in the file, where line ends may be two characters, or a mark comes first.
    said = {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }
    if region.column is None:  # the document is a line of its file
        said = {"startLine": region.line}
    return {
        "artifactLocation": {"uri": _uri(places.path)},
        "region": {**said, "snippet": {"text": document.text_of(where)}},
    }


def _error_place(places: FilePlaces, error: ErrorRecord) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(error.path or places.path)}}
    return {**place, "region": {"startLine": error.line}} if error.line and error.line > 0 else place


def _message(text: str) -> dict[str, str]:
    """A message that is shown as it stands: what it quotes must make no placeholder and no link (SARIF 3.11.5, 3.11.6)."""
    text = text.replace("{", "{{").replace("}", "}}")
    return {"text": re.sub(r"([\[\]])", r"\\\1", text) if "](" in text else text}


def _uri(path: str) -> str:
    # A path that begins with two slashes would name a host.
    return re.sub("^//+", "/", quote(path.replace("\\", "/"), safe="/~"))


def _version() -> str:
    try:
        return metadata.version("copydesk")
    except metadata.PackageNotFoundError:
        return "0"
