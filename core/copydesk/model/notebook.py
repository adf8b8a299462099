"""What a notebook shows of a value: asked of the views, which lie above the model, only when a notebook asks."""

from __future__ import annotations

from importlib import import_module


def in_notebook(what: str, value: object) -> str:
    """HTML for a notebook's cell; `what` is "document", "layer" or "annotation"."""
    views = import_module("copydesk.formats.html.notebook")
    made: str = getattr(views, what)(value)
    return made
