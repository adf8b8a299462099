"""Both engines hold to what every component promises."""

from copydesk.testing import ComponentConformance
from copydesk_quotes.component import Quotes


class TestQuotes(ComponentConformance):
    component = Quotes
    configs = ({}, {"engine": "rules"}, {"kinds": ["direct"], "extra_cues": ["trill"], "report_unbalanced": False})
    examples = (
        "“We will rebuild the bridge,” Anna Weber said.",
        "He said: “We will rebuild the bridge.\nNothing happened.",
    )
