"""Text to be labelled: news, and the raw text under ``raw``, in passages of whole sentences."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpora import Sample
from text import cut, spaces_between, tokenizer, write_out

_ENDS = frozenset(".!?")
_AFTER = frozenset("\"'”’)")


def raw_text(data: Path, shares: Mapping[str, float], limit: int, seed: int) -> list[Sample]:
    """Passages of at most ``limit`` words, unlabelled, from this share of the texts of each file ``raw/NAME.jsonl``.

    A row has ``text``, or ``words``, which are written as text again; either way the pipeline's tokenizer cuts it.
    """
    nlp = tokenizer()
    rng = random.Random(seed)
    found: list[Sample] = []
    for name, share in shares.items():
        for line in (data / "raw" / f"{name}.jsonl").read_text(encoding="utf8").splitlines():
            if rng.random() >= share:
                continue
            row = json.loads(line)
            text = row["text"] if "text" in row else write_out(row["words"], spaces_between(row["words"]))[0]
            for paragraph in text.splitlines():
                whole = cut(nlp, paragraph.strip(), [(0, len(paragraph.strip()), None)], name)
                found += passages(whole, limit)
    return found


def passages(sample: Sample, limit: int) -> Iterator[Sample]:
    """Cut a sample into parts of at most ``limit`` words, at the ends of sentences where there are any, in no name."""
    start, size = 0, len(sample.words)
    while start < size:
        end = min(start + limit, size)
        if end < size:
            end = _sentence_end(sample, start, end)
        yield Sample(sample.words[start:end], sample.spaces[start:end], sample.tags[start:end], sample.corpus)
        start = end


def _sentence_end(sample: Sample, start: int, end: int) -> int:
    """The last place to cut in the second half of the words from ``start`` to ``end``."""
    for i in range(end, (start + end) // 2, -1):
        before = i - 1
        while before > start and sample.words[before] in _AFTER:
            before -= 1
        if sample.words[before] in _ENDS and sample.words[i] not in _AFTER:
            return i
    while end > start + 1 and (sample.tags[end] or "").startswith("I-"):
        end -= 1
    return end
