"""Names that were decided one by one: sentences of open news where the news corpus and a pipeline of ours disagreed.

``adjudicated.jsonl`` is to train on. A row has the ``text``, all its ``names`` (first character, one past the last, label),
and those of them that were ``decided`` by reading, by the guideline in ``guideline.py``: with null for what is no name, or
has another extent. ``reason`` says why in a word.

``news_dev.jsonl`` is to choose by: all sentences of the news corpus's dev documents; ``decided`` tells whether there was
anything to decide. It favours the pipeline whose names were read beside the corpus's (that of the first release), and
serves to compare later ones with each other.

The texts are the public-domain part of the Groningen Meaning Bank: Voice of America, CIA World Factbook, Aesop's fables.
"""

from __future__ import annotations

import json
from pathlib import Path

from corpora import Sample
from text import cut, tokenizer

_HERE = Path(__file__).parent


def load_adjudicated(name: str) -> list[Sample]:
    """The sentences of ``NAME.jsonl`` beside this file, in the tokenizer's words, with their names."""
    nlp = tokenizer()
    rows = [json.loads(line) for line in (_HERE / f"{name}.jsonl").read_text(encoding="utf8").splitlines()]
    return [cut(nlp, row["text"], [(a, b, label) for a, b, label in row["names"]], name) for row in rows]
