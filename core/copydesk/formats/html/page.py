"""The frame of the page: style, script, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files

from copydesk.vocabulary import SEVERITIES

LAYERS = (
    ("entity", "Names"),
    ("quote", "Quotes"),
    ("quantity", "Numbers"),
    ("time", "Times"),
    ("finding", "Findings"),
)
"""The layers that can be switched, and what the switch says."""


@cache
def _asset(name: str) -> str:
    return files("copydesk.formats.html").joinpath(name).read_text(encoding="utf-8").strip()


def _digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def head(title: str) -> str:
    """From the doctype to the switches above the documents."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    switches = "".join(
        f'<label class="switch"><input type="checkbox" id="show-{layer}" checked> '
        f'<span class="swatch {layer}">{escape(label)}</span></label>'
        for layer, label in LAYERS
    )
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#index">Skip to the index of documents</a>\n'
        f'<header class="bar"><h1>{escape(title)}</h1>'
        f'<fieldset class="switches"><legend>Show in the text</legend>{switches}</fieldset></header>\n<main>\n'
    )


def foot(index: Iterable[tuple[str, str, dict[str, int]]]) -> str:
    """The index and the end of the page.

    Args:
        index: for each document its anchor, its title, and how many findings of each severity it has.
    """
    rows = "".join(
        f'<li><a href="#{escape(anchor)}">{escape(title)}</a> {badges(findings)}</li>\n'
        for anchor, title, findings in index
    )
    return (
        f'</main>\n<nav id="index" aria-label="Documents"><h2>Documents</h2>\n<ol>{rows}</ol></nav>\n'
        f"<script>{_asset('report.js')}</script>\n</body>\n</html>\n"
    )


def badges(findings: dict[str, int]) -> str:
    """How many findings of each severity, as small labels; first of all whether the document failed."""
    failed = '<span class="badge error">failed</span> ' if findings.get("failed") else ""
    return failed + " ".join(
        f'<span class="badge {severity}">{findings[severity]} {severity}</span>'
        for severity in SEVERITIES
        if findings.get(severity)
    )
