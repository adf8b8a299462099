"""Component: what a plugin author subclasses.

A component reads a document and returns annotations. It changes nothing, so the pipeline can stamp
who made what, refuse what was not declared, time each step, and drop the half-finished output of a
step that failed.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_jsonable_python

from copydesk.annotation import Annotation
from copydesk.document import Document

if TYPE_CHECKING:
    from pluggy import HookRelay

API_VERSION = 1
"""The version of the component interface that this copydesk speaks."""

_SPACY_ATTRIBUTE = re.compile(r"(token|doc|span)(\.[a-z][a-z0-9_]*)+")


def are_spacy_attributes(names: object) -> bool:
    """Whether this is what `uses` must be: a tuple such as ("token.dep", "doc.ents")."""
    return isinstance(names, tuple) and all(
        isinstance(name, str) and _SPACY_ATTRIBUTE.fullmatch(name) is not None for name in names
    )


class ComponentConfig(BaseModel):
    """Base of a component's `Config`: frozen, and unknown settings are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Component(ABC):
    """One kind of step. Subclass it, and name it in your plugin's `copydesk_components` hook.

    Class attributes:
        name: what pipeline files call it: `use: shouts`, or `use: plugin.shouts`.
        requires: annotation types that an earlier step must provide.
        requires_optional: annotation types it reads where an earlier step provides them.
        provides: annotation types it may return; any other is an error.
        uses: attributes of the spaCy parse that it reads, by spaCy's own names ("token.dep",
            "doc.ents", …). The pipeline parses once for all steps, with only what they use.
            An instance may set its own, where its config decides.
        uses_optional: attributes it reads where the pipeline computes them for another step anyway.
        api_version: the version of this interface that it was written for.

    Args:
        config: an instance of its `Config`; or give the settings by keyword: `ShoutFinder(min_length=4)`.
    """

    Config: ClassVar[type[ComponentConfig]] = ComponentConfig

    name: ClassVar[str]
    requires: ClassVar[tuple[type[Annotation], ...]] = ()
    requires_optional: ClassVar[tuple[type[Annotation], ...]] = ()
    provides: ClassVar[tuple[type[Annotation], ...]] = ()
    uses: tuple[str, ...] = ()
    uses_optional: tuple[str, ...] = ()
    api_version: ClassVar[int] = API_VERSION

    config: ComponentConfig
    hooks: HookRelay | None = None
    """The hooks of the plugins that the pipeline names; the pipeline sets it before `setup`."""

    def __init__(self, config: ComponentConfig | None = None, /, **settings: Any) -> None:
        if config is not None and settings:
            raise TypeError(f"{type(self).__name__} takes a config or settings by keyword, not both")
        self.config = config if config is not None else self.Config(**settings)

    def setup(self) -> None:  # noqa: B027  # optional to override
        """Heavy imports, files and models: called once by a pipeline, before its first document."""

    @abstractmethod
    def process(self, document: Document) -> Iterable[Annotation]:
        """What it finds in a document. `document.doc` is the spaCy parse, for a component that `uses` one."""

    @classmethod
    def description(cls) -> str:
        """The first paragraph of its docstring, on one line: what `copydesk plugins` shows."""
        doc = inspect.cleandoc(cls.__doc__ or "")
        return " ".join(doc.split("\n\n")[0].split())

    def config_digest(self) -> str:
        """`sha256:` and the digest of the full configuration, defaults and the content of files included."""
        canonical = json.dumps(_canonical(self.config), sort_keys=True)
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _canonical(value: object) -> object:
    """A value as JSON, the same in every process and on every machine: sets in order, files by their content."""
    if isinstance(value, BaseModel):
        return {name: _canonical(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(to_jsonable_python(key)): _canonical(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(item) for item in value]
    if isinstance(value, Path) and value.is_file():
        # What it says counts, not where it lies: else each checkout had a digest of its own.
        with value.open("rb") as file:
            return {"name": value.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    if isinstance(value, set | frozenset):
        return sorted((_canonical(item) for item in value), key=json.dumps)
    return to_jsonable_python(value)
