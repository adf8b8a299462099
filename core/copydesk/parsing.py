"""The one spaCy parse that all steps of a pipeline share.

Only those components of the spaCy pipeline run whose attributes the steps use: a pipeline of numbers
alone does not pay for a parser, and where no step uses spaCy it is not even imported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.errors import ModelNotFoundError, PipelineError, TextError
from copydesk.nearest import did_you_mean

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_GROUP = "spacy_models"
"""The entry-point group in which packages of spaCy pipelines are found, spaCy's own included."""

MAX_CHARS = 1_000_000
"""What spaCy takes at once: its parser and tagger need about 1 GB per 100,000 tokens."""

ZONE_CHARS = 2_000_000
"""After so much text spaCy forgets the words that it met: some ten megabytes of them."""

LONG_RUN = 400
PIECE = 100
"""spaCy's tokenizer takes quadratic time within a run of characters without a space (8,000 brackets:
5 s). A run longer than `LONG_RUN` is no word; it is cut into pieces of `PIECE` before it is tokenized."""

_DERIVED = {
    **dict.fromkeys(
        ("head", "children", "lefts", "rights", "n_lefts", "n_rights", "subtree", "ancestors", "conjuncts"), "dep"
    ),
    **dict.fromkeys(("left_edge", "right_edge", "is_ancestor", "has_head"), "dep"),
    **dict.fromkeys(("is_sent_start", "is_sent_end", "sent_start", "sent"), "sents"),
    **dict.fromkeys(("ent_type", "ent_iob", "ent_id", "ent_kb_id"), "ents"),
}
"""What spaCy computes from what."""

_MADE_BY_COMPONENTS = {
    "dep": ("token.dep", "token.head"),
    "tag": ("token.tag",),
    "pos": ("token.pos",),
    "morph": ("token.morph",),
    "lemma": ("token.lemma",),
    "sents": ("doc.sents", "token.is_sent_start", "token.sent_start"),
    "ents": ("doc.ents",),
}
"""Attributes that only a component can assign, and how spaCy's components say that they do."""


class SharedParse:
    """A spaCy pipeline, cut down to what some steps use.

    Args:
        model: an installed package (entry-point group `spacy_models`, or a distribution as
            `spacy.load` finds it), a path, or `blank:en`.
        uses: for each spaCy attribute in use, the ids of the steps that use it.
        folder: what a relative path starts from.

    Raises:
        ModelNotFoundError: there is no such model.
        PipelineError: the model lacks something that a step uses.
    """

    def __init__(self, model: str, uses: Mapping[str, Sequence[str]], folder: Path | None = None) -> None:
        self.model = model
        self.nlp = load_model(model, folder)
        self.components = _select(self.nlp, model, uses)
        self._disabled = self.nlp.select_pipes(enable=list(self.components))
        self._zone: AbstractContextManager[object] | None = None
        self._zone_chars = 0
        self._depth = 0

    def tokenize(self, text: str) -> Doc:
        """The text as tokens, in time linear in its length.

        Raises:
            TextError: the text is longer than spaCy takes.
        """
        if len(text) > MAX_CHARS:
            raise TextError(
                f"the text has {len(text):,} characters; the spaCy parse takes at most {MAX_CHARS:,}: "
                "split the document, or use a pipeline whose steps need no parse"
            )
        if all(len(word) <= LONG_RUN for word in text.split()):
            return self.nlp.make_doc(text)
        from spacy.tokens import Doc

        return Doc.from_docs([self.nlp.make_doc(piece) for piece in _pieces(text)], ensure_whitespace=False)

    def parse_all(self, texts: Sequence[str]) -> list[Doc | Exception]:
        """The parse of each text, or the exception that it met.

        They are parsed as one batch; where that fails, one by one, so that a bad text costs its
        neighbours nothing.
        """
        docs = [self._try_tokenize(text) for text in texts]
        sound = [doc for doc in docs if not isinstance(doc, Exception)]
        try:
            parsed = iter(list(self.nlp.pipe(sound)))
        except Exception:  # noqa: BLE001  # any component of any model; each text is tried again below
            return [self._try_parse(text) for text in texts]
        return [doc if isinstance(doc, Exception) else next(parsed) for doc in docs]

    def _try_tokenize(self, text: str) -> Doc | Exception:
        try:
            return self.tokenize(text)
        except Exception as error:  # noqa: BLE001  # the caller puts it on record
            return error

    def _try_parse(self, text: str) -> Doc | Exception:
        try:
            return self.nlp(self.tokenize(text))
        except Exception as error:  # noqa: BLE001  # the caller puts it on record
            return error

    @contextmanager
    def memory_zone(self, chars: int = ZONE_CHARS) -> Iterator[None]:
        """Around the work on some documents: forget, from time to time, the words that were new to spaCy.

        Without this a long run grows and grows; with a zone of its own for each batch, spaCy would make the
        same words again and again, at some 5 % of its time. So a zone stays open from batch to batch, until
        it has seen `ZONE_CHARS`. No Doc that was made inside may be touched outside.

        Args:
            chars: how much text the documents have.
        """
        if self._zone is None:
            self._zone = self.nlp.memory_zone()
            self._zone.__enter__()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._zone_chars += chars
            if self._depth == 0 and self._zone_chars >= ZONE_CHARS:
                # Closed here, and never by an exception: spaCy's own zone would stay open after one.
                zone, self._zone, self._zone_chars = self._zone, None, 0
                zone.__exit__(None, None, None)


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for run in re.finditer(r"\S+", text):
        if run.end() - run.start() > LONG_RUN:
            for cut in range(run.start() + PIECE, run.end(), PIECE):
                yield text[start:cut]
                start = cut
    yield text[start:]


