"""Attribution: the component that runs the checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field

from copydesk import (
    Annotation,
    Check,
    Component,
    ComponentConfig,
    Document,
    Entity,
    Finding,
    Quantity,
    Quote,
    Reference,
    Role,
    Section,
    Severity,
    TimeExpression,
)
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.engine import Engine
from copydesk_attribution.notices import NOTICES
from copydesk_attribution.selection import Catalogue, build


class Attribution(Component):
    """Checks how a story is sourced: who says it, whether they are introduced, whether the figures agree.

    It runs the checks of this plugin and those that other plugins of the pipeline give through the
    hook `copydesk_checks`. A check whose layers no earlier step provided is skipped, and the
    document says so.
    """

    name = "attribution"
    requires_optional = (Section, Entity, Reference, Role, Quote, Quantity, TimeExpression)
    provides = (Finding,)
    uses_optional = ("token.tag", "token.dep")

    class Config(ComponentConfig):
        """Which checks run, and how."""

        select: tuple[str, ...] | None = Field(
            None, description="Run exactly these checks, by code or name. By default all stable ones run."
        )
        also: tuple[str, ...] = Field((), description="Run these too: the way to switch on preview checks.")
        ignore: tuple[str, ...] = Field((), description="Do not run these.")
        severity: Mapping[str, Severity] = Field(
            default_factory=dict, description="Severity of a check's findings, in place of its own, by code or name."
        )
        options: Mapping[str, Mapping[str, Any]] = Field(
            default_factory=dict, description="Options of checks, by code or name; the page of a check lists its own."
        )
        report_skipped: bool = Field(
            True, description="Report, once in a document, which checks lacked the layers that they need (ATT901)."
        )

    config: Config

    def setup(self) -> None:
        """Chooses and builds the checks.

        Raises:
            CheckConfigError: the config names a check or option that there is not.
        """
        self.engine = engine_of(self.config, self._extra_checks())

    def _extra_checks(self) -> Sequence[type[Check]]:
        if self.hooks is None:
            return ()
        return [check for checks in self.hooks.copydesk_checks() for check in checks]

    def process(self, document: Document) -> Iterable[Annotation]:
        """The findings in a document."""
        return self.engine.findings(document)


def engine_of(config: Attribution.Config, extra: Iterable[type[Check]] = ()) -> Engine:
    """The engine that a config describes, with checks of other plugins."""
    catalogue = Catalogue([*CHECKS, *NOTICES, *extra])
    options = catalogue.options(config.options)
    chosen = catalogue.chosen(config.select, config.also, config.ignore)
    return Engine(
        [build(check, options.get(check.code, {})) for check in chosen],
        catalogue.severities(config.severity),
        report_skipped=config.report_skipped,
    )
