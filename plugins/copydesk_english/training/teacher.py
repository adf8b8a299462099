"""Stage ``teacher``: fine-tune a small pretrained encoder for names on the gold corpora and the mixture."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from corpora import NEWS, NameData, Sample, pieces, spans, to_sample
from encoder import CORPUS_IDS, IGNORE, TAG_IDS, TAGS, Batch, Encoder, WordPieces, make_batch
from settings import TeacherSettings
from spacy.tokens import Doc
from torch import Tensor, nn


def train_teacher(
    data: NameData, dev: dict[str, Sequence[Doc]], encoder: Path, out: Path, settings: TeacherSettings, seed: int
) -> None:
    """Fine-tune the encoder in the folder ``encoder`` and write the weights to ``out``; ``dev`` is only printed."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    wordpieces = WordPieces(encoder)
    stream = _stream(data, settings, rng)
    batches = _batches(stream, wordpieces, settings.batch_pieces, rng)
    print(f"teacher: {sum(len(s.words) for s in stream)} words, {len(batches)} steps", flush=True)
    model = Encoder(encoder)
    optimizer = torch.optim.AdamW(_groups(model, settings), lr=settings.learn_rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(batches), settings.warmup))
    loss_of = nn.CrossEntropyLoss(ignore_index=IGNORE, label_smoothing=settings.label_smoothing)
    started, seen, loss_sum = time.monotonic(), 0, 0.0
    model.train()
    for step, samples in enumerate(batches):
        corpora = [0 if rng.random() < settings.corpus_dropout else CORPUS_IDS[s.corpus] for s in samples]
        batch = make_batch([s.words for s in samples], corpora, wordpieces)
        target = _targets(samples, batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(batch)
        loss = loss_of(scores.float().flatten(0, 1), target.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        seen += sum(len(s.words) for s in samples)
        loss_sum += loss.item()
        if (step + 1) % 100 == 0:
            print(
                f"step {step + 1} loss {loss_sum / 100:.4f} {seen / (time.monotonic() - started):.0f} words/s",
                flush=True,
            )
            loss_sum = 0.0
        if (step + 1) % settings.evaluate_every == 0 or step + 1 == len(batches):
            _report(model, wordpieces, data, dev)
            torch.save(model.state_dict(), out.with_suffix(".part"))
            model.train()
    out.with_suffix(".part").rename(out)


def _stream(data: NameData, settings: TeacherSettings, rng: random.Random) -> list[Sample]:
    """Training pieces in order. News has automatic labels, so the last part of the training is gold alone."""
    gold = [*data.gold, *(s for s in data.mixture if s.corpus != NEWS)]
    news = [s for s in data.mixture if s.corpus == NEWS]
    gold = [piece for s in gold for piece in pieces(s, settings.piece_words)]
    news = [piece for s in news for piece in pieces(s, settings.piece_words)]
    rng.shuffle(gold)
    cut = round(len(gold) * (1 - settings.gold_tail))
    first = [*gold[:cut], *news]
    rng.shuffle(first)
    return [*first, *gold[cut:]]


def _batches(stream: list[Sample], wordpieces: WordPieces, size: int, rng: random.Random) -> list[list[Sample]]:
    """Batches of about ``size`` pieces with padding, of texts of like length, in nearly the stream's order."""
    batches: list[list[Sample]] = []
    window = 2000
    for start in range(0, len(stream), window):
        part = sorted(stream[start : start + window], key=lambda s: wordpieces.length(s.words))
        made: list[list[Sample]] = []
        current: list[Sample] = []
        for sample in part:
            if current and (len(current) + 1) * wordpieces.length(sample.words) > size:
                made.append(current)
                current = []
            current.append(sample)
        made.append(current)
        rng.shuffle(made)
        batches += made
    return batches


def _targets(samples: Sequence[Sample], batch: Batch) -> Tensor:
    target = torch.full(batch.first.shape, IGNORE, dtype=torch.long)
    for row, sample in enumerate(samples):
        tags = [IGNORE if tag is None else TAG_IDS[tag] for tag in sample.tags]
        target[row, : len(tags)] = torch.tensor(tags)
    return target


def _groups(model: Encoder, settings: TeacherSettings) -> list[dict[str, object]]:
    """Parameters with and without weight decay; the layers that start from nothing learn faster."""
    new = [*model.shape.parameters(), *model.corpus.parameters(), *model.tags.parameters()]
    known = {id(p) for p in new}
    old = [p for p in model.bert.parameters() if p.requires_grad and id(p) not in known]
    return [
        {"params": [p for p in old if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in old if p.ndim == 1], "weight_decay": 0.0},
        {"params": new, "weight_decay": 0.0, "lr": settings.learn_rate * 5},
    ]


def _rate(step: int, total: int, warmup: int) -> float:
    return min(1.0, (step + 1) / warmup) * max(0.0, 1 - step / total)


def predict(
    model: Encoder,
    wordpieces: WordPieces,
    texts: Sequence[Sequence[str]],
    size: int = 4096,
    corpora: Sequence[int] = (0,),
) -> Iterator[tuple[int, Tensor]]:
    """Yield (index of the text, probabilities of shape (words, tags)), shortest texts first.

    Where several corpora are given, the probabilities under each are averaged.
    """
    order = sorted(range(len(texts)), key=lambda i: wordpieces.length(texts[i]))
    start = 0
    model.eval()
    while start < len(order):
        end = start + 1
        while end < len(order) and (end - start + 1) * wordpieces.length(texts[order[end]]) <= size:
            end += 1
        rows = order[start:end]
        total: Tensor | None = None
        for corpus in corpora:
            batch = make_batch([texts[i] for i in rows], [corpus] * len(rows), wordpieces)
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                probabilities = model(batch).float().softmax(-1)
            total = probabilities if total is None else total + probabilities
        assert total is not None
        for row, i in enumerate(rows):
            yield i, total[row, : len(texts[i])] / len(corpora)
        start = end


def f_score(gold: Sequence[Sample], predicted: Sequence[Sequence[str]]) -> float:
    """F1 over exact spans and labels, ignoring words whose gold label is open."""
    right = made = wanted = 0
    for sample, tags in zip(gold, predicted, strict=True):
        open_words = {i for i, tag in enumerate(sample.tags) if tag is None}
        want = spans(sample.tags)
        have = {s for s in spans(tags) if not open_words.intersection(range(s[0], s[1]))}
        right += len(want & have)
        made += len(have)
        wanted += len(want)
    return 2 * right / (made + wanted) if made + wanted else 0.0


def best_tags(
    model: Encoder, wordpieces: WordPieces, samples: Sequence[Sample], corpora: Sequence[int] = (0,)
) -> list[list[str]]:
    """Most probable tag of every word of each sample."""
    result: list[list[str]] = [[] for _ in samples]
    for i, probabilities in predict(model, wordpieces, [s.words for s in samples], corpora=corpora):
        result[i] = [TAGS[j] for j in probabilities.argmax(-1).tolist()]
    return result


def _report(model: Encoder, wordpieces: WordPieces, data: NameData, dev: dict[str, Sequence[Doc]]) -> None:
    sets = {name: [p for doc in docs for p in pieces(to_sample(doc, name), 160)] for name, docs in dev.items()}
    sets["held out"] = data.held_out
    scores = {name: f_score(samples, best_tags(model, wordpieces, samples)) for name, samples in sets.items()}
    print("  ".join(f"{name} {100 * score:.1f}" for name, score in scores.items()), flush=True)
