"""Check: one rule about a story, for a step that runs checks, such as `attribution`.

Plugins give their checks through the hook `copydesk_checks`. The class says what a page of the
documentation needs: its docstring is that page.
"""

from __future__ import annotations

import inspect
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from pydantic_core import PydanticUndefined

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.span import HasSpan
from copydesk.model.vocabulary import Evidence, Finding, Severity
from copydesk.plugins.config import C_co, Config, Configured

Maturity = Literal["stable", "preview"]


class Check(Configured[C_co], ABC):
    """One rule. Its docstring is its page: what it reports, why, what it must not report.

    Class attributes:
        code: a prefix and digits, `ATT201`; never used again for another rule. The plugin declares its prefix in the
            hook `copydesk_check_prefixes`.
        name: in kebab case; accepted wherever the code is.
        severity: error (almost surely wrong), warning (an editor should look), info (a list to review).
        maturity: stable checks run unless ignored, preview checks only when selected.
        requires: annotation types without which it cannot judge; it is skipped, visibly, where one is missing.
        reads: further annotation types that it reads where they are there.
        uses_optional: attributes of the spaCy parse that it reads where they are there.
        inside_quotations: whether its findings may lie inside quoted speech. Quotations are other people's
            words, so whoever runs the check drops findings there unless this is set.
        reported_by: the step or command that reports it by itself, where it is no rule for a step that runs
            checks: such a step leaves it out, and `copydesk explain` has its page.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    maturity: ClassVar[Maturity] = "preview"
    requires: ClassVar[tuple[type[Annotation], ...]] = ()
    reads: ClassVar[tuple[type[Annotation], ...]] = ()
    uses_optional: ClassVar[tuple[str, ...]] = ()
    inside_quotations: ClassVar[bool] = False
    reported_by: ClassVar[str] = ""

    @abstractmethod
    def check(self, document: Document) -> Iterable[Finding]:
        """The findings of this rule in a document, built with `self.finding`.

        If it raises, or gives what is no finding, the document has an error that names the check and its line; the
        findings of the other checks stay.
        """

    def finding(
        self,
        where: HasSpan,
        message: str,
        *,
        evidence: Sequence[Evidence] = (),
        suggestion: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule at a place; whoever runs the check adds the fingerprint."""
        return Finding(
            start=where.start,
            end=where.end,
            id=Finding.make_id(where.start, where.end, self.code),
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            evidence=tuple(evidence),
            suggestion=suggestion,
        )

    @classmethod
    def measured(cls) -> str:
        """What is known of its false alarms and misses, as Markdown; empty where nobody measured."""
        return ""

    @classmethod
    def page(cls) -> str:
        """Its page of the documentation, as Markdown: head, docstring, options, measured rates."""
        layers = ", ".join(f"`{kind.layer}`" for kind in cls.requires) or "none"
        parts = [
            f"# {cls.code} {cls.name}",
            f"Severity: **{cls.severity}** · Reported by: **{cls.reported_by}**"
            if cls.reported_by
            else f"Severity: **{cls.severity}** · Maturity: **{cls.maturity}** · Layers it needs: {layers}",
            inspect.cleandoc(cls.__dict__.get("__doc__") or ""),
            _settings_table(cls.config_class),
        ]
        if measured := cls.measured():
            parts.append(f"## Measured\n\n{measured.strip()}")
        return "\n\n".join(part for part in parts if part) + "\n"


def _settings_table(options: type[Config]) -> str:
    if not options.model_fields:
        return ""
    rows = ["## Options", "", "| option | default | meaning |", "|---|---|---|"]
    defaults = options.model_construct()
    for name, field in options.model_fields.items():
        default = "required"
        if field.get_default(call_default_factory=True) is not PydanticUndefined:
            value = defaults.model_dump(mode="json", include={name})[name]
            default = f"`{json.dumps(value, ensure_ascii=False)}`"
        meaning = " ".join((field.description or "").split()).replace("|", "\\|")
        rows.append(f"| `{name}` | {default} | {meaning} |")
    return "\n".join(rows)
