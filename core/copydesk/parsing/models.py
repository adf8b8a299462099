"""Which spaCy pipeline a name means, and what it is: version and hash."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from importlib import import_module, metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copydesk.errors import ModelNotFoundError, PipelineError
from copydesk.nearest import did_you_mean

if TYPE_CHECKING:
    from spacy.language import Language

MODEL_GROUP = "spacy_models"
"""The entry-point group in which packages of spaCy pipelines are found, spaCy's own included."""


class ModelRecord(NamedTuple):
    """Which model parsed: enough to know whether two runs used the same.

    Attributes:
        name: as the pipeline names it; `lang_name` of the model's own for an object.
        version: the model's own.
        sha256: digest of the files that spaCy loaded; of its configuration where it has none.
    """

    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.name} {self.version} sha256:{self.sha256}"


def load_model(model: str, folder: Path | None = None) -> Language:
    """The spaCy pipeline that `model` names: an installed package, a path, or `blank:en`.

    Raises:
        ModelNotFoundError: there is none; the message says how to get one.
        PipelineError: it is there, but loading it failed.
    """
    import spacy

    try:
        if model.startswith("blank:"):
            return _blank(model.removeprefix("blank:"))
        if is_path(model):
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
    if is_path(model):
        _checked_path(model, folder)
        return
    if any(entry_point.name == model for entry_point in metadata.entry_points(group=MODEL_GROUP)):
        return
    try:
        metadata.distribution(model)
    except (metadata.PackageNotFoundError, ValueError):
        raise _not_found(model) from None


def record_of(model: str | Language, nlp: Language, folder: Path | None = None) -> ModelRecord:
    """What a loaded model is."""
    name = model if isinstance(model, str) else f"{nlp.lang}_{nlp.meta.get('name', 'pipeline')}"
    files = _files_of(model, folder, nlp) if isinstance(model, str) else None
    digest = _digest_of_files(files) if files is not None else None
    if digest is None:
        digest = hashlib.sha256(nlp.config.to_str().encode()).hexdigest()
    return ModelRecord(name, str(nlp.meta.get("version", "")), digest[:16])


def _files_of(model: str, folder: Path | None, nlp: Language) -> Path | None:
    """The folder that a model's files lie in; None where it has none."""
    if model.startswith("blank:"):
        return None
    if nlp.path is not None:
        # Not the package around it: a checkout has files there that a wheel has not, and the model is the same.
        return Path(nlp.path)
    if is_path(model):
        return (folder or Path()) / model
    try:
        package = import_module(model).__file__
    except ImportError:
        return None
    return Path(package).parent if package else None


def _digest_of_files(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    stamps = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _digest(folder, stamps)


@lru_cache(16)
def _digest(folder: Path, stamps: tuple[tuple[Path, int, int], ...]) -> str:
    """The digest of files under a folder, by their names in it; read once as long as they do not change."""
    digest = hashlib.sha256()
    for path, _, _ in stamps:
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


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


def is_path(model: str) -> bool:
    """Whether a model's name means a folder."""
    return "/" in model or "\\" in model or model.startswith(".")


def _blank(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:
        raise ModelNotFoundError(f"spaCy has no language '{language}'; blank:en is English") from None
    nlp.add_pipe("sentencizer")  # rules on punctuation; runs only where a step uses doc.sents
    return nlp
