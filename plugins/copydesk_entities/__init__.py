"""The entities plugin: who and what a story names, and what it says they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import copydesk

if TYPE_CHECKING:
    from collections.abc import Sequence


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component[Any]]]:
    """The component `entities`."""
    from copydesk_entities.component import Entities  # importing a plugin is cheap

    return [Entities]
