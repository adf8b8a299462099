"""Untyped: an annotation whose type is not installed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.model.annotation import BASE_FIELDS, Annotation


class Untyped(Annotation):
    """An annotation whose type is not installed: what every annotation has, and the rest as JSON values.

    It belongs to no layer of its own; `document.layer(name)` gives it for a layer of an unknown type.
    """

    layer_name: str
    fields: Mapping[str, Any]

    @classmethod
    def of(cls, layer: str, entry: Mapping[str, Any]) -> Untyped:
        """The annotation that an entry of a layer holds."""
        base = {name: entry[name] for name in BASE_FIELDS if name in entry}
        fields = {name: value for name, value in entry.items() if name not in base and name != "text"}
        return cls.model_validate({**base, "layer_name": layer, "fields": fields})
