"""Commands of plugins: entry points in the group `copydesk.commands`, found by metadata.

The name of the entry point is the command; what it names is a function that takes the command's arguments, a list of
str, and returns an exit code, or None for 0. Nothing of it is imported before it is called.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib import metadata

GROUP = "copydesk.commands"


def plugin_commands(own: Collection[str]) -> dict[str, metadata.EntryPoint]:
    """The commands of plugins by name; one that has the name of a command of ours is none."""
    found = sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name)
    return {point.name: point for point in found if point.name not in own}


def distribution_of(point: metadata.EntryPoint) -> str:
    """Which distribution gives a command, with its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value


def call(point: metadata.EntryPoint, arguments: Sequence[str]) -> int:
    """Run a command of a plugin; its exit code.

    Raises:
        PluginLoadError: it cannot be imported, or is no function.
    """
    import traceback

    from copydesk.errors import PluginLoadError

    try:
        function = point.load()
    except Exception as error:
        raise PluginLoadError(
            f"the command '{point.name}' of {distribution_of(point)} cannot be imported: {type(error).__name__}: {error}",
            plugin=point.name,
            traceback=traceback.format_exc(),
        ) from error
    if not callable(function):
        raise PluginLoadError(
            f"the command '{point.name}' of {distribution_of(point)} is {type(function).__name__}, not a function",
            plugin=point.name,
        )
    return int(function(list(arguments)) or 0)
