"""copydesk-hedges: a copydesk plugin."""

from collections.abc import Sequence

import copydesk


@copydesk.hookimpl
def copydesk_components() -> Sequence[type[copydesk.Component]]:
    """The components of this plugin."""
    from copydesk_hedges.component import Hedges  # listing plugins stays quick

    return (Hedges,)


@copydesk.hookimpl
def copydesk_checks() -> Sequence[type[copydesk.Check]]:
    """The checks of this plugin."""
    from copydesk_hedges.check import HedgedTwice

    return (HedgedTwice,)


@copydesk.hookimpl
def copydesk_check_prefixes() -> Sequence[str]:
    """What the codes of its checks begin with."""
    return ("HDG",)
