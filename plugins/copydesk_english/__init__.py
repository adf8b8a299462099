"""The bundled English pipeline: tags, morphology, dependencies, lemmas, sentences and names.

    import copydesk_english
    nlp = copydesk_english.load()

It is a spaCy package like any other, declared in the entry-point group ``spacy_models``. Importing it is cheap: spaCy is
imported by :func:`load`. What it was trained on, under which licences, and how good it is: MODEL_CARD.md next to this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

__all__ = ["MODEL_PATH", "__version__", "load"]

__version__ = "0.1.0"

#: Folder with the pipeline as spaCy stores it, but with weights of 16 bits: :func:`load` reads it, ``spacy.load`` can't.
MODEL_PATH = Path(__file__).parent / "model"


def load(
    *,
    vocab: Vocab | bool = True,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: dict[str, Any] | None = None,
) -> Language:
    """Load the pipeline, in well under a second.

    The arguments are those of ``spacy.load``: ``vocab`` to share one, names of components to ``disable`` (loaded but not
    run), ``enable`` (all others are disabled) or ``exclude`` (not loaded), and ``config`` overrides. Raises OSError where
    files of the model are missing, ValueError where spaCy refuses the arguments.
    """
    from spacy.util import load_model_from_path

    nlp = load_model_from_path(
        MODEL_PATH, vocab=vocab, disable=disable, enable=enable, exclude=exclude, config=config or {}
    )
    _widen(nlp)
    return nlp


def _widen(nlp: Language) -> None:
    """Turn the stored float16 weights into the float32 that the networks compute with, in place.

    Half the size on disk, and no figure of the model card changes by more than 0.1.
    """
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if not hasattr(model, "walk"):
            continue
        for node in model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, node.get_param(name).astype("float32"))
