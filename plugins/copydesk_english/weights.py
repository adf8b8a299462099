"""How the bundled pipeline's networks are stored and computed."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from spacy.language import Language
from thinc.api import get_current_ops, use_ops

__all__ = ["fast_cpu", "widen"]


def fast_cpu() -> AbstractContextManager[Any]:
    """Context in which new networks multiply matrices with numpy's BLAS, where they would have used thinc's own.

    On processors with AVX-512 numpy's is up to three times as fast. Where spaCy computes otherwise (a GPU, Apple's
    library), nothing changes.
    """
    ops = get_current_ops()
    if ops.name == "numpy" and getattr(ops, "use_blis", False):
        return use_ops("numpy", use_blis=False)
    return nullcontext()


def widen(nlp: Language) -> None:
    """Turn stored float16 weights into the float32 that the networks compute with, in place.

    Storing them so halves the size, and changes no figure of the model card by more than 0.1.
    """
    for _, component in nlp.components:
        model: Any = getattr(component, "model", None)
        if not hasattr(model, "walk"):
            continue
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.ops.asarray(node.get_param(name), dtype="float32"))
