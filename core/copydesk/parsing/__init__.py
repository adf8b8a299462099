"""The shared spaCy parse: which model, which of its components, and how texts go through it."""

from __future__ import annotations

from copydesk.parsing.models import MODEL_GROUP, ModelRecord, check_model, is_file, load_model
from copydesk.parsing.shared import MAX_CHARS, ZONE_CHARS, SharedParse

__all__ = [
    "MAX_CHARS",
    "MODEL_GROUP",
    "ZONE_CHARS",
    "ModelRecord",
    "SharedParse",
    "check_model",
    "is_file",
    "load_model",
]
