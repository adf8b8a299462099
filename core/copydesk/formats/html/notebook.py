"""What a notebook shows of a document, a layer and an annotation: the report's own views, small.

A document is its report in a frame of its own, so that neither its style nor the notebook's reaches the other; a layer
is a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from copydesk.errors import AnnotationError
from copydesk.formats.html.article import Article
from copydesk.formats.html.page import TITLE, bar, foot, head
from copydesk.model.annotation import Annotation
from copydesk.model.document import Document
from copydesk.model.layer import Layer
from copydesk.model.span import Span

LONGEST = 50_000
"""Of a text of more code points only the layers are listed: a notebook keeps what it shows in its file."""

ROWS = 20
"""So many annotations of a layer are shown."""

CELL = 200
"""So many code points of a cell."""


def document(shown: Document) -> str:
    """Its report in a frame; of a long text, or of one that is fenced, a list of its layers."""
    about = escape(f"{shown.id}: {len(shown.text):,} characters")
    try:
        article = Article(shown, 0) if len(shown.text) <= LONGEST else None
    except AnnotationError:
        article = None  # a step's view of a document, which shows only what the step declared
    if article is None:
        layers = ((name, f"{len(shown.layer(name)):,}") for name in shown.layers)
        return f"<p>{about}</p>{_table(('layer', 'annotations'), layers)}"
    page = f"{head(TITLE)}{bar('#main')}{article.html()}{foot()}"
    return (
        f'<iframe title="{about}" sandbox="allow-scripts" width="100%" height="480" style="border:0" '
        f'srcdoc="{escape(page)}"></iframe>'
    )


def layer(shown: Layer[Annotation]) -> str:
    """The first annotations as a table, each with its text."""
    if not shown:
        return "<p>no annotations</p>"
    further = len(shown) - ROWS
    said = f"<p>and {further:,} more</p>" if further > 0 else ""
    return _annotations(shown[:ROWS], shown.text) + said


def annotation(shown: Annotation) -> str:
    """One, as a table of a row; it does not know its text."""
    return _annotations([shown], None)


def _annotations(shown: Sequence[Annotation], text: str | None) -> str:
    names = list(dict.fromkeys(name for one in shown for name in type(one).model_fields if name not in _LEFT_OUT))
    rows = (
        [
            f"{one.start}–{one.end}",
            *([" ".join(text[one.start : one.end].split())] if text is not None else []),
            *(_said(getattr(one, name, None), text) for name in names),
        ]
        for one in shown
    )
    return _table(("place", *(["text"] if text is not None else []), *names), rows)


_LEFT_OUT = frozenset({"start", "end", "step", "revised_by", "ext"})


def _said(value: object, text: str | None) -> str:
    if isinstance(value, Span):
        return " ".join(text[value.start : value.end].split()) if text is not None else f"{value.start}–{value.end}"
    if isinstance(value, tuple | list):
        return ", ".join(_said(one, text) for one in value)
    return "" if value is None else str(value)


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head_ = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{_cut(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head_}</tr></thead><tbody>{body}</tbody></table>"


def _cut(cell: str) -> str:
    return escape(cell if len(cell) <= CELL else f"{cell[:CELL]} …")
