"""The accurate English pipeline: that of ``copydesk_english``, with the names of a transformer in eight bits.

    import copydesk_english_accurate
    nlp = copydesk_english_accurate.load()

Tags, dependencies, sentences and lemmas are the bundled pipeline's. It is a spaCy package like any other, declared in the
entry-point group ``spacy_models``, and needs onnxruntime, but no torch. Importing it is cheap: spaCy and onnxruntime are
imported by :func:`load` and by the first text. What it was trained on, and how good it is: MODEL_CARD.md.
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

#: Folder with the encoder and its vocabulary of word pieces.
MODEL_PATH = Path(__file__).parent / "model"


def load(
    *,
    vocab: Vocab | bool = True,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: dict[str, Any] | None = None,
) -> Language:
    """Load the pipeline, in about half a second; the encoder itself is read with the first text.

    The arguments are those of :func:`copydesk_english.load`. Raises OSError where files of the model are missing,
    ValueError where spaCy refuses the arguments.
    """
    import copydesk_english

    # Imported for its side effect: the component's model is built by the name that this registers.
    from . import encoder as _encoder

    del _encoder
    excluded = {exclude} if isinstance(exclude, str) else set(exclude)
    nlp = copydesk_english.load(vocab=vocab, exclude=[*excluded, "ner"], config=config)
    if "ner" not in excluded:
        nlp.add_pipe("copydesk_names", name="ner", config={"model": {"@architectures": "copydesk.EncoderNames.v1"}})
    nlp.meta.update(
        name="copydesk_accurate",
        version=__version__,
        description="English for news text, with the names of a transformer. Load it with copydesk_english_accurate.load().",
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
