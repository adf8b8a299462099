"""The checks of this plugin, a file for each group of codes."""

from __future__ import annotations

from copydesk import Check
from copydesk_attribution.checks.arithmetic import ArithmeticMismatch
from copydesk_attribution.checks.claims import LateAttribution, SameQuoteTwoSources, UnattributedQuote
from copydesk_attribution.checks.figures import ConflictingFigures, FigureWithoutSource
from copydesk_attribution.checks.headlines import HeadlineNumberMismatch, HeadlineQuoteNotInBody
from copydesk_attribution.checks.names import NameVariant
from copydesk_attribution.checks.reference import RoleContradictsReference
from copydesk_attribution.checks.roles import ConflictingRoles
from copydesk_attribution.checks.secondhand import SecondHandQuote, UnnamedRelay
from copydesk_attribution.checks.speakers import (
    DanglingSpeechReference,
    IntroducedTooLate,
    SourceWithoutRole,
    UnintroducedPerson,
)
from copydesk_attribution.checks.times import UnanchoredTime
from copydesk_attribution.checks.unnamed import UnnamedSource, VagueAttribution

CHECKS: tuple[type[Check], ...] = (
    UnattributedQuote,
    LateAttribution,
    SameQuoteTwoSources,
    UnintroducedPerson,
    IntroducedTooLate,
    SourceWithoutRole,
    DanglingSpeechReference,
    UnnamedSource,
    VagueAttribution,
    ConflictingRoles,
    RoleContradictsReference,
    NameVariant,
    SecondHandQuote,
    UnnamedRelay,
    FigureWithoutSource,
    ConflictingFigures,
    ArithmeticMismatch,
    UnanchoredTime,
    HeadlineQuoteNotInBody,
    HeadlineNumberMismatch,
)
"""All of them, by code."""
