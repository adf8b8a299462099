"""The accurate English pipeline: syntax and names of transformers in eight bits, lemmas of ``copydesk_english``.

    import copydesk_english_accurate
    nlp = copydesk_english_accurate.load()

Its components are ``syntax`` (tags, morphology, dependencies and sentences), ``lemmatizer`` and ``ner``. It is a spaCy
package like any other, declared in the entry-point group ``spacy_models``, and needs onnxruntime, but no torch. Importing it
is cheap: spaCy and onnxruntime are imported by :func:`load` and by the first text. What it was trained on, and how good it
is: MODEL_CARD.md.
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

#: Folder with the encoders and their vocabulary of word pieces.
MODEL_PATH = Path(__file__).parent / "model"


#: Components of the bundled pipeline that the encoders stand for.
_REPLACED = ("tok2vec", "tagger", "morphologizer", "sentences", "parser", "ner")


def load(
    *,
    vocab: Vocab | bool = True,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: dict[str, Any] | None = None,
) -> Language:
    """Load the pipeline, in about half a second; the encoders themselves are read with the first text.

    The arguments are those of :func:`copydesk_english.load`. Raises OSError where files of the model are missing,
    ValueError where spaCy refuses the arguments.
    """
    import copydesk_english

    # Imported for their side effects: the components and models are built by the names that these register.
    from . import names as _names
    from . import syntax as _syntax

    del _names, _syntax
    excluded = {exclude} if isinstance(exclude, str) else set(exclude)
    nlp = copydesk_english.load(vocab=vocab, exclude=[*excluded, *_REPLACED], config=config)
    if "syntax" not in excluded:
        nlp.add_pipe("copydesk_syntax", name="syntax", first=True)
    if "ner" not in excluded:
        nlp.add_pipe("copydesk_names", name="ner", config={"model": {"@architectures": "copydesk.EncoderNames.v1"}})
    nlp.meta.update(
        name="copydesk_accurate",
        version=__version__,
        description="English for news text, read by transformers. Load it with copydesk_english_accurate.load().",
        license="CC BY-SA 4.0, Apache 2.0",
    )
    # What a run records about its model is the digest of these files.
    nlp._path = MODEL_PATH  # type: ignore[assignment] # noqa: SLF001 -- spaCy has no public way to say where a pipeline lies
    off = {disable} if isinstance(disable, str) else set(disable)
    on = {enable} if isinstance(enable, str) else set(enable)
    for name in nlp.pipe_names:
        if name in off or (on and name not in on):
            nlp.disable_pipe(name)
    return nlp
