"""Attribution: a linter for sourcing. Who says it, are they introduced, is the figure anybody's?

It reads the layers of earlier steps (entities, roles, quotes, figures, sections) and reports
findings. Each rule is a `copydesk.Check`; other plugins add theirs through the hook `copydesk_checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import copydesk

if TYPE_CHECKING:
    from copydesk import Check, Component


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[Component[Any]]]:
    """The one component: `use: attribution`."""
    from copydesk_attribution.component import Attribution  # importing the plugin stays cheap

    return (Attribution,)


@copydesk.hookimpl
def copydesk_checks() -> Sequence[type[Check[Any]]]:
    """Its own checks, through the same hook that other plugins use."""
    from copydesk_attribution.checks import CHECKS  # importing the plugin stays cheap

    return CHECKS


@copydesk.hookimpl
def copydesk_check_prefixes() -> Sequence[str]:
    """The codes of its checks begin so."""
    return ("ATT",)
