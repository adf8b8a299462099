"""The checks of this plugin, a file for each group of codes."""

from __future__ import annotations

from copydesk import Check
from copydesk_attribution.checks.claims import UnattributedQuote
from copydesk_attribution.checks.figures import FigureWithoutSource
from copydesk_attribution.checks.headlines import HeadlineQuoteNotInBody
from copydesk_attribution.checks.reference import RoleContradictsReference
from copydesk_attribution.checks.roles import ConflictingRoles
from copydesk_attribution.checks.secondhand import SecondHandQuote
from copydesk_attribution.checks.speakers import (
    DanglingSpeechReference,
    IntroducedTooLate,
    SourceWithoutRole,
    UnintroducedPerson,
)
from copydesk_attribution.checks.unnamed import UnnamedSource, VagueAttribution

CHECKS: tuple[type[Check], ...] = (
    UnattributedQuote,
    UnintroducedPerson,
    IntroducedTooLate,
    SourceWithoutRole,
    DanglingSpeechReference,
    UnnamedSource,
    VagueAttribution,
    ConflictingRoles,
    RoleContradictsReference,
    SecondHandQuote,
    FigureWithoutSource,
    HeadlineQuoteNotInBody,
)
"""All of them, by code."""
