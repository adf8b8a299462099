"""Fine-tune an encoder: one loop for all teachers, which goes on from its last checkpoint when it was interrupted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from encoder import WordEncoder, WordPieces, fast_math
from settings import TeacherSettings
from torch import Tensor, nn

T = TypeVar("T")


def fine_tune(
    model: WordEncoder,
    batches: Sequence[list[T]],
    loss_of: Callable[[list[T], random.Random], Tensor],
    out: Path,
    settings: TeacherSettings,
    seed: int,
    report: Callable[[], str],
) -> None:
    """Train ``model`` on the batches, in their order, and write its state to ``out``; ``report`` is printed now and then.

    A checkpoint lies next to ``out``. Where there is one, the training goes on from its step: the batches must be the same
    then. Chance (dropout, and what ``loss_of`` draws) depends on the seed and the step alone, so nothing else is kept.
    """
    part = out.with_suffix(".part")
    optimizer = torch.optim.AdamW(_groups(model, settings), lr=settings.learn_rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, len(batches), settings.warmup))
    done = 0
    if part.exists():
        saved = torch.load(part, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        done = saved["step"]
        print(f"going on from step {done}", flush=True)
    started, loss_sum = time.process_time(), 0.0
    model.train()
    for step in range(done, len(batches)):
        torch.manual_seed(seed * 1_000_003 + step)
        with fast_math():
            loss = loss_of(batches[step], random.Random(seed * 1_000_003 + step))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        loss_sum += loss.item()
        count = step + 1
        if count % 50 == 0:
            seconds = (time.process_time() - started) / (count - done)
            print(f"step {count} of {len(batches)} loss {loss_sum / 50:.4f} {seconds:.2f} s a step", flush=True)
            loss_sum = 0.0
        if count % settings.evaluate_every == 0 or count == len(batches):
            print(report(), flush=True)
            model.train()
        if count % settings.save_every == 0:
            _save(
                {
                    "step": count,
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                },
                part,
            )
    _save(model.state_dict(), out)
    part.unlink(missing_ok=True)


def _save(state: object, path: Path) -> None:
    """Write as a whole or not at all: the process may be stopped at any time."""
    new = path.with_suffix(".new")
    torch.save(state, new)
    new.rename(path)


def _groups(model: WordEncoder, settings: TeacherSettings) -> list[dict[str, object]]:
    """Parameters with and without weight decay; what starts from nothing learns faster."""
    old = [p for name, p in model.named_parameters() if name.startswith("base.") and p.requires_grad]
    new = [p for name, p in model.named_parameters() if not name.startswith("base.")]
    return [
        {"params": [p for p in old if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in old if p.ndim == 1], "weight_decay": 0.0},
        {"params": new, "weight_decay": 0.0, "lr": settings.learn_rate * settings.new_rate},
    ]


def rate(step: int, total: int, warmup: int) -> float:
    """Factor of the learning rate: linear up, then linear down to nothing."""
    return min(1.0, (step + 1) / warmup) * max(0.0, 1 - step / total)


def batched(
    samples: Sequence[T], words: Callable[[T], Sequence[str]], pieces: WordPieces, size: int, rng: random.Random
) -> list[list[T]]:
    """Batches of about ``size`` pieces with padding, of texts of like length, in nearly the samples' order."""
    batches: list[list[T]] = []
    window = 2000
    for start in range(0, len(samples), window):
        part = sorted(samples[start : start + window], key=lambda sample: pieces.length(words(sample)))
        made: list[list[T]] = []
        current: list[T] = []
        for sample in part:
            if current and (len(current) + 1) * pieces.length(words(sample)) > size:
                made.append(current)
                current = []
            current.append(sample)
        made.append(current)
        rng.shuffle(made)
        batches += made
    return batches