def load_model(model: str, folder: Path | None = None) -> Language:
    """The spaCy pipeline that `model` names.

    Raises:
        ModelNotFoundError: there is none; the message says how to get one.
        PipelineError: it is there, but loading it failed.
    """
    import spacy

    try:
        if model.startswith("blank:"):
            return _blank(model.removeprefix("blank:"))
        if _is_path(model):
            return spacy.load(_checked_path(model, folder))
        for entry_point in metadata.entry_points(group=MODEL_GROUP):
            if entry_point.name == model:
                nlp: Language = entry_point.load().load()
                return nlp
        if spacy.util.is_package(model):
            return spacy.load(model)
    except ModelNotFoundError:
        raise
    except Exception as error:
        raise PipelineError(f"model '{model}' cannot be loaded: {type(error).__name__}: {error}") from error
    raise _not_found(model)


def check_model(model: str, folder: Path | None = None) -> None:
    """Whether there is such a model, without loading it.

    Raises:
        ModelNotFoundError: there is none.
    """
    if model.startswith("blank:"):
        return
    if _is_path(model):
        _checked_path(model, folder)
        return
    if any(entry_point.name == model for entry_point in metadata.entry_points(group=MODEL_GROUP)):
        return
    try:
        metadata.distribution(model)
    except (metadata.PackageNotFoundError, ValueError):
        raise _not_found(model) from None


def _not_found(model: str) -> ModelNotFoundError:
    installed = {entry_point.name for entry_point in metadata.entry_points(group=MODEL_GROUP)}
    return ModelNotFoundError(
        f"model '{model}' is not installed{did_you_mean(model, installed).rstrip('?')}. Install its package "
        f"(spaCy's own: python -m spacy download {model}), or give a path such as ./{model}, or blank:en"
    )


def _checked_path(model: str, folder: Path | None) -> Path:
    path = (folder or Path()) / model
    if not is_file(path / "config.cfg"):
        raise ModelNotFoundError(
            f"there is no spaCy pipeline at {path}; a folder that `nlp.to_disk` wrote holds a config.cfg"
        )
    return path


def is_file(path: str | Path) -> bool:
    """Whether there is such a file; False too for a name that no file could have, where Path.is_file raises."""
    return os.path.isfile(path)  # noqa: PTH113


