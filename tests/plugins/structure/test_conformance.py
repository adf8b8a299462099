"""The structure plugin passes the checks of every component."""

from copydesk.testing import ComponentConformance
from copydesk_structure.structure import Structure


class TestStructure(ComponentConformance):
    component = Structure
    configs = ({}, {"headline": "first-line", "lines": "wrapped", "outlets": ["The Daily Star"]})
