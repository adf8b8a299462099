"""Component: what a plugin author subclasses.

A component reads a document and returns annotations. It changes nothing, so the pipeline can stamp
who made what, refuse what was not declared, time each step, and drop the half-finished output of a
step that failed.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.reference import Merged
from copydesk.plugins.config import C_co, Configured
from copydesk.plugins.context import Context

_SPACY_ATTRIBUTE = re.compile(r"(token|doc|span)(\.[a-z][a-z0-9_]*)+")

Found = Iterable[Annotation | Merged]
"""What a component returns of a document."""


def are_spacy_attributes(names: object) -> bool:
    """Whether this is what `uses` must be: a tuple such as ("token.dep", "doc.ents")."""
    return isinstance(names, tuple) and all(
        isinstance(name, str) and _SPACY_ATTRIBUTE.fullmatch(name) is not None for name in names
    )


class Component(Configured[C_co], ABC):
    """One kind of step. Subclass it, and name it in your plugin's `copydesk_components` hook.

    An instance is its class and its settings. The pipeline makes instances of its own, sets each up once and uses it
    in one thread at a time; outside `setup`, nothing may be set on it.

    Class attributes:
        name: what pipeline files call it: `use: shouts`, or `use: plugin.shouts`.
        api: the version of this interface that it was written for.
        requires: annotation types that an earlier step must provide, or layers by name.
        reads: annotation types, or layers by name, that it reads where they are there. It sees no others.
        provides: annotation types it may return; any other is an error.
        revises: annotation types of which it returns the whole layer anew: what it leaves out is gone.
        uses: attributes of the spaCy parse that it reads, by spaCy's own names ("token.dep",
            "doc.ents", …). The pipeline parses once for all steps, with only what they use.
            Where its settings decide, override `used`.
        uses_optional: attributes it reads where the pipeline computes them for another step anyway.
        runs_checks: whether it runs checks: then what they need is added to its own needs.
    """

    requires: ClassVar[tuple[type[Annotation] | str, ...]] = ()
    reads: ClassVar[tuple[type[Annotation] | str, ...]] = ()
    provides: ClassVar[tuple[type[Annotation], ...]] = ()
    revises: ClassVar[tuple[type[Annotation], ...]] = ()
    uses: tuple[str, ...] = ()
    uses_optional: tuple[str, ...] = ()
    runs_checks: ClassVar[bool] = False

    def used(self) -> tuple[str, ...]:
        """The attributes of the parse that this instance reads: `uses`, unless its settings decide otherwise."""
        return self.uses

    def setup(self, context: Context) -> None:  # optional to override
        """Heavy imports, files and models: called once, before the first document."""

    @abstractmethod
    def process(self, document: Document) -> Found:
        """What it finds in a document. `document.parse` and `document.doc` are the parse, for one that `uses` it.

        Where it `revises` a type: all annotations of that type, those that stay too, and `Merged(old, into)` for
        those that were joined.
        """

    def process_batch(self, documents: Sequence[Document]) -> Iterable[Found]:
        """What it finds in each of several documents, in order; for models that are quicker on many.

        Equal to `process` on each, but for floats, which may differ by 0.001. If it fails, the documents are
        processed one by one; where none of them fails then, a notice of the run says so.
        """
        return [self.process(document) for document in documents]

    def close(self) -> None:  # optional to override
        """Give back what `setup` took: files, connections."""
