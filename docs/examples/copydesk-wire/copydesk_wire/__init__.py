"""copydesk-wire: a copydesk plugin."""

from collections.abc import Sequence

import copydesk


@copydesk.hookimpl
def copydesk_readers() -> Sequence[type[copydesk.Reader]]:
    """The readers of this plugin."""
    from copydesk_wire.formats import WireReader  # listing plugins stays quick

    return (WireReader,)


@copydesk.hookimpl
def copydesk_writers() -> Sequence[type[copydesk.Writer]]:
    """The writers of this plugin."""
    from copydesk_wire.formats import WireWriter

    return (WireWriter,)
