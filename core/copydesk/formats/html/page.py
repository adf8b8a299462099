"""The frame of a page: style, script, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from copydesk.model.vocabulary import SEVERITIES

TITLE = "copydesk report"

LAYERS = (
    ("entity", "Names"),
    ("quote", "Quotes"),
    ("quantity", "Numbers"),
    ("time", "Times"),
    ("finding", "Findings"),
)
"""The layers that can be switched, and what the switch says."""

MARKS = {
    "entity": "name",
    "quote": "quote",
    "cue": "cue of a quote",
    "source": "source of a quote",
    "quantity": "number",
    "time": "time",
    "finding": "finding",
}
"""What a screen reader says of a piece of text that is marked so."""


@cache
def _asset(name: str) -> str:
    return files("copydesk.formats.html").joinpath(name).read_text(encoding="utf-8").strip()


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def head(title: str, *, scripted: bool = True) -> str:
    """From the doctype to the open body.

    Args:
        title: of the page.
        scripted: whether the page ends with `script`.
    """
    style = _asset("report.css")
    script = f"script-src {_digest(_asset('report.js'))}; " if scripted else ""
    policy = f"default-src 'none'; style-src {_digest(style)}; {script}base-uri 'none'; form-action 'none'"
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def bar(index: str) -> str:
    """What stands above the documents: the switches, and the way to the index at this address; opens `main`."""
    switches = "".join(
        f'<label class="switch"><input type="checkbox" id="show-{layer}" checked> '
        f'<span class="swatch {layer}">{label}</span></label>'
        for layer, label in LAYERS
    )
    descriptions = "".join(f'<span id="is-{name}">{said}</span>' for name, said in MARKS.items())
    return (
        '<a class="skip" href="#main">Skip to the text</a>\n'
        f'<header class="bar"><h1>{TITLE}</h1><a href="{index}">All documents</a>'
        f'<fieldset class="switches"><legend>Show in the text</legend>{switches}'
        '<span class="switch">Of a quote: <span class="swatch source">source</span>'
        '<span class="swatch cue">cue</span></span></fieldset>'
        f'</header>\n<div hidden>{descriptions}</div>\n<main id="main" tabindex="-1">\n'
    )


def foot(index: Iterable[tuple[str, str, Mapping[str, int]]] | None = None) -> str:
    """The end of a page with documents.

    Args:
        index: for each document its anchor, its title, and how many findings of each severity it has; None on
            a page of one document, whose index is a page of its own.
    """
    listed = ""
    if index is not None:
        rows = (index_row(f"#{anchor}", title, findings) for anchor, title, findings in index)
        listed = f"{open_index('index')}{''.join(rows)}{CLOSE_INDEX}"
    return (
        f"</main>\n{listed}"
        '<aside id="details" aria-labelledby="details-title" hidden><header>'
        '<h2 id="details-title" tabindex="-1">Details</h2>'
        '<button type="button" id="details-before">Previous</button>'
        '<button type="button" id="details-after">Next</button>'
        '<button type="button" id="details-close">Close</button></header><ul aria-live="polite"></ul></aside>\n'
        f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n"
    )


def open_index(id: str) -> str:
    """The beginning of a list of documents; `index_row`s and `CLOSE_INDEX` follow."""
    named = f' id="{id}"' if id else ""
    return f'<nav{named} aria-labelledby="index-title"><h2 id="index-title">Documents</h2>\n<ol>\n'


CLOSE_INDEX = "</ol></nav>\n"


def index_row(address: str, title: str, findings: Mapping[str, int]) -> str:
    """A document in the index: a link to it, and how many findings of each severity it has."""
    return f'<li dir="auto"><a href="{escape(address)}">{escape(title)}</a> {badges(findings)}</li>\n'


def badges(findings: Mapping[str, int]) -> str:
    """How many findings of each severity, as small labels; first of all whether the document failed, or how many did."""
    count = findings.get("failed", 0)
    failed = f'<span class="badge error">{f"{count:,} " if count > 1 else ""}failed</span> ' if count else ""
    return failed + " ".join(
        f'<span class="badge {severity}">{findings[severity]:,} {severity}</span>'
        for severity in SEVERITIES
        if findings.get(severity)
    )
