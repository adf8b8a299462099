"""Ref: how one annotation refers to another, by id and with its type.

A field says what it refers to, and the document checks it::

    class Quote(Annotation):
        speaker: Ref[Entity] | None = None

    document.resolve(quote.speaker)  # the Entity, or None

A field may be `Ref[X]`, `Ref[X] | None` or `tuple[Ref[X], ...]`, and nothing deeper: what becomes of a
reference whose annotation goes must be plain. In JSON a reference is the id, a string.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from copydesk.model.annotation import Annotation

A_co = TypeVar("A_co", bound="Annotation", covariant=True)

ANY_LAYER = "annotation"
"""The layer of `Annotation` itself, which no annotation is in: `Ref[Annotation]` may mean any."""


class Ref(str, Generic[A_co]):
    """The id of an annotation of one type. Get one from the annotation: `entity.ref`.

    It is a `str`, the id itself, so it works as a key and in `Layer.get`.
    """

    __slots__ = ("layer",)

    layer: str | None
    """The layer that the annotation is in; None where a reference was made of a bare id."""

    def __new__(cls, id: str, layer: str | None = None) -> Self:
        ref = super().__new__(cls, id)
        ref.layer = layer
        return ref

    def __getnewargs__(self) -> tuple[str, str | None]:  # type: ignore[override]  # str's own has the text alone
        return (str(self), self.layer)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        target = _target(source)
        layer = getattr(target, "layer", None) if target is not None else None
        layer = None if layer == ANY_LAYER else layer

        def made(id: str) -> Ref[Any]:
            if type(id) is Ref and layer in (None, id.layer):
                return id  # `Ref[Annotation]` keeps the layer that it was given
            return Ref(id, layer)

        def checked(value: object) -> object:
            if isinstance(value, BaseModel):
                raise PydanticCustomError(
                    "reference", "this is {what} itself; give its reference, .ref", {"what": type(value).__name__}
                )
            return value

        return core_schema.no_info_before_validator_function(
            checked,
            core_schema.no_info_after_validator_function(made, core_schema.str_schema(min_length=1, strict=True)),
            serialization=core_schema.to_string_ser_schema(),
        )


class Merged(NamedTuple):
    """What a step that revises a type may return beside annotations: one was joined into another.

    References to `old` are rewritten to `into`, everywhere in the document.
    """

    old: str
    """The id of an annotation that is no longer there."""
    into: str
    """The id of the one that now stands for both."""


class RefField(NamedTuple):
    """A field of an annotation type that refers to annotations.

    Attributes:
        name: the field.
        target: the type that it refers to; None where any type is meant (`Ref[Annotation]`).
        many: whether it is a tuple of references.
        required: whether an annotation without it cannot stand.
    """

    name: str
    target: type[Annotation]
    many: bool
    required: bool


def ref_field(name: str, annotation: object) -> RefField | None:
    """How a field refers to annotations, from its type; None where it does not.

    Raises:
        TypeError: it holds references in a form that nobody could follow.
    """
    if not _holds_ref(annotation):
        return None
    options = [option for option in get_args(annotation) if option is not type(None)]
    if target := _target(annotation):
        return RefField(name, target, many=False, required=True)
    if len(options) == 1 and len(get_args(annotation)) == 2 and (target := _target(options[0])):
        return RefField(name, target, many=False, required=False)
    if get_origin(annotation) is tuple and len(options) == 2 and options[1] is ... and (target := _target(options[0])):
        return RefField(name, target, many=True, required=False)
    raise TypeError(
        f"the field '{name}' holds references in a form of its own; Ref[X], Ref[X] | None and tuple[Ref[X], ...] can be followed"
    )


def _target(annotation: object) -> type[Annotation] | None:
    if get_origin(annotation) is not Ref:
        return None
    (target,) = get_args(annotation)
    if not isinstance(target, type):
        raise TypeError(f"{annotation} does not name an annotation type that is defined above it")
    return target


def _holds_ref(annotation: object) -> bool:
    return annotation is Ref or get_origin(annotation) is Ref or any(map(_holds_ref, get_args(annotation)))
