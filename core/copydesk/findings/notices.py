"""ATT900 and ATT901: what is reported about checking itself. No rules, but their codes have pages too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.model.document import Document
from copydesk.model.vocabulary import Finding
from copydesk.plugins.check import Check


class _Notice(Check):
    """Something that is reported by whoever runs the checks, not by a rule."""

    def check(self, document: Document) -> Iterable[Finding]:  # noqa: ARG002  # the base class's signature
        """Nothing: there is no rule to run."""
        return ()


class UnusedSuppression(_Notice):
    """A suppression that no longer passes over anything.

    It reports a comment in the text (`<!-- copydesk: ignore[CHECK] reason -->`) for which there was no finding.
    `copydesk run` says the same of entries of the file that `--suppressions` names.

    ## Why

    What it was for was mended, or the passage was rewritten. Left in place, it would hide the next fault
    that happens to stand there.

    ## What to do

    Take it out. A comment counts for findings on its own line and on the next; an entry of the file counts
    for findings with its fingerprint, which changes when the words of the passage do.
    """

    code = "ATT900"
    name = "unused-suppression"
    severity = "info"
    reported_by = "every run"


class ChecksSkipped(_Notice):
    """Checks that could not judge the document, since a layer that they read is not there.

    It reports, once in a document and at its very start, the checks that did not run and the layers that
    they lacked. Either no step of the pipeline provides these layers, or a step that does failed on this
    document; the message says which.

    ## Why

    A document that came out clean because nothing was checked must not look like one that is clean.

    ## What to do

    Add the steps that provide the layers before the step that runs the checks, or leave the checks out with `ignore`.
    Where a step failed, its error is on record with the document. `report_skipped: false` switches this notice off.
    """

    code = "ATT901"
    name = "checks-skipped"
    severity = "info"
    reported_by = "every step that runs checks"


NOTICES: tuple[type[Check[Any]], ...] = (UnusedSuppression, ChecksSkipped)
