"""The conformance kits: the checks that every plugin class must pass, as tests of your own.

    from copydesk.testing import ComponentConformance

    class TestShouts(ComponentConformance):
        component = ShoutFinder

pytest runs the checks. There is a kit for components, checks, readers, writers and observers. Beside them there is
`yaml_cases`, which makes tests of a file of marked texts, `annotate`, which runs one component on one text for plain tests, `toy_parse`, a spaCy parse that needs no model,
`toy_layers`, and `texts` and `documents`, strategies for hypothesis. It needs pytest and hypothesis:
`pip install "copydesk[testing]"`.
"""

from __future__ import annotations

try:
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f'copydesk.testing needs {error.name}: pip install "copydesk[testing]"', name=error.name
    ) from error

from copydesk.testing.cases import Case, CaseError, read_cases
from copydesk.testing.check_kit import CheckConformance
from copydesk.testing.component_kit import ComponentConformance
from copydesk.testing.format_kits import ReaderConformance, WriterConformance
from copydesk.testing.observer_kit import ObserverConformance
from copydesk.testing.running import annotate
from copydesk.testing.strategies import documents, texts
from copydesk.testing.toylayers import toy_layers
from copydesk.testing.toyparse import toy_parse
from copydesk.testing.yaml_cases import yaml_cases

__all__ = [
    "Case",
    "CaseError",
    "CheckConformance",
    "ComponentConformance",
    "ObserverConformance",
    "ReaderConformance",
    "WriterConformance",
    "annotate",
    "documents",
    "read_cases",
    "texts",
    "toy_layers",
    "toy_parse",
    "yaml_cases",
]
