"""The quotes plugin passes the checks of every component, with both engines."""

from copydesk.testing import ComponentConformance
from copydesk_quotes.component import Quotes


class TestQuotes(ComponentConformance):
    component = Quotes
    model = "copydesk_english"
    configs = ({}, {"engine": "rules"})
    examples = (
        "“We found nothing,” said Ann Lee, the mayor. She added that the search was over.",
        "According to the ministry, talks had “failed”. The minister told Sky News: “We are done.”",
    )
