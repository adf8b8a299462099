"""Progress on standard error: a moving line on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from copydesk.model.result import RunSummary

LOG_EVERY = 10.0
"""Seconds between two plain lines."""


@contextmanager
def progress(summary: RunSummary, files: int, *, quiet: bool) -> Iterator[None]:
    """Say how far a run is, from a thread of its own, for as long as the block runs."""
    if quiet:
        yield
        return
    stop = threading.Event()
    watch = _watch_terminal if sys.stderr.isatty() else _watch_log
    watcher = threading.Thread(target=watch, args=(summary, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()
    typer.echo(f"copydesk: {_line(summary)} from {counted(files, 'file')}", err=True)


def _watch_terminal(summary: RunSummary, stop: threading.Event) -> None:
    from rich.console import Console
    from rich.status import Status

    with Status("reading …", console=Console(stderr=True)) as status:
        while not stop.wait(0.2):
            status.update(_line(summary))


def _watch_log(summary: RunSummary, stop: threading.Event) -> None:
    while not stop.wait(LOG_EVERY):
        typer.echo(f"copydesk: {_line(summary)} so far", err=True)


def _line(summary: RunSummary) -> str:
    from copydesk.model.vocabulary import SEVERITIES

    parts = [counted(summary.documents, "document")]
    if summary.failed:
        parts.append(f"{summary.failed:,} failed")
    found = [f"{summary.findings[severity]:,} {severity}" for severity in SEVERITIES if summary.findings[severity]]
    if found:
        parts.append(f"findings: {', '.join(found)}")
    if summary.seconds:
        parts.append(f"{summary.seconds:.1f} s")
    return ", ".join(parts)


def counted(count: int, noun: str) -> str:
    """`1 file`, `1,000 files`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
