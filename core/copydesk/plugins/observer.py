"""Observer: watches a run."""

from __future__ import annotations

from copydesk.model.result import Result, RunInfo, RunSummary
from copydesk.plugins.config import C_co, Configured


class Observer(Configured[C_co]):
    """Watches a run: counts, logs, reports. It changes nothing, and one that raises is reported and called no more.

    A pipeline file names it: `observers: [{use: metrics, with: {…}}]`. A run is a call of `pipe`; a single document is none.
    Override what you need.

    Class attributes:
        name: what pipeline files call it.
        api: the version of this interface that it was written for.
    """

    def run_started(self, run: RunInfo) -> None:
        """A run over documents begins."""

    def document_done(self, result: Result) -> None:
        """A document came out with no error."""

    def document_failed(self, result: Result) -> None:
        """A document came out with errors; they are in `result.errors`."""

    def run_finished(self, summary: RunSummary) -> None:
        """The run is over, also when it was interrupted or failed."""
