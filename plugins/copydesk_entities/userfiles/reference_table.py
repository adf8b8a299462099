"""The user's reference table: who is who, and which office they held when. Entities are linked to it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk_entities.chains.chain import plain
from copydesk_entities.lexicon import Lexicon, split_phrase
from copydesk_entities.userfiles.files import UserFileError, read_csv, read_yaml

COLUMNS = ("name", "id", "aliases", "office", "country", "from", "to", "source")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a person, organisation or place, and the office held between two days, both included."""

    name: str
    id: str
    aliases: tuple[str, ...]
    office: str | None
    country: str | None
    since: str
    until: str


class ReferenceTable:
    """Rows by name and alias."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            for name in {plain(name) for name in (row.name, *row.aliases)}:
                self._rows[name].append(row)

    def __len__(self) -> int:
        return len({row.id for rows in self._rows.values() for row in rows})

    def link(self, names: list[str], date: str | None, countries: set[str], lexicon: Lexicon) -> str | None:
        """The id of the one entry that these names mean; None where there is none, or more than one.

        Args:
            names: the names of an entity in the document, the fullest first.
            date: the document's date; of several entries of one name, those in office then are preferred.
            countries: keys of the countries that the document states for the entity.
            lexicon: knows which names are one country's.
        """
        for name in names:
            rows = self._rows.get(plain(name), [])
            in_office = [row for row in rows if date is None or row.since <= date <= row.until]
            of_country = [
                row
                for row in in_office or rows
                if row.country is None or not countries or _country_key(row.country, lexicon) in countries
            ]
            for narrowed in (rows, in_office, of_country):
                if len({row.id for row in narrowed}) == 1:
                    return narrowed[0].id
            if rows:
                return None
        return None


def _country_key(country: str, lexicon: Lexicon) -> str:
    known = lexicon.known.get(split_phrase(country))
    return country if known is None else known.key


def read_reference_table(path: Path) -> ReferenceTable:
    """Read a table: CSV with a header, or YAML with a list of mappings.

    Raises:
        UserFileError: the file cannot be read, or a row is not as it should be.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        entries = [_Entry(path, cells, "", line) for line, cells in read_csv(path)]
    elif suffix in {".yaml", ".yml"}:
        root = read_yaml(path)
        if not isinstance(root.value, list):
            raise UserFileError(path, "a reference table is a list of entries, each with at least a name: `- name: …`")
        entries = [
            _Entry(path, node.plain(), f"entry {number}: ", node.line) for number, node in enumerate(root.value, 1)
        ]
    else:
        raise UserFileError(
            path, f"is of an unknown kind, {suffix or 'without suffix'}; give a .csv, .yaml or .yml file"
        )
    return ReferenceTable([entry.row() for entry in entries])


class _Entry:
    """An entry of a table, with where it stands, for errors."""

    def __init__(self, path: Path, item: Any, where: str, line: int | None) -> None:
        self._path = path
        self._where = where
        self._line = line
        if not isinstance(item, dict):
            raise self._error(f"is {type(item).__name__}, not a mapping with a name")
        self._item: dict[str, Any] = item

    def row(self) -> Row:
        """The entry as a row.

        Raises:
            UserFileError: it is not as it should be.
        """
        unknown = [repr(str(key)) for key in self._item if key not in COLUMNS]
        if unknown:
            raise self._error(f"unknown column {', '.join(unknown)}; there are {', '.join(COLUMNS)}")
        name = self._text("name")
        if name is None:
            raise self._error("there is no name; every entry needs one")
        since, until = self._day("from"), self._day("to")
        if since and until and since > until:
            raise self._error(f"'from' {since} is after 'to' {until}; exchange them")
        return Row(
            name=name,
            id=self._text("id") or name,
            aliases=self._aliases(),
            office=self._text("office"),
            country=self._text("country"),
            since=since or "0000",
            until=f"{until or '9999'}~",
        )

    def _error(self, message: str) -> UserFileError:
        return UserFileError(self._path, f"{self._where}{message}", self._line)

    def _text(self, column: str) -> str | None:
        return _even(self._item.get(column)) or None

    def _aliases(self) -> tuple[str, ...]:
        aliases = self._item.get("aliases") or ()
        if isinstance(aliases, str):
            aliases = aliases.split("|")
        elif not isinstance(aliases, list | tuple):
            raise self._error(f"aliases are {type(aliases).__name__}; give a list, in CSV separated by '|'")
        return tuple(alias for alias in map(_even, aliases) if alias)

    def _day(self, column: str) -> str | None:
        value = self._item.get(column)
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        text = self._text(column)
        if text is not None and not _DAY.fullmatch(text):
            raise self._error(f"'{column}' is {text!r}; give a date such as 2015, 2015-11 or 2015-11-24")
        return text


def _even(value: object) -> str:
    """A value as text, white space made even."""
    return "" if value is None else " ".join(str(value).split())
