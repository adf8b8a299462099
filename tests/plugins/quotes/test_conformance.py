"""The quotes plugin passes the checks of every component, with both engines, on the toy parse and on a model's."""

import pytest

from copydesk.testing import ComponentConformance
from copydesk_quotes.component import Quotes


class TestQuotes(ComponentConformance):
    component = Quotes
    configs = ({}, {"engine": "rules"})
    examples = (
        "“We found nothing,” said Ann Lee, the mayor. She added that the search was over.",
        "According to the ministry, talks had “failed”. The minister told Sky News: “We are done.”",
    )


@pytest.mark.slow  # four minutes, nearly all of them the parse
class TestQuotesWithAModel(TestQuotes):
    model = "copydesk_english"
