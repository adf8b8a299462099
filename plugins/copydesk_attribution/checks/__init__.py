"""The checks of this plugin, a file for each group of codes."""

from __future__ import annotations

from typing import Any

from copydesk import Check
from copydesk_attribution.checks.accusations import UnansweredAccusation, UnattributedAccusation
from copydesk_attribution.checks.arithmetic import ArithmeticMismatch, PartsOverWhole
from copydesk_attribution.checks.bodies import OrganisationVariant
from copydesk_attribution.checks.claims import LateAttribution, UnattributedQuote
from copydesk_attribution.checks.days import EventOnTwoDays, WeekdayMismatch
from copydesk_attribution.checks.descriptions import SourceWithoutRole
from copydesk_attribution.checks.figures import ConflictingFigures, FigureWithoutSource
from copydesk_attribution.checks.guilt import GuiltBeforeVerdict
from copydesk_attribution.checks.headline_claims import HeadlineOverstates
from copydesk_attribution.checks.headlines import HeadlineNumberMismatch, HeadlineQuoteNotInBody
from copydesk_attribution.checks.introductions import IntroducedTooLate, UnintroducedPerson
from copydesk_attribution.checks.names import NameVariant
from copydesk_attribution.checks.namesakes import LateRole, SharedSurname
from copydesk_attribution.checks.personal_facts import ConflictingAge, ConflictingNationality, ConflictingParty
from copydesk_attribution.checks.polls import PollUndescribed
from copydesk_attribution.checks.quotation_marks import UnbalancedQuotes
from copydesk_attribution.checks.reference import RoleContradictsReference
from copydesk_attribution.checks.remarks_unreported import DanglingSpeechReference
from copydesk_attribution.checks.repeated_quotes import SameQuoteTwoSources
from copydesk_attribution.checks.roles import ChangedRank, ConflictingRoles
from copydesk_attribution.checks.secondhand import SecondHandQuote
from copydesk_attribution.checks.times import UnanchoredTime
from copydesk_attribution.checks.unnamed import UnnamedSource
from copydesk_attribution.checks.unnamed_media import UnnamedRelay
from copydesk_attribution.checks.vague import VagueAttribution

CHECKS: tuple[type[Check[Any]], ...] = (
    UnattributedQuote,
    LateAttribution,
    SameQuoteTwoSources,
    UnattributedAccusation,
    UnansweredAccusation,
    GuiltBeforeVerdict,
    UnintroducedPerson,
    IntroducedTooLate,
    SourceWithoutRole,
    DanglingSpeechReference,
    SharedSurname,
    LateRole,
    UnnamedSource,
    VagueAttribution,
    ConflictingRoles,
    RoleContradictsReference,
    NameVariant,
    ChangedRank,
    ConflictingNationality,
    ConflictingParty,
    ConflictingAge,
    OrganisationVariant,
    SecondHandQuote,
    UnnamedRelay,
    FigureWithoutSource,
    ConflictingFigures,
    ArithmeticMismatch,
    PartsOverWhole,
    WeekdayMismatch,
    UnanchoredTime,
    EventOnTwoDays,
    PollUndescribed,
    UnbalancedQuotes,
    HeadlineQuoteNotInBody,
    HeadlineNumberMismatch,
    HeadlineOverstates,
)
"""All of them, by code."""
