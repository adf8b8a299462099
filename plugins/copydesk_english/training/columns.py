"""Read the corpora that come in columns: a word and its tag to a line, an empty line after each sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from corpora import OFFICIAL, UNER, Sample, spans
from spacy.language import Language
from text import Name, cut, spaces_between, tokenizer, write_out

_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
#: Words of a sample that is made of sentences which belong together.
_GROUP = 110


def load_columns(data: Path) -> dict[str, list[Sample]]:
    """Universal NER's training text and the official prose, under their names. Raises OSError where one is missing."""
    nlp = tokenizer()
    norp = frozenset(json.loads((data / "train" / "norp_list.json").read_text(encoding="utf8")))
    return {
        UNER: list(_uner(data / "train" / f"{UNER}.iob2", nlp, norp)),
        OFFICIAL: list(_official(data / "train" / f"{OFFICIAL}.iob", nlp)),
    }


def _uner(path: Path, nlp: Language, norp: frozenset[str]) -> Iterator[Sample]:
    """Its OTH is mostly nationalities: those of the list are NORP, others are left open."""
    for _, blocks in groupby(_blocks(path), key=_document):
        group, names = "", list[Name]()
        for block in blocks:
            text = next(line for line in block if line.startswith("# text = "))[9:]
            rows = [line.split("\t") for line in block if not line.startswith("#")]
            if len(group) + len(text) > _GROUP * 6 and group:
                yield cut(nlp, group, names, UNER)
                group, names = "", []
            group += " " * bool(group)
            for start, end, label in _find(text, [row[1] for row in rows], [row[2] for row in rows]):
                known = "NORP" if label == "OTH" and text[start:end] in norp else _LABELS.get(label)
                names.append((len(group) + start, len(group) + end, known))
            group += text
        yield cut(nlp, group, names, UNER)


def _document(block: list[str]) -> str:
    line = next(line for line in block if line.startswith("# sent_id = "))
    return line.rpartition("-")[0]


def _find(text: str, words: list[str], tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Names as characters of the text, which has all the words in their order."""
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    for a, b, label in sorted(spans(tags)):
        yield starts[a], starts[b - 1] + len(words[b - 1]), label


def _official(path: Path, nlp: Language) -> Iterator[Sample]:
    """Its MISC takes in titles, laws and dates: left open."""
    for block in _blocks(path):
        rows = [line.rsplit(" ", 1) for line in block]
        words, tags = [row[0] for row in rows], [row[-1] for row in rows]
        text, starts = write_out(words, spaces_between(words))
        names = [(starts[a], starts[b - 1] + len(words[b - 1]), _LABELS.get(label)) for a, b, label in spans(tags)]
        yield cut(nlp, text, names, OFFICIAL)


def _blocks(path: Path) -> Iterator[list[str]]:
    lines: Iterable[str] = path.read_text(encoding="utf8").splitlines()
    for filled, block in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield [line.rstrip("\n") for line in block]
