"""Train the network that finds names: stage ``names``.

From the teacher it learns probabilities, not labels: where that hesitates between an organisation and a place, the
hesitation is what there is to learn.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import checkpoint
import numpy as np
import spacy
from corpora import Sample, f_score
from numpy.typing import NDArray
from settings import NameStudentSettings
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import fix_random_seed, load_config
from student import rate
from thinc.api import Adam, Model, set_dropout_rate, use_ops

import copydesk_english.embedding  # noqa: F401  # registers the layer that names.cfg names
from copydesk_english.names import TAGS, best_tags

Targets = NDArray[np.float32]


@dataclass(frozen=True)
class Soft:
    """A text and for each of its words the probabilities of its tags; a row of zeros is open."""

    sample: Sample
    targets: Targets


@dataclass(frozen=True)
class SoftSource:
    """Texts, and how many of the words drawn are to come from here."""

    texts: Sequence[Soft]
    share: float


def one_hot(sample: Sample, smoothing: float) -> Targets:
    """Targets of shape (words, tags) from a sample's tags; ``smoothing`` is spread over all tags."""
    targets = np.zeros((len(sample.tags), len(TAGS)), dtype="float32")
    for i, tag in enumerate(sample.tags):
        if tag is not None:
            targets[i] = smoothing / len(TAGS)
            targets[i, TAGS.index(tag)] += 1 - smoothing
    return targets


def train_name_student(
    config: Path,
    sources: Sequence[SoftSource],
    dev: Mapping[str, Sequence[Sample]],
    out: Path,
    settings: NameStudentSettings,
    seed: int,
    start: Language | None = None,
) -> None:
    """Train the pipeline of ``config`` and write the averages of its last weights to the folder ``out``.

    Layers begin as those of the names of ``start``, where it has them; further ones begin as nothing. The figures on
    ``dev`` are only printed. A checkpoint beside ``out`` is gone on from, when there is one.
    """
    fix_random_seed(seed)
    with use_ops("numpy", use_blis=False):
        part = out.with_name(out.name + ".part")
        nlp = spacy.load(part) if part.exists() else _new(config, sources, start)
        model = nlp.get_pipe("ner").model
        optimizer = Adam(
            settings.learn_rate,
            beta2=0.999,
            L2=settings.weight_decay,
            L2_is_weight_decay=True,
            grad_clip=1.0,
            use_averages=True,
        )
        done = checkpoint.restore(nlp, optimizer, part) if part.exists() else 0
        batches = _batches(sources, settings, random.Random(seed))
        started, words, lost = time.process_time(), 0, 0.0
        for step in range(settings.steps):
            batch = next(batches)
            if step < done:
                continue
            optimizer.learn_rate = settings.learn_rate * rate(step, settings.steps, settings.warmup)
            set_dropout_rate(model, settings.dropout)
            count, loss = _update(nlp, model, batch)
            model.finish_update(optimizer)
            words, lost = words + count, lost + loss
            if (step + 1) % settings.evaluate_every == 0 or step + 1 == settings.steps:
                with nlp.use_params(optimizer.averages):
                    shown = report(nlp, dev)
                speed = words / (time.process_time() - started)
                print(
                    f"step {step + 1} {speed:.0f} words/s loss {lost / settings.evaluate_every:.4f} | {shown}",
                    flush=True,
                )
                lost = 0.0
                checkpoint.save(nlp, optimizer, step + 1, part)
        with nlp.use_params(optimizer.averages):
            nlp.to_disk(out)
    shutil.rmtree(part, ignore_errors=True)


def report(nlp: Language, dev: Mapping[str, Sequence[Sample]]) -> str:
    """One line: F1 on each set."""
    tagger = nlp.get_pipe("ner")
    scores = {}
    for name, samples in dev.items():
        found = tagger.predict([_doc(nlp, sample) for sample in samples])
        scores[name] = f_score(samples, [[TAGS[i] for i in best_tags(rows)] for rows in found])
    return "  ".join(f"{name} {100 * score:.1f}" for name, score in scores.items())


def _new(config: Path, sources: Sequence[SoftSource], start: Language | None) -> Language:
    nlp = English.from_config(load_config(config), auto_fill=True)
    model = nlp.get_pipe("ner").model
    model.initialize(X=[_doc(nlp, soft.sample) for soft in sources[0].texts[:10]])
    if start is not None:
        _begin_as(model, start.get_pipe("ner").model)
    return nlp


def _begin_as(model: Model, older: Model) -> None:
    """Copy the layers that both have. A layer of the encoder that ``older`` lacks adds nothing at first: its scale is 0."""
    old = _layers(older)
    for i, layer in enumerate(_layers(model)):
        if i < len(old):
            for name in layer.param_names:
                layer.set_param(name, np.array(old[i].get_param(name), dtype="float32"))
        elif layer.name == "layernorm":
            layer.set_param("G", np.zeros_like(layer.get_param("G")))
    if older.has_ref("softmax"):
        for name in ("W", "b"):
            model.get_ref("softmax").set_param(
                name, np.array(older.get_ref("softmax").get_param(name), dtype="float32")
            )


def _layers(model: Model) -> list[Model]:
    """Layers with weights in the order in which a word passes them, from the embedding to the last of the encoder."""
    kinds = ("hashembed", "maxout", "layernorm")
    return [node for node in model.get_ref("tok2vec").walk(order="dfs_pre") if node.name in kinds]


def _update(nlp: Language, model: Model, batch: Sequence[Soft]) -> tuple[int, float]:
    """Add up the gradients of a batch. Returns its words and its loss, the mean cross entropy less the targets' own."""
    docs = [_doc(nlp, soft.sample) for soft in batch]
    found, backprop = model.begin_update(docs)
    gradients, loss, count = [], 0.0, sum(len(doc) for doc in docs)
    for rows, soft in zip(found, batch, strict=True):
        targets = soft.targets
        gradients.append(rows * targets.sum(1, keepdims=True) - targets)
        loss += float((targets * (np.log(targets + 1e-6) - np.log(rows + 1e-6))).sum())
    backprop(gradients)
    return count, loss / count


def _doc(nlp: Language, sample: Sample) -> Doc:
    return Doc(nlp.vocab, words=list(sample.words), spaces=list(sample.spaces))


def _batches(sources: Sequence[SoftSource], settings: NameStudentSettings, rng: random.Random) -> Iterator[list[Soft]]:
    """Endless batches of at least so many words. Each source is shuffled anew when it is used up."""
    streams = [_endless(list(source.texts), rng) for source in sources]
    drawn = [0.0] * len(sources)
    while True:
        batch: list[Soft] = []
        words = 0
        while words < settings.batch_words:
            # The source that is furthest behind its share.
            i = min(range(len(sources)), key=lambda k: drawn[k] / sources[k].share)
            soft = next(streams[i])
            drawn[i] += len(soft.targets)
            words += len(soft.targets)
            batch.append(_recased(soft, settings, rng))
        yield batch


def _endless(texts: list[Soft], rng: random.Random) -> Iterator[Soft]:
    while True:
        rng.shuffle(texts)
        yield from texts


def _recased(soft: Soft, settings: NameStudentSettings, rng: random.Random) -> Soft:
    """Now and then the text in capitals, as in headlines, or without any."""
    drawn = rng.random()
    if drawn < settings.upper:
        return Soft(soft.sample.upper(), soft.targets)
    return Soft(soft.sample.lower(), soft.targets) if drawn < settings.upper + settings.lower else soft
