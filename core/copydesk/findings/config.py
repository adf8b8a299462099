"""The settings of a step that runs checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from copydesk.model.vocabulary import Severity
from copydesk.plugins.config import Config


class ChecksConfig(Config):
    """Which checks run, and how. Base of the settings of every component that runs checks."""

    select: tuple[str, ...] | None = Field(
        default=None,
        description="Run exactly these checks, by code or name; `ATT2` stands for the stable ones whose codes begin so. "
        "By default all stable ones run.",
    )
    also: tuple[str, ...] = Field(
        default=(),
        description="Run these too, by code, name or the beginning of codes: the way to switch on preview checks.",
    )
    ignore: tuple[str, ...] = Field(
        default=(), description="Do not run these, by code, name or the beginning of codes."
    )
    severity: Mapping[str, Severity] = Field(
        default_factory=dict,
        description="Severity of a check's findings, in place of its own, by code, name or the beginning of codes.",
    )
    options: Mapping[str, Mapping[str, Any]] = Field(
        default_factory=dict, description="Options of checks, by code or name; the page of a check lists its own."
    )
    report_skipped: bool = Field(
        default=True, description="Report, once in a document, which checks lacked the layers that they need (ATT901)."
    )
