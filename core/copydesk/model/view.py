"""Views: how the annotations of a type are shown. One for each type, for every format.

    class Shout(Annotation):
        word: str

        view = View("Shouts", (Cell("word", lambda shout, document: shout.word),))

The text report, HTML, CSV and `document.records` render views and know no types. A type without a view of its own is
shown with all of its fields, and so are layers whose type is not installed: nothing that a step found is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from copydesk.model.span import HasSpan, Span, SpanNote

if TYPE_CHECKING:
    from copydesk.model.annotation import Annotation
    from copydesk.model.document import Document

PIECES = " … "
"""Between the pieces of what is said in several."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a row that people see.

    Attributes:
        heading: what it is called.
        show: its text for an annotation; empty where there is nothing to say.
    """

    heading: str
    show: Callable[[Any, Document], str]


@dataclass(frozen=True, slots=True)
class View:
    """How a type is shown.

    Attributes:
        title: the heading of its part of a report: "Quotes".
        cells: the parts of a row, after the annotation's own text.
    """

    title: str
    cells: tuple[Cell, ...] = ()

    def row(self, annotation: Annotation, document: Document) -> list[str]:
        """The texts of its cells."""
        return [cell.show(annotation, document) for cell in self.cells]


@cache
def view_of(kind: type[Annotation]) -> View:
    """The view of a type: its own; that of the type it extends, with its further fields; or one made of its fields."""
    own: View | None = kind.__dict__.get("view")
    if own is not None:
        return own
    extended = next(
        (base for base in kind.__mro__[1:] if "view" in base.__dict__ and base.__dict__["view"] is not None), None
    )
    known = set(getattr(extended, "model_fields", ())) | _BASE
    further = tuple(Cell(_title(name), _shown(name)) for name in kind.model_fields if name not in known)
    if extended is None:
        return View(_title(kind.layer), further)
    inherited: View = extended.__dict__["view"]
    return View(inherited.title, (*inherited.cells, *further))


def title_of(kind: type[Annotation] | None, layer: str) -> str:
    """What a part of a report is called: the title of the type's view, or the layer's name where it has none."""
    declared = kind is not None and any(base.__dict__.get("view") is not None for base in kind.__mro__)
    return view_of(kind).title if kind is not None and declared else layer


def further(annotation: Annotation, document: Document) -> list[tuple[str, str]]:
    """What extensions of its type say of an annotation: headings and texts. Installed or not, nothing is left out."""
    from copydesk.model.annotation import root_of

    known = len(view_of(root_of(type(annotation))).cells)
    said = [(cell.heading, cell.show(annotation, document)) for cell in view_of(type(annotation)).cells[known:]]
    said += [
        (_title(name), shown(value, document)) for block in annotation.ext.values() for name, value in block.items()
    ]
    return [(heading, text) for heading, text in said if text]


_BASE = frozenset({"start", "end", "id", "step", "revised_by", "ext", "layer_name"})


def _title(name: str) -> str:
    words = name.rpartition(".")[2].replace("_", " ")
    return words[:1].upper() + words[1:]


def _shown(name: str) -> Callable[[Any, Document], str]:
    return lambda annotation, document: shown(getattr(annotation, name), document)


def text_of(where: HasSpan, document: Document) -> str:
    """What stands at a place, on one line."""
    return " ".join(document.text_of(where).split())


def name_of(ref: Any, document: Document) -> str:
    """What a referred-to annotation is called: an entity's name, or the text of another; empty for None."""
    target = document.resolve(ref)
    if target is None:
        return ""
    name = getattr(target, "name", None)
    return name if isinstance(name, str) and name else text_of(target, document)


def shown(value: object, document: Document) -> str:
    """A field's value for people."""
    from copydesk.model.reference import Ref

    if value is None or (isinstance(value, tuple | list | Mapping) and not value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Ref):
        return name_of(value, document)
    if isinstance(value, Span | SpanNote):
        return text_of(value, document)
    if isinstance(value, tuple | list):
        pieces = PIECES if value and isinstance(value[0], Span) else ", "
        return pieces.join(shown(item, document) for item in value)
    if isinstance(value, BaseModel):
        return ", ".join(f"{name}: {shown(getattr(value, name), document)}" for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(item, document)}" for key, item in value.items())
    return str(value)


