"""Quotes: who said what, in whose words.

Finds direct, mixed and indirect speech with its cue and source, resolves the speaker, and reports
quotation marks that do not pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from copydesk import hookimpl

if TYPE_CHECKING:
    from copydesk import Check, Component


@hookimpl
def copydesk_components() -> Sequence[type[Component]]:
    """The quotes component."""
    from copydesk_quotes.component import Quotes  # importing the plugin stays cheap

    return (Quotes,)


@hookimpl
def copydesk_checks() -> Sequence[type[Check]]:
    """The page of ATT701, which the component reports."""
    from copydesk_quotes.unbalanced import UnbalancedQuotes

    return (UnbalancedQuotes,)
