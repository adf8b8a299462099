"""Train a small spaCy pipeline: the stages ``names`` and ``syntax``.

The loop is our own, not ``spacy train``: it draws from several corpora in fixed proportions, and it multiplies matrices
with numpy's BLAS, which is up to three times as fast as the library spaCy uses by default.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import checkpoint
import spacy
from settings import StudentSettings
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, load_config
from thinc.api import Adam, Optimizer, use_ops

import copydesk_english.embedding  # noqa: F401  # registers the layer that names.cfg names


@dataclass(frozen=True)
class Source:
    """Annotated documents, and how many of the words drawn are to come from here."""

    docs: Sequence[Doc]
    share: float


def train_student(
    config: Path,
    sources: Sequence[Source],
    dev: Sequence[Doc],
    out: Path,
    settings: StudentSettings,
    seed: int,
    start: Path | None = None,
) -> None:
    """Train the pipeline of ``config`` and write its averaged weights to the folder ``out``: the best by the scores
    in ``settings.select`` on ``dev``, or the last where that is empty.

    ``start`` is the folder of a pipeline that an earlier call wrote, to be trained on; its labels stay as they are.
    A checkpoint beside ``out`` is gone on from, when there is one.
    """
    fix_random_seed(seed)
    with use_ops("numpy", use_blis=False):
        part = out.with_name(out.name + ".part")
        begin = part if part.exists() else start
        nlp = _new(config, sources, settings) if begin is None else spacy.load(begin)
        optimizer = Adam(
            settings.learn_rate,
            beta2=0.999,
            L2=settings.weight_decay,
            L2_is_weight_decay=True,
            grad_clip=1.0,
            use_averages=True,
        )
        done = checkpoint.restore(nlp, optimizer, part) if part.exists() else 0
        best, started, words = _best(out), time.monotonic(), 0
        losses: dict[str, float] = {}
        batches = _batches(sources, settings.batch_words, random.Random(seed))
        for step in range(settings.steps):
            batch = next(batches)
            if step < done:
                continue
            optimizer.learn_rate = settings.learn_rate * rate(step, settings.steps, settings.warmup)
            words += sum(len(doc) for doc in batch)
            _update(nlp, batch, optimizer, settings.dropout, losses)
            if (step + 1) % settings.evaluate_every == 0 or step + 1 == settings.steps:
                with nlp.use_params(optimizer.averages):
                    # Fresh documents: the parser keeps to sentence starts that an earlier evaluation has set.
                    scores = nlp.evaluate([_example(nlp, doc) for doc in dev])
                    score = sum(scores[name] or 0.0 for name in settings.select)
                    if score >= best:
                        best = score
                        nlp.meta["score"] = score
                        nlp.to_disk(out.with_name(out.name + ".best"))
                shown = " ".join(f"{name} {100 * (scores[name] or 0.0):.2f}" for name in settings.show)
                lost = " ".join(f"{name} {value / settings.evaluate_every:.0f}" for name, value in losses.items())
                print(
                    f"step {step + 1} {words / (time.monotonic() - started):.0f} words/s loss {lost} | {shown}",
                    flush=True,
                )
                losses = {}
                checkpoint.save(nlp, optimizer, step + 1, part)
    shutil.rmtree(part, ignore_errors=True)
    out.with_name(out.name + ".best").rename(out)


def _new(config: Path, sources: Sequence[Source], settings: StudentSettings) -> Language:
    nlp = English.from_config(load_config(config), auto_fill=True)
    # Labels come from all documents; shapes from the first few.
    nlp.initialize(
        lambda: [Example(doc.copy(), doc) for source in sources for doc in source.docs[: settings.label_docs]]
    )
    return nlp


def _best(out: Path) -> float:
    """The best score before an interruption."""
    meta = out.with_name(out.name + ".best") / "meta.json"
    return float(json.loads(meta.read_text(encoding="utf8"))["score"]) if meta.exists() else -1.0


def rate(step: int, total: int, warmup: int) -> float:
    """Factor of the learning rate: linear up, then linear down to a twentieth."""
    return min(1.0, (step + 1) / warmup) * max(0.05, 1 - step / total)


def _update(nlp: Language, docs: list[Doc], optimizer: Optimizer, dropout: float, losses: dict[str, float]) -> None:
    """One step. Documents whose annotation no sequence of moves gives (rare, around missing values) are left out."""
    try:
        nlp.update([_example(nlp, doc) for doc in docs], sgd=optimizer, drop=dropout, losses=losses)
    except ValueError:
        # spaCy says that there is one, not which: gradients of single documents add up to the batch's.
        for doc in docs:
            with contextlib.suppress(ValueError):
                nlp.update([_example(nlp, doc)], sgd=False, drop=dropout, losses=losses)
        for _, component in nlp.pipeline:
            component.finish_update(optimizer)


def _example(nlp: Language, doc: Doc) -> Example:
    return Example(Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]), doc)


def _batches(sources: Sequence[Source], size: int, rng: random.Random) -> Iterator[list[Doc]]:
    """Endless batches of at least ``size`` words. Each source is shuffled anew when it is used up."""
    streams = [_endless(list(source.docs), rng) for source in sources]
    shares = [source.share for source in sources]
    drawn = [0.0] * len(sources)
    while True:
        batch: list[Doc] = []
        words = 0
        while words < size:
            # The source that is furthest behind its share.
            i = min(range(len(sources)), key=lambda k: drawn[k] / shares[k])
            doc = next(streams[i])
            drawn[i] += len(doc)
            words += len(doc)
            batch.append(doc)
        yield batch


def _endless(docs: list[Doc], rng: random.Random) -> Iterator[Doc]:
    while True:
        rng.shuffle(docs)
        yield from docs
