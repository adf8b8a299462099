"""Step: a component at its place in a pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.component import Component
from copydesk.records import StepRecord

PARSE = "parse"
"""What timings and errors call the shared parse; no step may have this id."""


@dataclass(frozen=True, slots=True)
class Step:
    """A component at its place in a pipeline.

    Attributes:
        component: configured, not necessarily set up.
        record: what documents keep of it.
        path, line: where the pipeline file names it; None for a pipeline built in Python.
    """

    component: Component
    record: StepRecord
    path: str | None = None
    line: int | None = None

    @property
    def id(self) -> str:
        """Names the step in output and errors."""
        return self.record.id

    @classmethod
    def of(
        cls,
        component: Component,
        *,
        id: str | None = None,
        use: str | None = None,
        distribution: str | None = None,
        version: str | None = None,
        path: str | None = None,
        line: int | None = None,
    ) -> Step:
        """A step for a component; its id and `use` are the component's name unless they are given."""
        record = StepRecord(
            id=id or component.name,
            use=use or component.name,
            distribution=distribution,
            version=version,
            config=component.config_digest(),
        )
        return cls(component, record, path, line)
