"""Step: a component class with its settings, at its place in a pipeline. A value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from copydesk.plugins.component import Component
from copydesk.plugins.config import Config

PARSE = "parse"
"""What timings and errors call the shared parse; no step may have this id."""


@dataclass(frozen=True, slots=True)
class Step:
    """A component class with its settings, at its place in a pipeline.

    Attributes:
        component: the class; the pipeline makes the instances that run.
        config: its settings.
        id: names the step in output and errors.
        use: what a pipeline file calls the component.
        distribution, version: of the package that it came from; None for a class of your own program.
        path, line: where the pipeline file names it; None for a pipeline built in Python.
    """

    component: type[Component[Any]]
    config: Config
    id: str
    use: str
    distribution: str | None = None
    version: str | None = None
    path: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

    @classmethod
    def of(
        cls,
        component: Component[Any],
        *,
        id: str | None = None,
        use: str | None = None,
        distribution: str | None = None,
        version: str | None = None,
        path: str | None = None,
        line: int | None = None,
    ) -> Step:
        """The step of a component: its class and settings. Id and `use` are the component's name unless they are given."""
        return cls(
            type(component),
            component.config,
            id=id or component.name,
            use=use or component.name,
            distribution=distribution,
            version=version,
            path=path,
            line=line,
        )

    def make(self) -> Component[Any]:
        """An instance of the component, not set up."""
        return self.component(self.config)
