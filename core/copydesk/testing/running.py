"""Run one component on one document, held to what a pipeline holds it to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from copydesk.annotation import Annotation
from copydesk.component import Component
from copydesk.document import Document
from copydesk.errors import AnnotationError
from copydesk.testing.toyparse import toy_parse

if TYPE_CHECKING:
    from spacy.tokens import Doc


def annotate(
    component: Component | type[Component],
    text: str | Document,
    before: Iterable[Annotation] = (),
    *,
    metadata: Mapping[str, Any] | None = None,
    doc: Doc | None = None,
) -> Document:
    """The document as it is after one component.

    Args:
        component: set up here; a class is taken with its default config.
        text: a text, or a document.
        before: annotations that earlier steps would have made. The layers that the component
            `requires` are there in any case, if only empty.
        metadata: the document's metadata, where `text` is a text.
        doc: the spaCy parse. Without one, a component that `uses` one gets `toy_parse(text)`.

    Raises:
        AnnotationError: it gives what it does not declare, or what does not fit the text.
    """
    if isinstance(component, type):
        component = component()
    component.setup()
    document = text if isinstance(text, Document) else Document(text, metadata=metadata)
    document = document.with_annotations(before, provides=component.requires)
    if doc is None and not document.has_doc and (component.uses or component.uses_optional):
        doc = toy_parse(document.text)
    if doc is not None:
        document = document.with_doc(doc)
    return document.with_annotations(found_by(component, document), provides=component.provides)


def found_by(component: Component, document: Document) -> list[Annotation]:
    """What a component finds, with its types checked.

    Raises:
        AnnotationError: `process` returns None, or something that the component does not declare.
    """
    found: Any = component.process(document)
    if found is None:
        raise AnnotationError("process returned None; return its annotations in a list, or yield them")
    annotations = list(found)
    for annotation in annotations:
        if type(annotation) not in component.provides:
            declared = ", ".join(kind.__name__ for kind in component.provides)
            raise AnnotationError(f"process gave {type(annotation).__name__}; its `provides` is ({declared})")
    return annotations
