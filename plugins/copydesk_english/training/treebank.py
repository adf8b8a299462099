"""Read a treebank in CoNLL-U, as documents of some sentences each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

#: Two more genres of GUM with free texts.
MORE_GENRES = "gum_academic_court_train"
#: Words of a document that is made of sentences in a row.
_GROUP = 150


@dataclass
class _Columns:
    """The columns of a document; ``heads`` are word numbers in the document, and a root is its own head."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)


def read_conllu(path: Path, vocab: Vocab) -> Iterator[Doc]:
    """Documents of whole sentences, at least ``_GROUP`` words each but for the last of a text."""
    columns = _Columns()
    lines = path.read_text(encoding="utf8").splitlines()
    for filled, block in groupby(lines, key=lambda line: bool(line.strip())):
        if not filled:
            continue
        sentence = list(block)
        new = any(line.startswith("# newdoc") for line in sentence)
        if columns.words and (new or len(columns.words) >= _GROUP):
            yield _doc(columns, vocab)
            columns = _Columns()
        _add(columns, [line.split("\t") for line in sentence if not line.startswith("#")])
    if columns.words:
        yield _doc(columns, vocab)


def _add(columns: _Columns, rows: list[list[str]]) -> None:
    """Append a sentence. "don't" has a row 1-2 with the text around it, and rows for its two words."""
    start = len(columns.words)
    # Numbers of words that are followed by another of the same written word, and whether a space follows its last.
    glued: dict[int, bool] = {}
    for row in rows:
        space = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, last = (int(number) for number in row[0].split("-"))
            glued |= dict.fromkeys(range(first, last), False) | {last: space}
        elif row[0].isdigit():
            columns.words.append(row[1])
            columns.spaces.append(glued.get(int(row[0]), space))
            columns.lemmas.append(row[2])
            columns.pos.append(row[3])
            columns.tags.append(row[4])
            columns.morphs.append("" if row[5] == "_" else row[5])
            head = int(row[6])
            columns.heads.append(start + head - 1 if head else len(columns.words) - 1)
            columns.deps.append("ROOT" if head == 0 else row[7])


def _doc(columns: _Columns, vocab: Vocab) -> Doc:
    return Doc(vocab, **vars(columns))
