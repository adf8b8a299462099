"""The parts of a story: headline, byline, dateline, paragraphs, captions; sentences; quotations. From the text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import copydesk

if TYPE_CHECKING:
    from collections.abc import Sequence


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component[Any]]]:
    """Structure."""
    from copydesk_structure.structure import Structure  # importing the plugin stays cheap

    return [Structure]
