"""The reference table: who held which office, when, as the user knows it.

A YAML file with a list of rows, or a CSV file with a header. Columns::

    name     the person's full name
    aliases  other ways to write the name (YAML: a list; CSV: separated by "|")
    office   "foreign minister"
    country  "France", or the organisation; empty where none is needed
    from     first day, YYYY, YYYY-MM or YYYY-MM-DD; empty: since ever
    to       last day, likewise; empty: still
    source   where that is known from
    id       the person's id in a knowledge base; the entities plugin links to it, the checks pass it over
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import copydesk
from copydesk import fold
from copydesk_attribution.offices import Office, country_named, office_of

_COLUMNS = ("name", "aliases", "office", "country", "from", "to", "source", "id")
_MOST_BYTES = 10_000_000


class ReferenceTableError(ValueError):
    """The reference table cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Tenure:
    """One row: a person in an office."""

    name: str
    aliases: tuple[str, ...]
    title: str
    office: Office
    country: str
    first: str
    last: str
    source: str

    def held_on(self, date: str) -> bool:
        """Whether the person was in office on an ISO date, which may be a year or month alone."""
        if self.first and date < self.first[: len(date)]:
            return False
        return not (self.last and date[: len(self.last)] > self.last)

    def describe(self) -> str:
        """As a message says it: "foreign minister of France, 2012-05-16 to 2016-02-11 (source)"."""
        where = f" of {self.country}" if self.country else ""
        when = f", {self.first or '…'} to {self.last or 'now'}" if self.first or self.last else ""
        source = f" ({self.source})" if self.source else ""
        return f"{self.title}{where}{when}{source}"


class ReferenceTable:
    """The rows of a table, by person."""

    def __init__(self, rows: Iterable[Tenure]) -> None:
        self._by_person: dict[str, list[Tenure]] = {}
        names: dict[str, set[str]] = {}
        for row in rows:
            person = fold(row.name)
            self._by_person.setdefault(person, []).append(row)
            for form in (row.name, *row.aliases):
                names.setdefault(fold(form), set()).add(person)
        self._person_of = {form: next(iter(persons)) for form, persons in names.items() if len(persons) == 1}

    def tenures(self, name: str) -> tuple[Tenure, ...]:
        """What is known of the person of that name; nothing where the name is not there, or is that of two."""
        person = self._person_of.get(fold(name))
        return () if person is None else tuple(self._by_person[person])

    @property
    def names(self) -> tuple[str, ...]:
        """Every name and alias that is one person's, folded."""
        return tuple(self._person_of)


def read_table(path: Path) -> ReferenceTable:
    """The table in a YAML or CSV file.

    Raises:
        ReferenceTableError: it is not there, or not such a table.
    """
    try:
        if not path.is_file():
            raise ReferenceTableError(f"{path}: is no regular file")
        if path.stat().st_size > _MOST_BYTES:
            raise ReferenceTableError(f"{path}: larger than {_MOST_BYTES // 1_000_000} MB")
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceTableError(f"{path}: cannot be read: {error}") from error
    if path.suffix.lower() == ".csv":
        # Comment lines are passed over, and counted.
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and line[0] != "#"]
        rows = csv.DictReader(line for _, line in lines)
        return ReferenceTable(_row(path, lines[rows.line_num - 1][0], dict(row)) for row in rows)
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise ReferenceTableError(f"{path}: the name must end in .yaml, .yml or .csv")
    root, problems = copydesk.read_yaml(raw, str(path), max_bytes=_MOST_BYTES)
    if root is None or problems:
        raise ReferenceTableError("\n".join(map(str, problems)))
    if not isinstance(root.value, list):
        raise ReferenceTableError(f"{path}: a list of rows was expected")
    return ReferenceTable(_row(path, node.line, node.plain()) for node in root.value)


def _row(path: Path, line: int, item: object) -> Tenure:
    where = f"{path}:{line}"
    if not isinstance(item, Mapping):
        raise ReferenceTableError(f"{where}: columns {', '.join(_COLUMNS)} were expected")
    unknown = [str(key) for key in item if key not in _COLUMNS]
    if unknown:
        raise ReferenceTableError(f"{where}: unknown column {unknown[0]!r}; there are {', '.join(_COLUMNS)}")
    values = {column: item.get(column) for column in _COLUMNS}
    aliases = values.pop("aliases") or ()
    if isinstance(aliases, str):
        aliases = aliases.split("|")
    fields = {column: "" if value is None else str(value).strip() for column, value in values.items()}
    for column in ("name", "office"):
        if not fields[column]:
            raise ReferenceTableError(f"{where}: '{column}' is empty")
    for column in ("from", "to"):
        if fields[column] and not _is_date(fields[column]):
            raise ReferenceTableError(f"{where}: '{column}' is {fields[column]!r}, not YYYY, YYYY-MM or YYYY-MM-DD")
    return Tenure(
        name=fields["name"],
        aliases=tuple(str(alias).strip() for alias in aliases if str(alias).strip()),
        title=fields["office"],
        office=office_of(fields["office"]),
        country=country_named(fields["country"]),
        first=fields["from"],
        last=fields["to"],
        source=fields["source"],
    )


def _is_date(value: str) -> bool:
    parts = value.split("-")
    return (
        len(parts) <= 3
        and [len(part) for part in parts] == [4, 2, 2][: len(parts)]
        and value.replace("-", "").isdigit()
    )
