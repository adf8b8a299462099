"""Quotes: who said what, in whose words.

Finds direct, mixed and indirect speech with its cue and source, and resolves the speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from copydesk import hookimpl

if TYPE_CHECKING:
    from copydesk import Component


@hookimpl
def copydesk_components() -> Sequence[type[Component[Any]]]:
    """The quotes component."""
    from copydesk_quotes.component import Quotes  # importing the plugin stays cheap

    return (Quotes,)
