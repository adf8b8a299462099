"""What an annotation comes from: who made it, and what it refers to, as the document's own records say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from copydesk.errors import AnnotationError
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.records import StepRecord
from copydesk.model.untyped import Untyped
from copydesk.model.view import shown


@dataclass(frozen=True, slots=True)
class Trace:
    """An annotation, and what it comes from.

    Attributes:
        annotation: the annotation.
        layer: its layer.
        text: what it covers.
        fields: what it says, for people; references are in `refers_to`.
        made_by: the step that made it; None where the document has no record of one.
        revised_by: the steps that changed it later, in order.
        refers_to: what it refers to, by field, each with what that comes from in turn. Of an annotation that
            refers back to one that is traced already, nothing more is said: its own are empty.
    """

    annotation: Annotation
    layer: str
    text: str
    fields: dict[str, str]
    made_by: StepRecord | None
    revised_by: tuple[StepRecord, ...]
    refers_to: tuple[tuple[str, Trace], ...]

    def to_json(self) -> dict[str, Any]:
        """It as a JSON object."""
        return {
            "layer": self.layer,
            "text": self.text,
            "annotation": self.annotation.to_json(),
            "made_by": None if self.made_by is None else self.made_by.model_dump(mode="json"),
            "revised_by": [step.model_dump(mode="json") for step in self.revised_by],
            "refers_to": [{"field": field, **trace.to_json()} for field, trace in self.refers_to],
        }


def trace(document: Document, annotation: Annotation | str) -> Trace:
    """What an annotation comes from: the steps that made and changed it, and the same of all that it refers to.

    Args:
        document: what it is in.
        annotation: the annotation, or its id. An id that several layers have is written `layer/id`.

    Raises:
        AnnotationError: the document has no such annotation, or several.
    """
    steps = {step.id: step for step in document.steps}

    def traced(annotation: Annotation, above: frozenset[tuple[str, str]]) -> Trace:
        layer = layer_of(annotation)
        here = above | {(layer, annotation.id)}
        again = (layer, annotation.id) in above
        references = () if again else annotation.refs()
        return Trace(
            annotation,
            layer,
            document.text_of(annotation),
            _fields(annotation, document),
            steps.get(annotation.step or ""),
            tuple(steps[id] for id in annotation.revised_by if id in steps),
            tuple((field.name, traced(document.resolve(ref), here)) for field, ref in references),
        )

    return traced(find(document, annotation) if isinstance(annotation, str) else annotation, frozenset())


def find(document: Document, id: str) -> Annotation:
    """The annotation of an id, or of `layer/id`.

    Raises:
        AnnotationError: the document has no such annotation, or several.
    """
    found: list[Annotation] = []
    for name in document.layers:
        items = document.layer(name)
        exact = items.get(id) or items.get(id.removeprefix(f"{name}/"))
        if exact is not None:
            found.append(exact)
    if len(found) > 1:
        names = " or ".join(f"'{layer_of(each)}/{each.id}'" for each in found)
        raise AnnotationError(f"several layers have an annotation '{id}'; write {names}", document_id=document.id)
    if not found:
        raise AnnotationError(f"the document has no annotation '{id}'", document_id=document.id)
    return found[0]


def layer_of(annotation: Annotation) -> str:
    """The name of its layer; of one whose type is not installed too."""
    return annotation.layer_name if isinstance(annotation, Untyped) else annotation.layer


def _fields(annotation: Annotation, document: Document) -> dict[str, str]:
    if isinstance(annotation, Untyped):
        values: dict[str, Any] = dict(annotation.fields)
    else:
        references = {field.name for field in annotation.ref_fields()}
        base = Annotation.model_fields.keys()
        values = {
            name: getattr(annotation, name)
            for name in type(annotation).model_fields
            if name not in base and name not in references
        }
    values |= annotation.ext
    said = {name: shown(value, document) for name, value in values.items()}
    return {name: value for name, value in said.items() if value}
