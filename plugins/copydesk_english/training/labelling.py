"""Stages ``label-names`` and ``label-syntax``: the teachers annotate text for the students."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from corpora import Sample, read_docs, to_sample
from name_student import Soft
from open_text import passages, raw_text
from settings import LabelSettings
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from copydesk_english.names import TAGS, best_tags
from copydesk_english_accurate.names import names_model
from copydesk_english_accurate.syntax import SyntaxReader, syntax_model

#: Passages that are labelled before they are written.
SHARD = 1500


def label_names(news: Sequence[Sample], root: Path, accurate: Path, out: Path, settings: LabelSettings) -> None:
    """Write news and raw text to ``out`` (a DocBin) with the probabilities of the encoder in the folder ``accurate``.

    The automatic labels of the news are left aside.
    """
    model = names_model(accurate)
    rng = random.Random(0)
    samples = [p for s in news if rng.random() < settings.news_share for p in passages(s, settings.piece_words)]
    samples += raw_text(root, settings.raw, settings.piece_words, 0)
    rng.shuffle(samples)
    print(f"labelling {sum(len(s.words) for s in samples)} words", flush=True)

    def label(_: int, part: Sequence[Sample]) -> DocBin:
        vocab = Vocab()
        box = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        docs = [Doc(vocab, words=list(sample.words), spaces=list(sample.spaces)) for sample in part]
        for doc, sample, targets in zip(docs, part, model.predict(docs), strict=True):
            doc.user_data["corpus"] = sample.corpus
            doc.user_data["targets"] = targets.astype("float16").tobytes()
            box.add(doc)
        return box

    _in_shards(samples, label, out)


def read_labelled(path: Path) -> list[Soft]:
    """What :func:`label_names` wrote; a sample's tags are the best ones."""
    result = []
    for doc in DocBin(store_user_data=True).from_disk(path).get_docs(Vocab()):
        half = np.frombuffer(doc.user_data["targets"], dtype="float16")
        targets = half.reshape(len(doc), len(TAGS)).astype("float32")
        tags = tuple(join_names([TAGS[i] for i in best_tags(targets)]))
        words, spaces = tuple(t.text for t in doc), tuple(bool(t.whitespace_) for t in doc)
        result.append(Soft(Sample(words, spaces, tags, doc.user_data["corpus"]), targets))
    return result


def _in_shards(samples: Sequence[Sample], label: Callable[[int, Sequence[Sample]], DocBin], out: Path) -> None:
    """Label the samples shard by shard, skipping those that are there; the shards become one file at the end."""
    folder = out.with_suffix(".shards")
    folder.mkdir(exist_ok=True)
    total: DocBin | None = None
    for number, start in enumerate(range(0, len(samples), SHARD)):
        path = folder / f"{number:04}.spacy"
        if not path.exists():
            box = label(number, samples[start : start + SHARD])
            box.to_disk(path.with_suffix(".new"))
            path.with_suffix(".new").rename(path)
            print(f"{min(start + SHARD, len(samples))} of {len(samples)} passages", flush=True)
        box = DocBin(store_user_data=True).from_disk(path)
        if total is None:
            total = box
        else:
            total.merge(box)
    assert total is not None
    new = out.with_suffix(".new")
    total.to_disk(new)
    new.rename(out)


def join_names(tags: list[str]) -> list[str]:
    """Join a name to the one of the same label right before it: "da" + "Silva". Two peoples stay two."""
    joined: list[str] = []
    for tag in tags:
        touches = bool(joined) and joined[-1][2:] == tag[2:] and tag.startswith("B-") and tag != "B-NORP"
        joined.append("I-" + tag[2:] if touches else tag)
    return joined


def label_syntax(root: Path, accurate: Path, out: Path, settings: LabelSettings) -> None:
    """Write news, encyclopaedia and raw text to ``out`` (a DocBin) as the encoder in the folder ``accurate`` parses it."""
    model = syntax_model(accurate)
    samples = [to_sample(doc, name) for name in settings.syntax_text for doc in read_docs(root, name)]
    samples = [p for s in samples for p in passages(s, settings.syntax_words)]
    samples += raw_text(root, settings.syntax_raw, settings.syntax_words, 1)
    print(f"parsing {sum(len(s.words) for s in samples)} words", flush=True)

    def label(_: int, part: Sequence[Sample]) -> DocBin:
        reader = SyntaxReader(Vocab(), model)
        docs = [Doc(reader.vocab, words=list(s.words), spaces=list(s.spaces)) for s in part]
        reader.set_annotations(docs, reader.predict(docs))
        return DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START"], docs=docs)

    _in_shards(samples, label, out)
