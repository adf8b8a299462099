"""Check: one rule about how a story is sourced, for the attribution plugin or any other that runs checks.

Plugins give their checks through the hook `copydesk_checks`. The class says what a page of the
documentation needs: its docstring is that page.
"""

from __future__ import annotations

import inspect
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticUndefined

from copydesk.annotation import Annotation, HasSpan
from copydesk.document import Document
from copydesk.vocabulary import Evidence, Finding, Severity

Maturity = Literal["stable", "preview"]


class CheckOptions(BaseModel):
    """Base of a check's `Options`: frozen, and unknown options are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Check(ABC):
    """One rule. Its docstring is its page: what it reports, why, what it must not report.

    Class attributes:
        code: `ATT` and three digits, or a prefix of your own and digits; never used again for another rule.
        name: in kebab case; accepted wherever the code is.
        severity: error (almost surely wrong), warning (an editor should look), info (a list to review).
        maturity: stable checks run unless ignored, preview checks only when selected.
        requires: annotation types without which it cannot judge; it is skipped, visibly, where one is missing.
        inside_quotations: whether its findings may lie inside quoted speech. Quotations are other people's
            words, so whoever runs the check drops findings there unless this is set.
        reported_by: the step or command that reports it by itself, where it is no rule for a step that runs
            checks: such a step leaves it out, and `copydesk explain` has its page.
    """

    Options: ClassVar[type[CheckOptions]] = CheckOptions

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    maturity: ClassVar[Maturity] = "preview"
    requires: ClassVar[tuple[type[Annotation], ...]] = ()
    inside_quotations: ClassVar[bool] = False
    reported_by: ClassVar[str] = ""

    options: CheckOptions

    def __init__(self, options: CheckOptions | None = None, /, **settings: Any) -> None:
        if options is not None and settings:
            raise TypeError(f"{type(self).__name__} takes options or settings by keyword, not both")
        self.options = options if options is not None else self.Options(**settings)

    @abstractmethod
    def check(self, document: Document) -> Iterable[Finding]:
        """The findings of this rule in a document, built with `self.finding`."""

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
            _options_table(cls.Options),
        ]
        if measured := cls.measured():
            parts.append(f"## Measured\n\n{measured.strip()}")
        return "\n\n".join(part for part in parts if part) + "\n"


def _options_table(options: type[CheckOptions]) -> str:
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
