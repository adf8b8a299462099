"""YAML as data with places: every value knows its line and column, and nothing unsafe gets in.

The one reader of all files that users write: pipelines, suppressions, tables. The YAML 1.2 core schema,
and of the rest only what such a file needs: no anchors and aliases, no
tags, no duplicate keys, one document, at most 1 MB and 50 levels. YAML 1.1's extra booleans (yes,
no, on, off) are refused rather than guessed at. The text is never executed: PyYAML's parser gives
events, and this module makes plain Python values of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from copydesk.errors import Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 50

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_OLD_BOOLEANS = frozenset(
    form for word in ("yes", "no", "on", "off", "y", "n") for form in (word, word.capitalize(), word.upper())
)
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_OCTAL = re.compile(r"0o[0-7]{1,300}")
_HEX = re.compile(r"0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,10})?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


Way = tuple[str | int, ...]
"""The way to a value in a tree: ("steps", 2, "with", "kinds")."""


@dataclass(slots=True)
class Node:
    """A value and where it stands; lines and columns are 1-based."""

    value: Any
    """A str, int, float, bool or None; a dict of key to Node; or a list of Nodes."""
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Of a mapping: where each key stands."""
    path: str = ""
    """The file, as problems name it."""

    def plain(self) -> Any:
        """The value alone, all the way down."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def get(self, key: str) -> Node | None:
        """The value of a key; None where this is no mapping, or has no such key."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def place(self, way: Way = ()) -> tuple[str, int, int]:
        """File, line and column of what a way leads to: the key of a mapping, the item of a list.

        Where it leads to nothing (a missing key), the place of what should hold it.
        """
        node, place = self, (self.path, self.line, self.column)
        for part in way:
            if isinstance(node.value, dict) and part in node.value:
                line, column = node.keys[str(part)]
                node = node.value[part]
                place = (node.path, line, column)
            elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                place = (node.path, node.line, node.column)
            else:
                break
        return place

    def problem(self, message: str, way: Way = ()) -> Problem:
        """A problem at the place of what a way leads to."""
        return Problem(*self.place(way), message)


class _Refused(Exception):  # noqa: N818  # a signal within this module
    def __init__(self, event: yaml.Event, message: str) -> None:
        self.line, self.column = _place(event)
        super().__init__(message)


def read_yaml(raw: bytes, path: str, *, max_bytes: int = MAX_BYTES) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML text, or what is wrong with it.

    Args:
        raw: the file's bytes.
        path: how problems name the file.
        max_bytes: a larger file is refused.

    Returns:
        The root node (None where the text cannot be read at all) and the problems. Problems that
        leave the tree readable (a duplicate key, a YAML 1.1 boolean, a tag) come with a tree, so
        that the rest can be checked too.
    """
    if len(raw) > max_bytes:
        return None, [Problem(path, 1, 1, f"the file has {len(raw):,} bytes; at most {max_bytes:,} are read")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        bad = raw[error.start]
        return None, [Problem(path, line, column, f"byte 0x{bad:02x} is not UTF-8; save the file as UTF-8")]
    problems: list[Problem] = []
    try:
        root = _Builder(path, problems).build(yaml.parse(text, Loader=_LOADER))
    except _Refused as refused:
        return None, [*problems, Problem(path, refused.line, refused.column, str(refused))]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark if error.problem_mark is not None else error.context_mark
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        what = ", ".join(part for part in (error.context, error.problem) if part)
        return None, [*problems, Problem(path, line, column, f"this is not YAML: {what}")]
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return None, [
            *problems,
            Problem(path, line, column, f"YAML may not hold the character U+{error.character:04X}"),
        ]
    return root, problems


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _text(event: yaml.ScalarEvent) -> str:
    text: str = event.value
    if _SURROGATE.search(text):  # libyaml refuses the escapes for these, PyYAML's own parser does not
        raise _Refused(event, "a lone surrogate; no encoding can write it")
    return text


class _Builder:
    """Makes the tree of nodes from parser events."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self._path = path
        self._problems = problems

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(event, "a second YAML document begins here; a file holds one")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, depth=1)
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _Refused(event, f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            raise _Refused(
                event, f"an alias (*{getattr(event, 'anchor', '')}); write the value out, aliases are not read"
            )
        if anchor := getattr(event, "anchor", None):
            raise _Refused(event, f"an anchor (&{anchor}); write values out, anchors are not read")
        line, column = _place(event)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._problem(event, f"a tag ({tag}); remove it, tags are not read")
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._scalar(event), line, column, path=self._path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self._node(inner, events, depth + 1))
            return Node(items, line, column, path=self._path)
        return self._mapping(line, column, events, depth)

    def _mapping(self, line: int, column: int, events: Iterator[yaml.Event], depth: int) -> Node:
        children: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        for key_event in events:
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            if not isinstance(key_event, yaml.ScalarEvent):
                raise _Refused(key_event, "a key must be a word, not a list, a mapping or an alias")
            key = _text(key_event)
            child = self._node(next(events), events, depth + 1)
            if key in children:
                first = keys[key]
                self._problem(key_event, f"the key '{key}' is there twice; it first stands in line {first[0]}")
                continue
            children[key] = child
            keys[key] = _place(key_event)
        return Node(children, line, column, keys, self._path)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = _text(event)
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if text in _OLD_BOOLEANS:
            value = text.lower() in ("yes", "on", "y")
            meant = "true" if value else "false"
            self._problem(
                event, f"'{text}' is a boolean to some YAML readers and a word to others; write {meant}, or \"{text}\""
            )
            return value
        for pattern, base in ((_INT, 10), (_OCTAL, 8), (_HEX, 16)):
            if pattern.fullmatch(text):
                return int(text, base)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if math.isfinite(number):
                return number
        if _NOT_FINITE.fullmatch(text):
            self._problem(event, f"{text} is no finite number")
            return None
        return text

    def _problem(self, event: yaml.Event, message: str) -> None:
        line, column = _place(event)
        self._problems.append(Problem(self._path, line, column, message))
