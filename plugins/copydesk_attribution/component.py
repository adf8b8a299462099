"""Attribution: the component that runs the checks."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from copydesk import (
    Annotation,
    CheckEngine,
    ChecksConfig,
    Component,
    Context,
    Document,
    Entity,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)
from copydesk_attribution.checks import CHECKS
from copydesk_attribution.house import House
from copydesk_attribution.rule import StoryCheck


class AttributionConfig(ChecksConfig):
    """Which checks run, and how."""

    house: House = Field(
        default_factory=House, description="People and outlets that need no introduction; all checks read it."
    )


class Attribution(Component[AttributionConfig]):
    """Checks how a story is sourced: who says it, whether they are introduced, whether the figures agree.

    It runs the checks of this plugin and those that other plugins of the pipeline give through the
    hook `copydesk_checks`. A check whose layers no earlier step provided is skipped, and the
    document says so.
    """

    name = "attribution"
    reads = (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)
    provides = (Finding,)
    uses_optional = ("token.tag", "token.dep", "token.head", "token.lemma")
    runs_checks = True

    def setup(self, context: Context) -> None:
        """Chooses and builds the checks.

        Raises:
            UsageError: the settings name a check or option that there is not.
        """
        self.engine = CheckEngine.of(self.config, (*CHECKS, *context.checks))
        for check in self.engine.checks:
            if isinstance(check, StoryCheck):
                check.house = self.config.house

    def process(self, document: Document) -> Iterable[Annotation]:
        """The findings in a document."""
        return self.engine.findings(document)
