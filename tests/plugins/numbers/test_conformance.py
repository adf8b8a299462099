"""The numbers plugin passes the checks of every component."""

from copydesk.testing import ComponentConformance
from copydesk_numbers.component import Numbers


class TestNumbers(ComponentConformance):
    component = Numbers
    examples = (
        "The fire destroyed 12 houses on September 30, cost $1.2bn and rose 5 percent to 40 in three days.",
        "Between 10 and 15 people, aged 30, waited half an hour at 20 °C.",
    )
