"""Plugins for tests of plugins. Not itself a test."""

from __future__ import annotations

from types import SimpleNamespace

from copydesk import Check, Component, Observer, hookimpl
from copydesk.plugins.reader import Reader
from copydesk.plugins.writer import Writer


class Nothing(Component):
    """Finds nothing."""

    name = "nothing"

    def process(self, document):
        return []


class Lines(Reader):
    """Reads lines."""

    name = "lines"
    suffixes = (".lines",)

    def read(self, source):
        yield from ()


class Silence(Writer):
    """Writes nothing."""

    name = "silence"

    def write(self, result):
        pass


class Watcher(Observer):
    """Watches."""

    name = "watcher"


class Rule(Check):
    """Nothing is right."""

    code = "TST001"
    name = "nothing-is-right"
    severity = "info"

    def check(self, document):
        return []


def giving(**hooks):
    """A plugin object whose hooks give these values: `giving(components=[Nothing])`."""

    def implementation(name, value):
        def hook():
            return value

        hook.__name__ = name
        return hookimpl(hook)

    return SimpleNamespace(
        **{f"copydesk_{name}": implementation(f"copydesk_{name}", value) for name, value in hooks.items()}
    )


def variant(base=Nothing, **attributes):
    """A class that differs from a sound one in these attributes."""
    return type("Variant", (base,), {"__doc__": "Differs.", "name": "variant", **attributes})
