"""W3C Web Annotation: annotations as JSON-LD, for annotation servers and readers such as Hypothesis."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from copydesk.formats.places import FilePlaces
from copydesk.model.annotation import Annotation
from copydesk.model.view import rows, view_of
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from copydesk.model.document import Document
    from copydesk.model.result import Result

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"copydesk": "urn:copydesk:", "fields": {"@id": "copydesk:fields", "@type": "@json"}},
]
_AROUND = 32
"""Code points before and after a passage, by which it is found again in a text that has changed."""
_LONGEST = 1000
"""Code points of a passage that is quoted; of a longer one, the place says enough."""
_BASE = frozenset({"start", "end", "text"})


class WebAnnotationWriter(Writer):
    """One AnnotationPage of JSON-LD: an annotation with its passage, by position and by quotation, and its fields.

    Positions count code points of the text without markup, as the recommendation has it. Nothing of an annotation is lost;
    texts and errors of documents are no part of it.
    """

    name = "webannotation"
    suffixes = (".jsonld",)

    def start(self) -> None:
        self._separator = "\n"
        head = json.dumps({"@context": _CONTEXT, "type": "AnnotationPage"})[:-1]
        self.stream.write(f'{head}, "items": [')

    def write(self, result: Result) -> None:
        document = result.document
        source = _uri(FilePlaces(document).path)
        for layer in document.layers:
            shown = _shown(document, layer)
            for number, row in enumerate(rows(document, layer)):
                item = _annotation(document, layer, row, source, shown[number])
                self.stream.write(self._separator + json.dumps(item, ensure_ascii=False))
                self._separator = ",\n"

    def finish(self) -> None:
        self.stream.write("\n]}\n")


def _annotation(document: Document, layer: str, row: dict[str, Any], source: str, said: str) -> dict[str, Any]:
    start, end = row["start"], row["end"]
    text = document.text
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if end - start <= _LONGEST:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _AROUND) : start],
                "suffix": text[end : end + _AROUND],
            }
        )
    fields = {name: value for name, value in row.items() if name not in _BASE and value is not None}
    return {
        "id": f"urn:copydesk:{quote(document.id, safe='')}:{quote(row['id'], safe='')}",
        "type": "Annotation",
        "motivation": "assessing" if layer == "finding" else "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": layer},
            *([{"type": "TextualBody", "purpose": "describing", "value": said}] if said else []),
        ],
        "target": {"source": source, "selector": selectors},
        "fields": fields,
    }


def _shown(document: Document, layer: str) -> list[str]:
    """What a report says of each annotation of a layer."""
    return [
        "; ".join(filter(None, view_of(type(item)).row(item, document))) if isinstance(item, Annotation) else ""
        for item in document.layer(layer)
    ]


def _uri(path: str) -> str:
    return re.sub("^//+", "/", quote(path.replace("\\", "/"), safe="/~"))
