"""numbers: every figure of a story, its value, its unit and what it counts, and every time expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import copydesk


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component[Any]]]:
    """The one component of this plugin, `numbers`."""
    from copydesk_numbers.component import Numbers  # importing the plugin stays cheap

    return [Numbers]
