"""Spans: places in a text."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


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


class SpanNote(BaseModel):
    """A span with a note: one piece of the evidence of a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    start: int = Field(ge=0, strict=True, description="Offset of the first code point.")
    end: int = Field(ge=0, strict=True, description="Offset after the last code point.")
    note: str = Field(default="", description="What this passage has to do with the finding.")
