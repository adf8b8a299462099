"""A check as a component that runs it alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.findings.engine import CheckEngine
from copydesk.model.document import Document
from copydesk.model.vocabulary import Finding, Quotation
from copydesk.plugins.check import Check
from copydesk.plugins.component import Component


def checking(check: type[Check[Any]], settings: Mapping[str, Any]) -> Component[Any]:
    """A component whose findings are those of one check.

    Raises:
        UsageError: the settings are not as the check has them.
    """
    engine = CheckEngine([check(check.config_class(**settings))], report_skipped=False)

    class Checking(Component):
        """Runs one check."""

        name = "check"
        requires = tuple(dict.fromkeys((*check.requires, *check.reads, Quotation)))
        provides = (Finding,)
        uses_optional = check.uses_optional

        def process(self, document: Document) -> list[Finding]:
            return engine.findings(document)

    return Checking()
