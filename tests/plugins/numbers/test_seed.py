"""The article that the project starts from: its five figures, its six times, and what is no number."""

from pathlib import Path

import pytest

from copydesk import Context, Document, Quantity, TimeExpression
from copydesk_numbers.component import Numbers

SEED = Path(__file__).parents[3] / "seeds" / "syria-coordination.txt"


@pytest.fixture(scope="module")
def found():
    document = Document(SEED.read_text(encoding="utf-8"))
    numbers = Numbers()
    numbers.setup(Context())
    return document, list(numbers.process(document))


def test_the_five_figures(found):
    document, items = found
    quantities = [
        (document.text_of(q), q.low, q.unit, document.text_of(q.counted) if q.counted else None)
        for q in items
        if isinstance(q, Quantity)
    ]
    assert sorted(quantities, key=str) == sorted(
        [
            ("500", 500, None, "fuel tanker trucks"),
            ("three", 3, None, "depots"),
            ("an hour", 1, "hour", "the conversation"),
            ("second", 2, "day", "day"),
            ("few days", 2, "day", None),
        ],
        key=str,
    )


def test_the_six_times(found):
    document, items = found
    assert [
        (document.text_of(t), t.timex) for t in sorted(items, key=lambda i: i.start) if isinstance(t, TimeExpression)
    ] == [
        ("September 30", "XXXX-09-30"),
        ("an hour", "PT1H"),
        ("the first few days", "PXD"),
        ("for a second day running", "P2D"),
        ("Earlier", "PAST_REF"),
        ("next week", "DCT+P1W"),
    ]
