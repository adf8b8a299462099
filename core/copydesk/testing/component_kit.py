"""ComponentConformance: the class that the author of a component subclasses."""

from __future__ import annotations

from copydesk.testing.class_checks import ClassChecks
from copydesk.testing.hostile_checks import HostileChecks
from copydesk.testing.parse_checks import ParseChecks
from copydesk.testing.work_checks import WorkChecks


class ComponentConformance(ClassChecks, WorkChecks, HostileChecks, ParseChecks):
    """The checks that every component must pass. Subclass it in a test file, and name the component::

        class TestShouts(ComponentConformance):
            component = ShoutFinder

    Class attributes:
        component: the class under test.
        configs: settings to test it with, as mappings or instances of its config class; by default its defaults.
        examples: texts in which it finds something, under at least one of the configs; or documents, whose layers
            and metadata are kept, and whose parse is made anew. A story of the kit's own is always among them.
        before: what earlier steps make of a text: components, or a method `before(self, text)` that
            gives annotations. By default `toy_layers` of the types that it requires.
        model: a spaCy model that parses, as in a pipeline file; by default `toy_parse`, which needs none.
        expected_failures: checks that it does not pass yet, each with the reason. Such a check runs all
            the same, and fails once it passes: then the reason is gone, and so must the entry be.
        seconds: the time limit of each check.

    A check cannot be overridden. Tests of your own may stand beside them.
    """
