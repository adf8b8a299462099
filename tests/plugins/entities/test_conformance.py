"""The entities plugin passes the checks of every component."""

from copydesk.testing import ComponentConformance
from copydesk_entities.component import Entities


class TestEntities(ComponentConformance):
    component = Entities
    configs = ({}, {"min_confidence": 0.9})
