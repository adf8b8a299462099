"""Annotations: what is said of a stretch of text, apart from the text.

An annotation type is a frozen pydantic model derived from `Annotation`::

    class Shout(Annotation):
        \"\"\"A word written in capitals.\"\"\"

        word: str

Its instances live in a layer of their own, `mypackage.shout`: the top package of its module, or the class
attribute `namespace`, and the class name in snake case. The types that come with copydesk have bare names.
Offsets count code points of the document's text, end exclusive.

A type may be extended by whoever needs more fields::

    class TonedQuote(Quote):
        \"\"\"A quote with its tone.\"\"\"

        tone: float

Such annotations stay in the layer of the type that they extend, and everybody who reads quotes has them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any, ClassVar, Self, TypeVar, get_args, get_origin
from weakref import WeakValueDictionary

from pydantic import BaseModel, ConfigDict, Field

from copydesk.model.notebook import in_notebook
from copydesk.model.reference import ANY_LAYER, Ref, RefField, ref_field
from copydesk.model.span import Span, SpanNote
from copydesk.model.view import View
from copydesk.model.words import READING

A = TypeVar("A", bound="Annotation")

BASE_FIELDS = ("id", "start", "end", "step", "revised_by", "ext")
"""The fields that every annotation has."""

RESERVED = frozenset({"text", "document"})
"""Keys of JSON objects and rows that no field may have."""

_LAYER = re.compile(r"[a-z][a-z0-9_]*")
_CORE = "copydesk"
_BY_LAYER: WeakValueDictionary[str, type[Annotation]] = WeakValueDictionary()
_EXTENSIONS: WeakValueDictionary[str, type[Annotation]] = WeakValueDictionary()
"""Types that extend others, by the names of their blocks in `ext`."""


class Annotation(BaseModel):
    """Base of every annotation type.

    Attributes:
        start: offset of the first code point.
        end: offset after the last code point; equal to `start` for an empty span.
        id: unique in its layer, and equal in equal runs. By default it is made of layer and span; once
            made it says nothing but who it is.
        step: the id of the pipeline step that made it; the pipeline fills this in.
        revised_by: the ids of later steps that changed it; the pipeline fills this in.
        ext: what extensions of the type say of it, by their full names: `{"package.type": {…}}`. An extension
            that is installed has its fields as attributes; what is not installed is kept here.

    Class attributes:
        layer: where annotations of this type are. It follows from the class.
        namespace: the first part of the layer's name, by default the top package.
        view: how reports show annotations of this type; without one, all fields are shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    layer: ClassVar[str] = ANY_LAYER
    namespace: ClassVar[str] = ""
    view: ClassVar[View | None] = None
    _span_fields: ClassVar[tuple[str, ...]] = ()
    _ref_fields: ClassVar[tuple[RefField, ...]] = ()
    _blocks: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    """Of an extension: its name in `ext` and its fields, those of types that it extends first."""

    start: int = Field(ge=0, strict=True)
    end: int = Field(ge=0, strict=True)
    id: str = ""
    step: str | None = None
    revised_by: tuple[str, ...] = ()
    ext: Mapping[str, Mapping[str, Any]] = Field(default_factory=dict)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        own = tuple(inspect.get_annotations(cls).keys() & cls.model_fields.keys())
        extended = next(
            (base for base in cls.__mro__[1:] if base is not Annotation and issubclass(base, Annotation)), None
        )
        _check_fields(cls, own)
        name = _full_name(cls)
        if extended is None:
            cls.layer = name
            _BY_LAYER[name] = cls
        else:
            _check_extension(cls, own, extended)
            cls._blocks = (*extended._blocks, (name, tuple(field for field in cls.model_fields if field in own)))
            _EXTENSIONS[name] = cls
        cls._span_fields = tuple(
            field
            for field, info in cls.model_fields.items()
            if field not in BASE_FIELDS and _may_hold_spans(info.annotation)
        )
        references = (ref_field(field, info.annotation) for field, info in cls.model_fields.items())
        cls._ref_fields = tuple(reference for reference in references if reference is not None)

    def model_post_init(self, _context: Any, /) -> None:
        if self.end < self.start:
            raise ValueError(f"{type(self).__name__} ends at {self.end}, before it starts at {self.start}")
        if not self.id:
            # Frozen for users; this is still construction.
            self.__dict__["id"] = self.make_id(self.start, self.end)

    def __hash__(self) -> int:
        return hash((self.layer, self.id))

    def _repr_html_(self) -> str:
        return in_notebook("annotation", self)

    @classmethod
    def make_id(cls, start: int, end: int, discriminator: str = "") -> str:
        """The id of an annotation of this type at a span; the discriminator tells apart two that share it."""
        suffix = f".{discriminator}" if discriminator else ""
        return f"{cls.layer}:{start}-{end}{suffix}"

    @property
    def span(self) -> Span:
        """Where it is, as a `Span`."""
        return Span(self.start, self.end)

    @property
    def ref(self) -> Ref[Self]:
        """A reference to it, for a field of another annotation."""
        return Ref(self.id, self.layer)

    def replace(self, **changes: Any) -> Self:
        """The same annotation with other values in some fields; it keeps its id.

        Raises:
            pydantic.ValidationError: there is no such field, or it does not take the value.
        """
        same = {name: getattr(self, name) for name in type(self).model_fields if name not in changes}
        # What stays may be a word that only a newer version knows.
        return self.model_validate(same | changes, context={READING: frozenset(same)})

    @classmethod
    def extend(cls, annotation: Annotation, **fields: Any) -> Self:
        """An annotation of the type that this class extends, with the fields of this class.

        It keeps its id, and what other extensions say of it: so a step that `revises` quotes makes toned ones.

        Raises:
            TypeError: this class does not extend the annotation's type.
            pydantic.ValidationError: the fields are not as the class says.
        """
        if annotation.layer != cls.layer or not cls._blocks:
            raise TypeError(f"{cls.__name__} does not extend {type(annotation).__name__}")
        kept = annotation.to_json()
        ext = kept.pop("ext", {})
        own: dict[str, Any] = {}
        for name, _ in cls._blocks:
            own |= ext.pop(name, {})
        same = frozenset({*kept, *own} - fields.keys())
        return cls.model_validate({**kept, **own, **fields, "ext": ext}, context={READING: same})

    def as_type(self, kind: type[A]) -> A | None:
        """The same annotation as another type of its layer, or None where it lacks that type's fields."""
        if isinstance(self, kind):
            return self
        said = self.to_json()
        ext = said.get("ext", {})
        return kind.from_json(said) if all(name in ext for name, _ in kind._blocks) else None

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Self:
        """Build it from its JSON object. Fields that this version does not know are passed over.

        Raises:
            pydantic.ValidationError: the object is no annotation of this type.
        """
        fields = {name: item[name] for name in cls.model_fields if name in item}
        if cls._blocks:
            ext = dict(item.get("ext", {}))
            for name, names in cls._blocks:
                block = ext.pop(name, {})
                fields |= {field: block[field] for field in names if field in block}
            fields["ext"] = ext
        return cls.model_validate(fields, context={READING: True})

    def to_json(self, text: str | None = None) -> dict[str, Any]:
        """Its JSON object, of which `from_json` makes it again.

        Args:
            text: the text of the whole document; the object then says what stands at its span.
        """
        fields = self.model_dump(mode="json")
        item: dict[str, Any] = {name: fields.pop(name) for name in ("id", "start", "end")}
        if text is not None:
            item["text"] = text[self.start : self.end]
        item["step"] = fields.pop("step")
        revised_by, ext = fields.pop("revised_by"), fields.pop("ext")
        if revised_by:
            item["revised_by"] = revised_by
        for name, names in self._blocks:
            ext[name] = {field: fields.pop(field) for field in names}
        item |= fields
        if ext:
            item["ext"] = ext
        return item

    @classmethod
    def ref_fields(cls) -> tuple[RefField, ...]:
        """Its fields that refer to annotations."""
        return cls._ref_fields

    @classmethod
    def span_fields(cls) -> tuple[str, ...]:
        """The names of the fields that can hold spans, at whatever depth; start and end are not among them."""
        return cls._span_fields

    def refs(self) -> Iterator[tuple[RefField, Ref[Annotation]]]:
        """What it refers to: each reference with its field."""
        for field in self._ref_fields:
            value = getattr(self, field.name)
            if field.many:
                for ref in value:
                    yield field, ref
            elif value is not None:
                yield field, value

    def spans(self) -> list[Span]:
        """All spans that its fields hold, however deep; its own is not counted."""
        found: list[Span] = []
        for name in self._span_fields:
            _collect_spans(getattr(self, name), found)
        return found


