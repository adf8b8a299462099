"""Stages ``label-names`` and ``label-syntax``: the teachers annotate text for the students."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import torch
from corpora import NameData, Sample, pieces, read_docs, spans, to_sample
from encoder import TAGS, Encoder, WordPieces
from settings import LabelSettings
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab
from syntax_teacher import Syntax, load_syntax_teacher, parse
from teacher import predict
from torch import Tensor


def label_names(data: NameData, root: Path, teacher: Path, encoder: Path, out: Path, settings: LabelSettings) -> None:
    """Write the text of the news corpus and the treebanks to ``out`` (a DocBin) with the names that the teacher sees.

    Words where teacher and corpus disagree, and the teacher isn't sure, become missing values: the student learns
    nothing there. The corpora with gold names keep theirs.
    """
    model = Encoder(encoder)
    model.load_state_dict(torch.load(teacher, weights_only=True))
    wordpieces = WordPieces(encoder)
    treebank = [to_sample(doc, "") for doc in read_docs(root, "ud_train")]
    treebank = [Sample(s.words, s.spaces, (None,) * len(s.words), "") for s in treebank]
    news = data.news[: round(len(data.news) * settings.news_share)]
    samples = [p for s in [*news, *treebank] for p in pieces(s, settings.piece_words)]
    print(f"labelling {sum(len(s.words) for s in samples)} words", flush=True)
    vocab = Vocab()
    box = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])
    changes: Counter[str] = Counter()
    rng = random.Random(0)
    for count, (i, probabilities) in enumerate(predict(model, wordpieces, [s.words for s in samples])):
        tags = merge(samples[i], probabilities, settings, changes)
        box.add(name_doc(vocab, samples[i], tags))
        if rng.random() < settings.upper_share:
            box.add(name_doc(vocab, samples[i].upper(), tags))
        if (count + 1) % 1000 == 0:
            print(f"{count + 1} of {len(samples)}", flush=True)
    print(" ".join(f"{name} {number}" for name, number in changes.most_common()), flush=True)
    box.to_disk(out)


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
    """Write the news corpus and the encyclopaedia's to ``out`` (a DocBin) with the syntax teacher's analysis."""
    model = load_syntax_teacher(teacher, encoder)
    wordpieces = WordPieces(encoder)
    samples = [to_sample(doc, name) for name in settings.syntax_text for doc in read_docs(root, name)]
    samples = [p for s in samples for p in pieces(s, settings.syntax_words)]
    print(f"parsing {sum(len(s.words) for s in samples)} words", flush=True)
    vocab = Vocab()
    box = DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START"])
    for count, (i, analysis) in enumerate(parse(model, wordpieces, [s.words for s in samples])):
        box.add(syntax_doc(vocab, analysis, samples[i].spaces))
        if (count + 1) % 2000 == 0:
            print(f"{count + 1} of {len(samples)}", flush=True)
    box.to_disk(out)


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
