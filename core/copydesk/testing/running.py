"""Run one component on one document, held to what a pipeline holds it to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.records import StepRecord
from copydesk.model.reference import Merged
from copydesk.plugins.component import Component
from copydesk.plugins.context import Context
from copydesk.plugins.methods import check_declared, listed
from copydesk.testing.toyparse import toy_parse, toy_tokenizer

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.parsing import SharedParse


def annotate(
    component: Component[Any] | type[Component[Any]],
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
        AnnotationError: it reads or gives what it does not declare, or gives what does not fit the text.
    """
    if isinstance(component, type):
        component = component()
    component.setup(context_for(component, doc))
    document = text if isinstance(text, Document) else Document(text, metadata=metadata)
    document = document.with_annotations(
        before, provides=[kind for kind in component.requires if isinstance(kind, type)]
    )
    if doc is None and not document.has_doc and reads_parse(component):
        doc = toy_parse(document.text)
    if doc is not None:
        document = document.with_doc(doc)
    return document.with_annotations(
        found_by(component, document),
        step=StepRecord(id=component.name, use=component.name),
        provides=component.provides,
        revises=component.revises,
    ).with_doc(None)


def reads_parse(component: Component[Any]) -> bool:
    """Whether a component reads the parse at all."""
    return bool(component.used() or component.uses_optional)


def context_for(component: Component[Any], doc: Doc | None = None, shared: SharedParse | None = None) -> Context:
    """What a component is set up with: the vocabulary of the parse that it will be given."""
    if doc is not None:
        from spacy.language import Language

        return Context(nlp=Language(doc.vocab))
    return Context(nlp=(shared or toy_tokenizer()).nlp if reads_parse(component) else None)


def view(component: Component[Any], document: Document) -> Document:
    """The document as the component sees it in a pipeline: the layers and the part of the parse that it declares."""
    kinds = (*component.requires, *component.reads, *component.provides, *component.revises)
    fenced = document.fenced(frozenset(kind if isinstance(kind, str) else kind.layer for kind in kinds))
    if not document.has_doc:
        return fenced
    allowed = frozenset((*component.used(), *component.uses_optional))
    return fenced.with_doc(document.doc, document.parse.fenced(allowed)) if allowed else fenced.with_doc(None)


def found_by(component: Component[Any], document: Document) -> list[Annotation | Merged]:
    """What a component finds, with its types checked.

    Raises:
        AnnotationError: `process` returns None, or something that the component does not declare.
    """
    items = listed(component.process(view(component, document)))
    check_declared(component, items)
    return items