def _is_path(model: str) -> bool:
    return "/" in model or "\\" in model or model.startswith(".")


def _blank(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:
        raise ModelNotFoundError(f"spaCy has no language '{language}'; blank:en is English") from None
    nlp.add_pipe("sentencizer")  # rules on punctuation; runs only where a step uses doc.sents
    return nlp


def _select(nlp: Language, model: str, uses: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of the components that assign what is used, and of those that these need."""
    wanted: dict[str, Sequence[str]] = {}
    chosen: set[str] = set()
    for attribute, steps in uses.items():
        for made in made_by_components(attribute, steps):
            wanted.setdefault(made, steps)
        # What this module knows nothing about (doc.cats, doc.spans, …), components may say that they assign.
        chosen |= {name for name in nlp.pipe_names if _plain(attribute) in _assigns(nlp, name)}
    for made, steps in wanted.items():
        makers = _makers(nlp, made)
        if not makers:
            raise PipelineError(
                f"model '{model}' does not provide {_MADE_BY_COMPONENTS[made][0]}, "
                f"which {_steps(steps)}; choose a model that does, such as copydesk_english"
            )
        chosen |= makers
    if "lemma" in wanted:
        chosen |= _makers(nlp, "pos")  # rule lemmatizers look up the part of speech; other kinds need none
    if wanted.keys() & {"tag", "pos", "morph", "lemma"}:
        chosen |= _attribute_rulers(nlp)  # mends exceptions
    for name in nlp.pipe_names:
        if set(getattr(nlp.get_pipe(name), "listening_components", ())) & chosen:
            chosen.add(name)
    return tuple(name for name in nlp.pipe_names if name in chosen)


def _makers(nlp: Language, made: str) -> set[str]:
    """The names of the components that assign something."""
    makers = {name for name in nlp.pipe_names if set(_MADE_BY_COMPONENTS[made]) & _assigns(nlp, name)}
    if made in {"pos", "morph"} and not makers and (rulers := _attribute_rulers(nlp)):
        # In spaCy's own models the attribute ruler maps tags to parts of speech and their features.
        makers = rulers | {name for name in nlp.pipe_names if "token.tag" in _assigns(nlp, name)}
    return makers


def _attribute_rulers(nlp: Language) -> set[str]:
    return {name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "attribute_ruler"}


def _assigns(nlp: Language, name: str) -> frozenset[str]:
    return frozenset(nlp.get_pipe_meta(name).assigns)


def _steps(steps: Sequence[str]) -> str:
    names = ", ".join(f"'{step}'" for step in steps)
    return f"step {names} uses" if len(steps) == 1 else f"steps {names} use"


def _plain(attribute: str) -> str:
    """`token.head.lemma_` -> `token.head`; spaCy's names of what a component assigns have no further parts."""
    owner, _, rest = attribute.partition(".")
    return f"{owner}.{rest.split('.')[0].removesuffix('_')}"


def made_by_components(attribute: str, steps: Sequence[str]) -> tuple[str, ...]:
    """What components must assign for this attribute to mean something; nothing where tokenizing is enough."""
    from spacy.tokens import Doc, Span, Token

    owner, _, name = _plain(attribute).partition(".")
    if name == "noun_chunks":
        return ("dep", "pos")
    if (owner, name) == ("span", "root"):
        return ("dep",)
    made = _DERIVED.get(name, name)
    if made in _MADE_BY_COMPONENTS:
        return (made,)
    kind = {"doc": Doc, "span": Span, "token": Token}[owner]
    if not hasattr(kind, name) and not hasattr(kind, f"{name}_"):  # whitespace_ has no number beside it
        known = [member for member in dir(kind) if not member.startswith("_")]
        raise PipelineError(
            f"'{attribute}', which {_steps(steps)}, is no attribute of spaCy's {kind.__name__}{did_you_mean(name, known)}"
        )
    return ()
