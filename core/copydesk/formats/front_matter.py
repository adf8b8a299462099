"""What is known of a text beside it: front matter, and the names by which files call title, date, author, …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from copydesk.formats.dates import iso_date
from copydesk.yaml_reader import read_yaml

_FRONT = re.compile(r"---[ \t]*\n(?P<yaml>.{0,100000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

KNOWN = {
    "title": ("title", "headline", "head", "subject"),
    "date": ("date", "published", "pubdate", "datepublished", "publishedat", "publicationdate", "created", "createdat"),
    "author": ("author", "authors", "byline", "creator"),
    "publisher": ("publisher", "outlet", "sitename", "newspaper", "publication"),
    "lang": ("lang", "language"),
}
"""What steps read of the metadata, and what files call it; names are compared without case, blanks, `-` and `_`."""


def look_alike(name: str) -> str | None:
    """What steps call what a file calls so: `date` for `Published_At`."""
    plain = re.sub(r"[\s_-]", "", name).lower()
    return next((known for known, names in KNOWN.items() if plain in names), None)


def split_front_matter(text: str, path: str) -> tuple[dict[str, Any], int]:
    """The metadata of the YAML block with which a text begins, and the offset after it; ({}, 0) where there is none.

    A block that is no mapping, or cannot be read, is text.
    """
    match = _FRONT.match(text)
    if match is None:
        return {}, 0
    node, problems = read_yaml(match["yaml"].encode(), path)
    if node is None or problems or not isinstance(node.value, dict):
        return {}, 0
    return known_metadata(node.plain()), match.end()


def known_metadata(given: Mapping[str, Any]) -> dict[str, Any]:
    """What files say of a text, under the names that steps read: `published` as `date`, in ISO 8601.

    What is not known keeps its name. Of two names for one thing the first that says something counts, and both stay.
    """
    made: dict[str, Any] = {}
    for name, value in given.items():
        known = look_alike(name) or name
        if value in (None, "", []):
            continue
        made.setdefault(known, value)
        if known != name:
            made.setdefault(name, value)
    return with_iso_date(made)


def with_iso_date(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata, its date in ISO 8601 where it can be read."""
    if "date" in metadata and (date := iso_date(metadata["date"])) is not None:
        metadata["date"] = date
    return metadata
