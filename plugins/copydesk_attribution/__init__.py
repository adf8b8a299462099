"""Attribution: a linter for sourcing. Who says it, are they introduced, is the figure anybody's?

It reads the layers of earlier steps (entities, roles, quotes, figures, sections) and reports
findings. Each rule is a `copydesk.Check`; other plugins add theirs through the hook `copydesk_checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import copydesk

if TYPE_CHECKING:
    from copydesk import Check, Component


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[Component]]:
    """The one component: `use: attribution`."""
    from copydesk_attribution.component import Attribution  # importing the plugin stays cheap

    return (Attribution,)


@copydesk.hookimpl
def copydesk_checks() -> Sequence[type[Check]]:
    """Its own checks and notices, through the same hook that other plugins use."""
    from copydesk_attribution.checks import CHECKS  # importing the plugin stays cheap
    from copydesk_attribution.notices import NOTICES

    return (*CHECKS, *NOTICES)
