"""Attribution: a linter for sourcing. Who says it, are they introduced, is the figure anybody's?

It reads the layers of earlier steps (entities, roles, quotes, figures, sections) and reports
findings. Each rule is a `copydesk.Check`; other plugins add theirs through the hook `copydesk_checks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import copydesk

if TYPE_CHECKING:
    from copydesk import Component


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[Component]]:
    """The one component: `use: attribution`."""
    from copydesk_attribution.component import Attribution  # noqa: PLC0415  # importing the plugin stays cheap

    return (Attribution,)