def made_by(annotation: A, step: str) -> A:
    """The annotation with its maker: the one copy that every annotation of a run costs."""
    made = copy(annotation)
    made.__dict__["step"] = step  # frozen for users; this is nobody's yet
    return made


def blocks(kind: type[Annotation]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Of an extension: the names of its blocks in `ext`, each with its fields, those of what it extends first."""
    return kind._blocks


def kind_of_layer(layer: str) -> type[Annotation] | None:
    """The annotation type of a layer, if its module has been imported."""
    return _BY_LAYER.get(layer)


def extension(block: str) -> type[Annotation] | None:
    """The type whose fields are in a block of `ext`, if its module has been imported."""
    return _EXTENSIONS.get(block)


def root_of(kind: type[Annotation]) -> type[Annotation]:
    """The type that named the layer: of an extension the one that it extends, of others itself."""
    chain = [base for base in kind.__mro__ if issubclass(base, Annotation) and base is not Annotation]
    return chain[-1] if chain else Annotation


def full_name(kind: type[Annotation]) -> str:
    """`module.Class`, to tell types of one name apart."""
    return f"{kind.__module__}.{kind.__qualname__}"


def _full_name(cls: type[Annotation]) -> str:
    """`namespace.type`; the bare type for those of the core."""
    if "layer" in cls.__dict__:
        raise TypeError(f"{cls.__qualname__} sets `layer`; it follows from the class's name and its `namespace`")
    name = snake_case(cls.__name__).strip("_")
    namespace = cls.__dict__.get("namespace") or default_namespace(cls.__module__)
    if not _LAYER.fullmatch(name) or (namespace and not _LAYER.fullmatch(namespace)):
        raise TypeError(
            f"{cls.__qualname__} would have the layer '{namespace}.{name}'; class name and `namespace` are letters, digits and '_'"
        )
    cls.namespace = namespace
    return f"{namespace}.{name}" if namespace else name


def default_namespace(module: str) -> str:
    """The namespace of a type that is defined in a module: its top package; `local` for files and notebooks."""
    top = module.partition(".")[0]
    if top == _CORE:
        return ""
    if top == "__main__" or top.startswith("copydesk_local_"):
        return "local"
    return re.sub(r"\W", "_", top).lower()


def _check_fields(cls: type[Annotation], own: tuple[str, ...]) -> None:
    if clash := sorted(
        name for name in own if hasattr(Annotation, name) or name in Annotation.model_fields or name in RESERVED
    ):
        raise TypeError(
            f"{cls.__qualname__} declares '{clash[0]}', which every annotation has already; choose another name"
        )
    for name, field in cls.model_fields.items():
        if field.alias or field.validation_alias:
            raise TypeError(f"{cls.__qualname__}.{name} has an alias; in JSON a field has the name it has in Python")


def _check_extension(cls: type[Annotation], own: tuple[str, ...], extended: type[Annotation]) -> None:
    if again := sorted(set(own) & extended.model_fields.keys()):
        raise TypeError(
            f"{cls.__qualname__} redefines '{again[0]}' of {extended.__qualname__}; an extension adds fields and changes none"
        )


def _collect_spans(value: object, found: list[Span]) -> None:
    if isinstance(value, Span | SpanNote):
        found.append(Span.of(value))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _collect_spans(getattr(value, name), found)
    elif isinstance(value, Mapping):
        for item in value.values():
            _collect_spans(item, found)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            _collect_spans(item, found)


def snake_case(name: str) -> str:
    """`TimeExpression` -> `time_expression`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _may_hold_spans(annotation: object) -> bool:
    """Whether a field of this type can hold a span: decided once per class, since most fields cannot."""
    if get_origin(annotation) is Ref:
        return False
    if isinstance(annotation, type) and not get_args(annotation):
        return issubclass(annotation, Span | BaseModel) or annotation in (object, tuple, list, dict, set, frozenset)
    return annotation is Any or any(_may_hold_spans(argument) for argument in get_args(annotation))