def number(value: float) -> str:
    """A number with separators; very large ones as powers: nobody reads three hundred digits."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,}" if abs(value) < 1e15 else f"{value:.6g}"


# Rows of plain columns


def rows(document: Document, kind: type[Annotation] | str) -> list[dict[str, Any]]:
    """A layer as rows of plain values: str, int, float, bool, None, and lists of structs of these.

    Each row has `id`, `start`, `end`, `text`, `step`, then the fields. A reference gives its id, and the name of what it
    means in `FIELD_name`; a span its text, with `FIELD_start` and `FIELD_end`; a list of spans its text joined, with the
    places in `FIELD_spans`. Fields of extensions come last. All rows of a layer have the same columns.
    """
    from copydesk.model.annotation import Annotation

    if isinstance(kind, str):
        known = document.kind_of(kind)
        if known is None:
            return _untyped_rows(document, kind)
        kind = known
    if kind is Annotation:
        raise TypeError("records are of one type: document.records(Quote)")
    made = [_row(item, document) for item in document[kind]]
    names = dict.fromkeys(name for row in made for name in row)
    return [{name: row.get(name) for name in names} for row in made]


def _row(item: Annotation, document: Document) -> dict[str, Any]:
    row = _base(item, document)
    row.update(pair for column in _columns_of(type(item)) for pair in column(item, document))
    for extension, block in item.ext.items():
        for name, value in block.items():
            row[name if name not in row else f"{extension}.{name}"] = _flat(value)
    return row


def _flat(value: object) -> Any:
    return value if value is None or isinstance(value, str | int | float | bool) else json.dumps(value)


_Columns = Callable[[Any, "Document"], list[tuple[str, Any]]]


@cache
def _columns_of(kind: type[Annotation]) -> tuple[_Columns, ...]:
    references = {reference.name: reference.many for reference in kind.ref_fields()}
    made = []
    for name, info in kind.model_fields.items():
        if name in _BASE:
            continue
        annotation = str(info.annotation)
        if name in references:
            made.append(_reference_columns(name, many=references[name]))
        elif name in kind.span_fields():
            many = "tuple" in annotation or "list" in annotation
            made.append(_spans_columns(name) if many else _span_columns(name))
        else:
            made.append(_plain_column(name))
    return tuple(made)


def _base(item: Annotation, document: Document) -> dict[str, Any]:
    return {
        "id": item.id,
        "start": item.start,
        "end": item.end,
        "text": document.text_of(item),
        "step": item.step,
    }


def _plain_column(name: str) -> _Columns:
    return lambda item, document: [(name, _plain(getattr(item, name), document))]


def _plain(value: object, document: Document) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list) and all(isinstance(item, str) for item in value):
        return list(value)
    return shown(value, document)


def _reference_columns(name: str, *, many: bool) -> _Columns:
    def columns(item: Any, document: Document) -> list[tuple[str, Any]]:
        value = getattr(item, name)
        if many:
            return [(name, [str(ref) for ref in value]), (f"{name}_name", [name_of(ref, document) for ref in value])]
        return [(name, None if value is None else str(value)), (f"{name}_name", name_of(value, document) or None)]

    return columns


def _span_columns(name: str) -> _Columns:
    def columns(item: Any, document: Document) -> list[tuple[str, Any]]:
        value = getattr(item, name)
        if value is None:
            return [(name, None), (f"{name}_start", None), (f"{name}_end", None)]
        return [(name, document.text_of(value)), (f"{name}_start", value.start), (f"{name}_end", value.end)]

    return columns


def _spans_columns(name: str) -> _Columns:
    def columns(item: Any, document: Document) -> list[tuple[str, Any]]:
        value: Sequence[HasSpan] = getattr(item, name)
        structs = [
            {"start": span.start, "end": span.end} | ({"note": span.note} if isinstance(span, SpanNote) else {})
            for span in value
        ]
        return [(name, PIECES.join(document.text_of(span) for span in value)), (f"{name}_spans", structs)]

    return columns


def _untyped_rows(document: Document, layer: str) -> list[dict[str, Any]]:
    """Rows of a layer whose type is not installed: fields that are no plain values are JSON."""
    items = list(document.layer(layer))
    names = list(dict.fromkeys(name for item in items for name in item.fields))
    return [_base(item, document) | {name: _flat(item.fields.get(name)) for name in names} for item in items]
