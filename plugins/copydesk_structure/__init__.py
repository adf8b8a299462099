"""The parts of a story: headline, byline, dateline, paragraphs, captions. From the text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import copydesk

if TYPE_CHECKING:
    from collections.abc import Sequence


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component]]:
    """Structure."""
    from copydesk_structure.structure import Structure  # importing the plugin stays cheap

    return [Structure]
