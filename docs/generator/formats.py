"""A page for each input and output format that comes with copydesk, from its reader and its writer."""

from __future__ import annotations

import inspect
from typing import Any

from copydesk import Reader, Writer
from copydesk.formats import READERS, WRITERS
from generator.markup import first_line, settings

INDEX = """\
# Formats

`--from` names the format of what is read, `--to` that of what is written; where neither is given, the name of the file
decides. Plugins add formats of their own: how to write [a reader](../how-to/write-a-reader.md), [a writer](../how-to/write-a-writer.md).
"""


def pages() -> dict[str, str]:
    readers = {reader.name: reader for reader in READERS}
    writers = {writer.name: writer for writer in WRITERS}
    names = sorted(readers | writers)
    rows = [
        f"| [`{name}`](formats/{name}.md) | {_suffixes(readers.get(name), writers.get(name))} | "
        f"{'yes' if name in readers else ''} | {'yes' if name in writers else ''} | "
        f"{first_line(readers.get(name) or writers[name])} |"
        for name in names
    ]
    index = "\n".join([INDEX, "| format | files | read | written | what |", "|---|---|---|---|---|", *rows])
    made = {f"reference/formats/{name}.md": _page(name, readers.get(name), writers.get(name)) for name in names}
    return {"reference/formats.md": index, **made}


def _suffixes(reader: type[Reader[Any]] | None, writer: type[Writer[Any]] | None) -> str:
    both = (*(reader.suffixes if reader else ()), *(writer.suffixes if writer else ()))
    return ", ".join(f"`{suffix}`" for suffix in dict.fromkeys(both))


def _page(name: str, reader: type[Reader[Any]] | None, writer: type[Writer[Any]] | None) -> str:
    parts = [f"# {name}", ""]
    if suffixes := _suffixes(reader, writer):
        parts += [f"Files: {suffixes}", ""]
    for title, kind in ((f"Reading (`--from {name}`)", reader), (f"Writing (`--to {name}`)", writer)):
        if kind is not None:
            parts += [f"## {title}", "", inspect.getdoc(kind) or "", "", *settings(kind.config_class)]
    if writer is not None and writer.in_folder is not None:
        parts += [f"With `-o FOLDER/`, a folder: {first_line(writer.in_folder)}", ""]
    parts += ["[All formats](../formats.md)"]
    return "\n".join(parts)
