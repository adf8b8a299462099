"""Spans and annotations: what is said of a stretch of text, apart from the text.

An annotation type is a frozen pydantic model derived from `Annotation`::

    class Shout(Annotation):
        \"\"\"A word written in capitals.\"\"\"

        word: str

Its instances live in the layer `shout` (the class name in snake case, or the class attribute
`layer`). Offsets count code points of the document's text, end exclusive.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Protocol, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

RESERVED_FIELDS = frozenset({"id", "start", "end", "step", "text"})
"""Names that every annotation has in JSON; a subclass must not give them another meaning."""


class HasSpan(Protocol):
    """Anything with a place in a text: a `Span`, an `Annotation`, an evidence item."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Span(NamedTuple):
    """A stretch of text: code-point offsets, end exclusive. In JSON `[start, end]`."""

    start: int
    end: int

    @classmethod
    def of(cls, where: HasSpan) -> Span:
        """The span of an annotation, or of anything else that has one."""
        return cls(where.start, where.end)

    @classmethod
    def hull(cls, *spans: HasSpan) -> Span:
        """The smallest span that holds all of `spans` (at least one)."""
        return cls(min(span.start for span in spans), max(span.end for span in spans))

    def contains(self, other: HasSpan) -> bool:
        """Whether `other` lies inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: HasSpan) -> bool:
        """Whether the two share at least one code point."""
        return max(self.start, other.start) < min(self.end, other.end)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        # Pydantic's own schema for a NamedTuple neither orders the two ends nor is it fast.
        return core_schema.no_info_after_validator_function(
            _span_of_pair,
            core_schema.tuple_schema(
                [core_schema.int_schema(ge=0, strict=True), core_schema.int_schema(ge=0, strict=True)]
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(list),
        )


def _span_of_pair(pair: tuple[int, int]) -> Span:
    start, end = pair
    if end < start:
        raise ValueError(f"a span ends at {end}, before it starts at {start}")
    return Span(start, end)


class Annotation(BaseModel):
    """Base of every annotation type.

    Attributes:
        start: offset of the first code point.
        end: offset after the last code point; equal to `start` for an empty span.
        id: unique in its layer and the same in every run: `layer:start-end`. Give one of your own
            (`Annotation.make_id`) only where two annotations of a type share their span.
        step: the id of the pipeline step that made it; the pipeline fills this in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    layer: ClassVar[str] = "annotation"
    _span_fields: ClassVar[tuple[str, ...]] = ()

    start: int = Field(ge=0, strict=True)
    end: int = Field(ge=0, strict=True)
    id: str = ""
    step: str | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "layer" not in cls.__dict__:
            cls.layer = snake_case(cls.__name__)
        elif not re.fullmatch(r"[a-z][a-z0-9_]*", cls.layer):
            raise TypeError(
                f"{cls.__qualname__}.layer is {cls.layer!r}; a layer's name is lower-case letters, digits and '_'"
            )
        if aliased := [name for name, field in cls.model_fields.items() if field.alias or field.validation_alias]:
            raise TypeError(
                f"{cls.__qualname__}.{aliased[0]} has an alias; in JSON a field has the name it has in Python"
            )
        cls._span_fields = tuple(name for name, field in cls.model_fields.items() if _may_hold_spans(field.annotation))
        taken = RESERVED_FIELDS & inspect.get_annotations(cls).keys()
        if taken:
            raise TypeError(
                f"{cls.__qualname__} declares {', '.join(sorted(taken))}; every annotation has "
                f"{', '.join(sorted(RESERVED_FIELDS))} already, so choose another name"
            )

    def model_post_init(self, _context: Any, /) -> None:
        if self.end < self.start:
            raise ValueError(f"{type(self).__name__} ends at {self.end}, before it starts at {self.start}")
        if not self.id:
            # Frozen for users; this is still construction.
            self.__dict__["id"] = self.make_id(self.start, self.end)

    @classmethod
    def make_id(cls, start: int, end: int, discriminator: str = "") -> str:
        """The id of an annotation of this type at a span; the discriminator tells apart two that share it."""
        suffix = f".{discriminator}" if discriminator else ""
        return f"{cls.layer}:{start}-{end}{suffix}"

    @property
    def span(self) -> Span:
        """Where it is, as a `Span`."""
        return Span(self.start, self.end)

    @classmethod
    def from_json(cls, item: dict[str, Any]) -> Self:
        """Build it from its JSON object; fields that this version does not know are passed over."""
        return cls.model_validate({key: value for key, value in item.items() if key in cls.model_fields})

    def to_json(self, text: str) -> dict[str, Any]:
        """Its JSON object; `text` is the text of the whole document."""
        fields = self.model_dump(mode="json")
        head = {key: fields.pop(key) for key in ("id", "start", "end")}
        step = fields.pop("step")
        return {**head, "text": text[self.start : self.end], "step": step, **fields}

    @classmethod
    def span_fields(cls) -> tuple[str, ...]:
        """The names of the fields that can hold spans, at whatever depth."""
        return cls._span_fields

    def spans(self) -> list[Span]:
        """All spans that its fields hold, however deep; its own is not counted."""
        found: list[Span] = []
        for name in self._span_fields:
            _collect_spans(getattr(self, name), found)
        return found


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
    if isinstance(annotation, type) and not get_args(annotation):
        return issubclass(annotation, Span | BaseModel) or annotation in (object, tuple, list, dict, set, frozenset)
    return annotation is Any or any(_may_hold_spans(argument) for argument in get_args(annotation))


class SpanNote(BaseModel):
    """A span with a note: one piece of the evidence of a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    start: int = Field(ge=0, strict=True, description="Offset of the first code point.")
    end: int = Field(ge=0, strict=True, description="Offset after the last code point.")
    note: str = Field(default="", description="What this passage has to do with the finding.")
