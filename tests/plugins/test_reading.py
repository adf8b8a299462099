"""How plugins read a text: quotation marks through `Quotation`, the parse through its columns."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
MARKS = frozenset('"“”„‟«»‹›❮❯‘‚‛`「」『』＂')
PROSE = re.compile(r"\w[\w,.;:]* \w")
"""What is written for people: two words with a space between."""

NO_MARKS = {
    ("copydesk_entities/chains/chain.py", "‘"): "the apostrophe of a name, typed with the wrong sign",
    (
        "copydesk_numbers/times/relative_dates.py",
        "'\"‘’“”",
    ): "one word in marks is a title, and numbers reads the text alone",
    (
        "copydesk_attribution/story/bare_names.py",
        r"""\b[A-Z][\w.]+ [\"“‘'(][A-Z]\w+[\"”’')] $""",
    ): "a nickname between a given name and a surname is no quotation",
    (
        "copydesk_attribution/story/bare_names.py",
        r""" [\"“‘'(][A-Z]\w+[\"”’')] [A-Z]""",
    ): "the same, read from the given name on",
    ("copydesk_attribution/story/people.py", "” "): "what closes a nickname before a surname",
    ("copydesk_attribution/story/people.py", '" '): "the same",
    (
        "copydesk_attribution/checks/quotation_marks.py",
        r"""\d[’'′]\d{1,2}[”\"″]""",
    ): "the sign for inches after a number of feet, which others take for a quotation mark",
    (
        "copydesk_attribution/checks/introductions.py",
        """-'’.,;:)"”""",
    ): "what may stand in a word whose letters are sound",
    ("copydesk_numbers/times/years.py", "‘`"): "the apostrophe of a decade, typed with the wrong sign",
    ("copydesk_numbers/times/years.py", '"'): "a year in two digits stands behind an apostrophe, and not behind this",
    ("copydesk_numbers/tape/classes.py", '"'): "the sign for inches and for seconds of arc",
}
NEEDS_DOC = {
    "copydesk_entities/component.py": "spaCy's matcher, for the user's token patterns, takes nothing else",
    "copydesk_numbers/adapter.py": "whether there are relations at all: it reads them in columns",
    "copydesk_quotes/component.py": "the tagger's hashes of words and shapes are no columns; it takes them in one call",
}

MODULES = sorted(
    path
    for path in PLUGINS.rglob("*.py")
    if not {"training", "learning", "copydesk_english", "copydesk_english_accurate", "copydesk_structure"}
    & set(path.parts)
)


def name_of(module: Path) -> str:
    return module.relative_to(PLUGINS).as_posix()


def strings(module: Path) -> Iterator[str]:
    """The strings of a module that rules can read a text with: no docstrings, and no messages."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    written = {
        id(part)
        for node in ast.walk(tree)
        for part in (
            ast.walk(node) if isinstance(node, ast.JoinedStr) else [node.value] if isinstance(node, ast.Expr) else []
        )
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in written:
            yield node.value


def test_there_are_modules_and_the_reader_sees_marks(tmp_path):
    (module := tmp_path / "rule.py").write_text(
        '"""It reads “marks”."""\nx = text.strip("“” ")\ny = f"“{x}”"\n', encoding="utf-8"
    )
    assert len(MODULES) > 80
    assert [string for string in strings(module) if MARKS & set(string)] == ["“” "]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_only_structure_reads_quotation_marks(module):
    assert [
        string
        for string in strings(module)
        if MARKS & set(string) and not PROSE.search(string) and (name_of(module), string) not in NO_MARKS
    ] == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_the_parse_is_read_in_columns(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    reads = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "doc"]
    assert name_of(module) in NEEDS_DOC if reads else name_of(module) not in NEEDS_DOC
