"""Stages ``label-names`` and ``label-syntax``: the teachers annotate text for the students."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from corpora import NameData, Sample, read_docs, spans, to_sample
from encoder import TAGS, Encoder, WordPieces
from open_text import passages, raw_text
from settings import LabelSettings
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab
from syntax_teacher import Syntax, load_syntax_teacher, parse
from teacher import predict
from torch import Tensor

#: Passages that are labelled before they are written.
SHARD = 2000


def label_names(data: NameData, root: Path, teacher: Path, encoder: Path, out: Path, settings: LabelSettings) -> None:
    """Write news and raw text to ``out`` (a DocBin) with the names that the teacher sees, a shard at a time.

    Words where teacher and corpus disagree, and the teacher isn't sure, become missing values: the student learns
    nothing there. The corpora with gold names keep theirs.
    """
    model = Encoder(encoder)
    model.load_state_dict(torch.load(teacher, weights_only=True))
    wordpieces = WordPieces(encoder)
    news = data.news[: round(len(data.news) * settings.news_share)]
    samples = [p for s in news for p in passages(s, settings.piece_words)]
    samples += raw_text(root, settings.raw, settings.piece_words, 0)
    print(f"labelling {sum(len(s.words) for s in samples)} words", flush=True)

    def label(number: int, part: Sequence[Sample]) -> DocBin:
        vocab = Vocab()
        box = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])
        changes: Counter[str] = Counter()
        rng = random.Random(number)
        for i, probabilities in predict(model, wordpieces, [s.words for s in part]):
            tags = merge(part[i], probabilities, settings, changes)
            box.add(name_doc(vocab, part[i], tags))
            if rng.random() < settings.upper_share:
                box.add(name_doc(vocab, part[i].upper(), tags))
        print(" ".join(f"{name} {count}" for name, count in changes.most_common()), flush=True)
        return box

    _in_shards(samples, label, out)


def _in_shards(samples: Sequence[Sample], label: Callable[[int, Sequence[Sample]], DocBin], out: Path) -> None:
    """Label the samples shard by shard, skipping those that are there; the shards become one file at the end."""
    folder = out.with_suffix(".shards")
    folder.mkdir(exist_ok=True)
    total = DocBin()
    for number, start in enumerate(range(0, len(samples), SHARD)):
        path = folder / f"{number:04}.spacy"
        if not path.exists():
            box = label(number, samples[start : start + SHARD])
            box.to_disk(path.with_suffix(".new"))
            path.with_suffix(".new").rename(path)
            print(f"{min(start + SHARD, len(samples))} of {len(samples)} passages", flush=True)
        box = DocBin().from_disk(path)
        total = box if number == 0 else total
        if number:
            total.merge(box)
    total.to_disk(out)


def merge(sample: Sample, probabilities: Tensor, settings: LabelSettings, changes: Counter[str]) -> list[str | None]:
    """One tag per word from the corpus's tags and the teacher's probabilities (words, tags); None where it stays open."""
    best = probabilities.max(-1)
    tags = join_names([TAGS[i] for i in best.indices.tolist()])
    sure = best.values.tolist()
    open_words = {i for i, tag in enumerate(tags) if tag != sample.tags[i] and sure[i] < settings.sure}
    for i, tag in enumerate(tags):
        changes["open" if i in open_words else "same" if tag == sample.tags[i] else "teacher's"] += 1
    # A name is labelled as a whole or not at all.
    for tagging in (tags, list(sample.tags)):
        for start, end, _ in spans(tagging):
            if open_words.intersection(range(start, end)):
                open_words.update(range(start, end))
    return [None if i in open_words else tag for i, tag in enumerate(tags)]


def join_names(tags: list[str]) -> list[str]:
    """Join a name to the one of the same label right before it: "da" + "Silva". Two peoples stay two."""
    joined: list[str] = []
    for tag in tags:
        touches = bool(joined) and joined[-1][2:] == tag[2:] and tag.startswith("B-") and tag != "B-NORP"
        joined.append("I-" + tag[2:] if touches else tag)
    return joined


def name_doc(vocab: Vocab, sample: Sample, tags: Sequence[str | None]) -> Doc:
    """A Doc with these names; words tagged None are missing values."""
    doc = Doc(vocab, words=list(sample.words), spaces=list(sample.spaces))
    names = [Span(doc, start, end, label) for start, end, label in sorted(spans(tags))]
    missing = [Span(doc, i, i + 1) for i, tag in enumerate(tags) if tag is None]
    doc.set_ents(names, missing=missing, default="outside")
    return doc


def label_syntax(root: Path, teacher: Path, encoder: Path, out: Path, settings: LabelSettings) -> None:
    """Write news, encyclopaedia and raw text to ``out`` (a DocBin) with the syntax teacher's analysis, a shard at a time."""
    model = load_syntax_teacher(teacher, encoder)
    wordpieces = WordPieces(encoder)
    samples = [to_sample(doc, name) for name in settings.syntax_text for doc in read_docs(root, name)]
    samples = [p for s in samples for p in passages(s, settings.syntax_words)]
    samples += raw_text(root, settings.syntax_raw, settings.syntax_words, 1)
    print(f"parsing {sum(len(s.words) for s in samples)} words", flush=True)

    def label(_: int, part: Sequence[Sample]) -> DocBin:
        vocab = Vocab()
        box = DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START"])
        for i, analysis in parse(model, wordpieces, [s.words for s in part]):
            box.add(syntax_doc(vocab, analysis, part[i].spaces))
        return box

    _in_shards(samples, label, out)


def syntax_doc(vocab: Vocab, analysis: Syntax, spaces: Sequence[bool]) -> Doc:
    """A Doc with this analysis."""
    split = [label.partition("|") for label in analysis.morphs]
    return Doc(
        vocab,
        words=list(analysis.words),
        spaces=list(spaces),
        tags=list(analysis.tags),
        pos=[pos for pos, _, _ in split],
        morphs=[features for _, _, features in split],
        heads=[i if head < 0 else head for i, head in enumerate(analysis.heads)],
        deps=list(analysis.deps),
    )
