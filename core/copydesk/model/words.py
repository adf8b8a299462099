"""Words: a closed list of words that stays open for readers.

    kind: Annotated[str, Words("date", "time")]

Whoever makes an annotation uses a word of the list, or one of its own with its package's name before it
(`mypackage.decade`). Whoever reads one takes any word as it stands: the list may have grown since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from copydesk.nearest import did_you_mean

READING = "copydesk.reading"
"""The key of pydantic's validation context that says which words are taken as they stand: True for all, or the names
of fields."""

_OWN = re.compile(r"[A-Za-z_]\w*(\.\w+)+")


@dataclass(frozen=True, slots=True, init=False)
class Words:
    """The words that a field may have; in `Annotated[str, Words(…)]`."""

    known: tuple[str, ...]

    def __init__(self, *known: str) -> None:
        object.__setattr__(self, "known", known)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = frozenset(self.known)

        def check(word: str, info: ValidationInfo) -> str:
            if word in known or _OWN.fullmatch(word):
                return word
            reading = info.context.get(READING) if info.context else None
            if reading is True or (reading and info.field_name in reading):
                return word
            raise PydanticCustomError(
                "unknown_word",
                "'{word}' is none of {known}{hint}; a word of your own has your package's name before it: package.{word}",
                {"word": word, "known": ", ".join(self.known), "hint": did_you_mean(word, self.known).rstrip("?")},
            )

        return core_schema.with_info_after_validator_function(check, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "anyOf": [
                {"enum": list(self.known)},
                {"type": "string", "description": "A word that is newer, or a plugin's."},
            ]
        }
