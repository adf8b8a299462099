"""The command `copydesk wire-stats`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from copydesk import Document, Source

from copydesk_wire.formats import WireReader


def stats(arguments: Sequence[str]) -> int:
    """Say how many stories files have, and how many cannot be read."""
    if not arguments:
        print("copydesk wire-stats: name a file", file=sys.stderr)
        return 2
    for name in arguments:
        with Path(name).open("rb") as stream:
            items = list(WireReader().read(Source(stream, name, name)))
        read = sum(isinstance(item, Document) for item in items)
        print(f"{name}: {read} stories, {len(items) - read} unreadable")
    return 0
