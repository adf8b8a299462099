"""Checkpoints of a spaCy pipeline in training: its weights, and the optimizer's moments and averages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.language import Language
from thinc.api import Optimizer

_KINDS = ("mom1", "mom2", "averages")


def save(nlp: Language, optimizer: Optimizer, step: int, folder: Path) -> None:
    """Write all of it to ``folder``, as a whole or not at all."""
    new = folder.with_name(folder.name + ".new")
    nlp.to_disk(new)
    arrays = {"step": np.array(step)}
    for place, key in _keys(nlp):
        if key in optimizer.nr_update:
            arrays[f"{place}/updates"] = np.array(optimizer.nr_update[key])
        for kind in _KINDS:
            if key in getattr(optimizer, kind):
                arrays[f"{place}/{kind}"] = getattr(optimizer, kind)[key]
    np.savez(new / "optimizer.npz", **arrays)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)


def restore(nlp: Language, optimizer: Optimizer, folder: Path) -> int:
    """Fill ``optimizer``, which is new, for ``nlp``, which was read from ``folder``. Returns the step to go on from."""
    with np.load(folder / "optimizer.npz") as arrays:
        for place, key in _keys(nlp):
            if f"{place}/updates" in arrays:
                optimizer.nr_update[key] = int(arrays[f"{place}/updates"])
            for kind in _KINDS:
                if f"{place}/{kind}" in arrays:
                    getattr(optimizer, kind)[key] = arrays[f"{place}/{kind}"]
        return int(arrays["step"])


def _keys(nlp: Language) -> Iterator[tuple[str, tuple[int, str]]]:
    """Where each weight is, and the optimizer's key for it. Keys hold numbers that differ from process to process."""
    for name, component in nlp.components:
        for i, node in enumerate(component.model.walk()):
            for param in node.param_names:
                yield f"{name}/{i}/{param}", (node.id, param)
