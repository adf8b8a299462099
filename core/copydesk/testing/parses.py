"""The parse that a component under test is given: the toy parse, or that of a model."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.parsing import SharedParse
from copydesk.parsing.selection import made_by_components
from copydesk.plugins.component import Component
from copydesk.testing.toyparse import LAYERS, Scheme, toy_parse

if TYPE_CHECKING:
    from spacy.tokens import Doc

TOY = "toy"
"""Instead of a model's name: the toy parse."""


def parse_with(model: str, component: Component[Any], text: str, *, scheme: Scheme = "ud") -> Doc:
    """The parse of a text for a component, with all that a toy parse holds, or what it uses of a model."""
    if model == TOY:
        return toy_parse(text, scheme=scheme)
    return _shared(model, component.used()).parse(text)


@cache
def _shared(model: str, uses: tuple[str, ...]) -> _ModelParse:
    return _ModelParse(model, uses)


class _ModelParse:
    def __init__(self, model: str, uses: tuple[str, ...]) -> None:
        self._shared = SharedParse(model, {attribute: ["the component under test"] for attribute in uses})

    def parse(self, text: str) -> Doc:
        (doc,) = self._shared.parse_all([text])
        if isinstance(doc, Exception):
            raise doc
        return doc


def used_layers(component: Component[Any]) -> Collection[str]:
    """The layers of a toy parse that hold what a component says it reads."""
    attributes = (*component.used(), *component.uses_optional)
    made = {made for attribute in attributes for made in made_by_components(attribute, [component.name])}
    return made & LAYERS
