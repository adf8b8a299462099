"""What every component promises of every document, as functions that say where it is broken."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from copydesk.errors import AnnotationError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.reference import Merged
from copydesk.plugins.component import Component
from copydesk.plugins.methods import check_declared, listed
from copydesk.testing.running import view


class NonconformityError(AssertionError):
    """A component breaks a promise that every component makes; the message says which, where and why it matters."""


def shown(text: str, most: int = 120) -> str:
    """A text for a message: its beginning, escaped."""
    return repr(text) if len(text) <= most else f"{text[:most]!r}… ({len(text):,} characters)"


def run(component: Component[Any], document: Document) -> list[Annotation]:
    """What it finds, in a document of which it sees what it declared.

    Raises:
        NonconformityError: it raises, or what it returns is no annotations of its declared types.
    """
    try:
        items = listed(component.process(view(component, document)))
    except AnnotationError as error:
        raise NonconformityError(f"{error}, on {shown(document.text)}") from error
    except Exception as error:
        raise NonconformityError(
            f"process raised {type(error).__name__}: {error}, on {shown(document.text)}; "
            "a component finds nothing where there is nothing to find"
        ) from error
    return declared(component, items, document)


def declared(component: Component[Any], items: Iterable[object], document: Document) -> list[Annotation]:
    """The annotations among what it returned.

    Raises:
        NonconformityError: something is not of its declared types.
    """
    annotations: list[Annotation] = []
    for item in items:
        try:
            check_declared(component, [item])
        except AnnotationError as error:
            raise NonconformityError(f"{error}, on {shown(document.text)}") from None
        if isinstance(item, Annotation):
            annotations.append(item)
    return annotations


def check_fit(annotations: list[Annotation], document: Document) -> None:
    """Offsets lie in the text, ids are distinct, and nothing is lost on the way to JSON and back.

    Raises:
        NonconformityError: they don't, they aren't, or something is.
    """
    length = len(document.text)
    before = {name: {known.id for known in document.layer(name)} for name in document.layers}
    seen: dict[tuple[str, str], Annotation] = {}
    for annotation in annotations:
        for span in (annotation.span, *annotation.spans()):
            if not 0 <= span.start <= span.end <= length:
                raise NonconformityError(
                    f"{annotation!r} holds the span [{span.start}, {span.end}], but {shown(document.text)} "
                    f"has {length} code points"
                )
        if annotation.step is not None and annotation.id not in before.get(annotation.layer, ()):
            raise NonconformityError(f"{annotation!r} names its step; that is for the pipeline to fill in")
        other = seen.setdefault((annotation.layer, annotation.id), annotation)
        if other != annotation:
            raise NonconformityError(
                f"two different annotations have the id {annotation.id!r}, on {shown(document.text)}: {other!r} and "
                f"{annotation!r}; tell them apart with id=make_id(start, end, '…')"
            )
    try:
        annotated = document.with_annotations(
            annotations, revises=tuple({type(each) for each in annotations if each.layer in document.layers})
        )
        line = annotated.to_json_line()
        line.encode()
        read = Document.from_json(json.loads(line))
        same = all(
            (known := read[type(annotation)].get(annotation.id)) is not None and known.to_json() == annotation.to_json()
            for annotation in annotations
        )
    except Exception as error:
        raise NonconformityError(
            f"its annotations cannot be written as JSON and read again, on {shown(document.text)}: "
            f"{type(error).__name__}: {error}"
        ) from error
    if not same:
        raise NonconformityError(f"its annotations change on the way to JSON and back, on {shown(document.text)}")


def check_unchanged(component: Component[Any], document: Document) -> None:
    """A run leaves document, parse and config as they were.

    Raises:
        NonconformityError: it changes one of them.
    """
    before = document.to_json_line()
    parse = document.doc.to_bytes() if document.has_doc else b""
    config = component.config.model_dump_json()
    run(component, document)
    if document.to_json_line() != before:
        raise NonconformityError(
            f"process changed the document, on {shown(document.text)}; later steps, and the same step in "
            "another pipeline, must find it as it was: return annotations instead"
        )
    if document.has_doc and document.doc.to_bytes() != parse:
        raise NonconformityError(
            f"process changed the spaCy parse, on {shown(document.text)}; all steps share it: copy what you change"
        )
    if component.config.model_dump_json() != config:
        raise NonconformityError("process changed its config; a step's digest would no longer tell what was run")


def as_json(items: Iterable[Annotation | Merged], document: Document) -> list[dict[str, Any]]:
    """What a component returned, in the order of a document's JSON, for comparison; at the end what it joined."""
    found: list[dict[str, Any]] = []
    merged: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, Merged):
            merged.append(item._asdict())
        else:
            found.append({"layer": item.layer, **item.to_json(document.text)})
    found.sort(key=lambda item: (item["layer"], item["start"], -item["end"], item["id"]))
    return [*found, *sorted(merged, key=lambda item: (item["old"], item["into"]))]
