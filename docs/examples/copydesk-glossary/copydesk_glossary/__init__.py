"""copydesk-glossary: a copydesk plugin."""

from collections.abc import Sequence
from typing import Any

import copydesk


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component[Any]]]:
    """The components of this plugin."""
    from copydesk_glossary.component import Glossary  # listing plugins stays quick

    return (Glossary,)
