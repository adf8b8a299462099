"""Print the table of the model card: tags, dependencies, sentences, names, and words per second.

Names are compared by exact span and label; a leading article and a trailing possessive are ignored on both sides, GPE and
FAC count as LOC, and only labels that the file's gold uses are compared.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.training import Corpus

UD_TESTS = ("ud_ewt_test", "ud_gum_test", "ud_gum_news_test")
NAME_TESTS = ("ner-worldwide", "ner-uner-ewt")
SAME = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "NORP": "NORP"}

Found = tuple[int, int, str]


@dataclass(frozen=True)
class NameFigures:
    """F1 between 0 and 1: of spans with labels, of spans alone, and per label."""

    f1: float
    untyped: float
    labels: dict[str, float]


def name_figures(nlp: Language, path: Path) -> NameFigures:
    """Score the names of JSON lines of ``{"text", "spans": [[start, end, label]]}``. Raises OSError without the file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    labels = {SAME[label] for row in rows for *_, label in row["spans"] if label in SAME}
    gold: set[tuple[int, Found]] = set()
    made: set[tuple[int, Found]] = set()
    docs = nlp.pipe([row["text"] for row in rows], batch_size=32)
    for i, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        text = row["text"]
        gold |= {(i, found) for found in _names(text, row["spans"], labels)}
        made |= {(i, found) for found in _names(text, [(e.start_char, e.end_char, e.label_) for e in doc.ents], labels)}
    return NameFigures(
        _f1(gold, made),
        _f1({(i, *name[:2]) for i, name in gold}, {(i, *name[:2]) for i, name in made}),
        {
            label: _f1({x for x in gold if x[1][2] == label}, {x for x in made if x[1][2] == label})
            for label in sorted(labels)
        },
    )


def _names(text: str, spans: Sequence[tuple[int, int, str]], labels: set[str]) -> set[Found]:
    return {(*_trim(text, start, end), SAME[label]) for start, end, label in spans if SAME.get(label) in labels}


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    if article := re.match(r"(?i)(the|a|an)\s+", text[start:end]):
        start += article.end()
    return start, end - 2 if text[start:end].endswith(("'s", "’s")) else end


def _f1(
    gold: set[tuple[int, Found]] | set[tuple[int, int, int]], made: set[tuple[int, Found]] | set[tuple[int, int, int]]
) -> float:
    return 2 * len(gold & made) / (len(gold) + len(made)) if gold or made else 0.0


def syntax_figures(nlp: Language, path: Path) -> dict[str, float]:
    """Accuracy of tags, UAS, LAS (spaCy's, without punctuation), F1 of sentences, accuracy of lemmas; each 0 to 1."""
    scores = nlp.evaluate(list(Corpus(path)(nlp)))
    names = {
        "TAG": "tag_acc",
        "UAS": "dep_uas",
        "LAS": "dep_las",
        "sentences": "sents_f",
        "lemmas": "lemma_acc",
        "tokens": "token_f",
    }
    return {name: float(scores[key] or 0.0) for name, key in names.items()}


def words_per_second(pipelines: dict[str, Language], texts: Sequence[str], rounds: int = 3) -> dict[str, float]:
    """Words per second of processor time, the best of some rounds in which the pipelines take turns."""
    best = dict.fromkeys(pipelines, 0.0)
    for _ in range(rounds):
        for name, nlp in pipelines.items():
            started = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
            best[name] = max(best[name], words / (time.process_time() - started))
    return best


def table(pipelines: dict[str, Language], data: Path) -> Iterator[str]:
    """Yield the lines of the table: all figures of each pipeline on the tests under ``data``/test."""
    tests = data / "test"
    for name, nlp in pipelines.items():
        for test in UD_TESTS:
            figures = syntax_figures(nlp, tests / f"{test}.spacy")
            yield f"{name:10} {test:18} " + "  ".join(f"{key} {100 * value:.1f}" for key, value in figures.items())
        for test in NAME_TESTS:
            found = name_figures(nlp, tests / f"{test}.jsonl")
            labels = "  ".join(f"{label} {100 * value:.1f}" for label, value in found.labels.items())
            yield f"{name:10} {test:18} F1 {100 * found.f1:.1f} (untyped {100 * found.untyped:.1f})  {labels}"
    lines = (tests / f"{NAME_TESTS[0]}.jsonl").read_text(encoding="utf8").splitlines()
    speeds = words_per_second(pipelines, [json.loads(line)["text"] for line in lines])
    first = next(iter(speeds))
    for name, speed in speeds.items():
        yield f"{name:10} {'words/s':18} {speed:.0f} ({speed / speeds[first]:.2f} of {first})"
