"""Where the time of one component goes: seconds for each document, and in which of its functions."""

from __future__ import annotations

import cProfile
import pstats
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from copydesk.model.result import Result
    from copydesk.plugins.component import Component

T = TypeVar("T")

FUNCTIONS = 15
DOCUMENTS = 5


class Profile:
    """What was measured of a component."""

    def __init__(self) -> None:
        self._profile = cProfile.Profile()
        self._documents: list[tuple[float, str, int]] = []

    def of(self, component: type[Component[Any]]) -> type[Component[Any]]:
        """The same component, whose `process` is measured."""
        measured = self._measured

        def process(self: Component[Any], document: Any) -> list[Any]:
            return measured(lambda: list(component.process(self, document)))

        return type(
            component.__name__,
            (component,),
            {"process": process, "__module__": component.__module__, "__doc__": component.__doc__},
        )

    def take(self, result: Result, step: str) -> None:
        """Take note of a document."""
        seconds = result.timings.get(step, 0.0)
        self._documents.append((seconds, result.document.id, len(result.document.text)))

    def show(self) -> None:
        """Print the slowest documents and functions."""
        from copydesk.formats.text import one_line

        seconds = sum(each for each, _, _ in self._documents)
        characters = sum(length for _, _, length in self._documents)
        speed = characters / seconds / 1000 if seconds else 0.0
        typer.echo(f"{len(self._documents):,} documents, {characters:,} characters, {seconds:.3f} s: {speed:,.0f} kB/s")
        typer.echo(f"\n{'ms':>9} {'characters':>11}  slowest documents")
        for each, id, length in sorted(self._documents, reverse=True)[:DOCUMENTS]:
            typer.echo(f"{each * 1000:>9.2f} {length:>11,}  {one_line(id)}")
        typer.echo(f"\n{'ms':>9} {'own ms':>9} {'calls':>9}  functions (measuring makes small ones look slower)")
        for (file, line, name), (_, calls, own, all_in_all, _) in self._functions():
            where = f"{Path(file).parent.name}/{Path(file).name}:{line} " if line else ""
            typer.echo(f"{all_in_all * 1000:>9.2f} {own * 1000:>9.2f} {calls:>9,}  {where}{name}")

    def _measured(self, call: Callable[[], T]) -> T:
        self._profile.enable()
        try:
            return call()
        finally:
            self._profile.disable()

    def _functions(self) -> Iterable[tuple[tuple[str, int, str], tuple[int, int, float, float, Any]]]:
        if not self._profile.getstats():
            return []
        stats: dict[Any, Any] = pstats.Stats(self._profile).stats  # type: ignore[attr-defined]  # typeshed lacks it
        ours = {
            key: value for key, value in stats.items() if Path(key[0]) != Path(__file__) and "disable" not in key[2]
        }
        return sorted(ours.items(), key=lambda item: -item[1][3])[:FUNCTIONS]
