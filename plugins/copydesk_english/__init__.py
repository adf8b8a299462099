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
    path: Path = MODEL_PATH,
) -> Language:
    """Load the pipeline, in well under a second.

    The arguments are those of ``spacy.load``: ``vocab`` to share one, names of components to ``disable`` (loaded but not
    run), ``enable`` (all others are disabled) or ``exclude`` (not loaded), and ``config`` overrides. ``path`` is for a
    pipeline that the recipe in ``training`` has just made. Raises OSError where files of the model are missing,
    ValueError where spaCy refuses the arguments.
    """
    from spacy.util import load_model_from_path

    # Imported for their side effects: the model's config names the layer and the component that these register.
    from . import embedding as _embedding
    from . import lemmas as _lemmas
    from . import names as _names
    from . import sentences as _sentences
    from .weights import fast_cpu, widen

    del _embedding, _lemmas, _names, _sentences
    with fast_cpu():
        nlp = load_model_from_path(
            path, vocab=vocab, disable=disable, enable=enable, exclude=exclude, config=config or {}
        )
    widen(nlp)
    return nlp
