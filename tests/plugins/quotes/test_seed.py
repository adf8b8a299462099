"""The story that copydesk was born from: who says what, and through whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk import Document, Pipeline, Quote

SEED = next((Path(__file__).parents[3] / "seeds").glob("*.txt"))
SAID = [
    ("Valery Gerasimov and Pierre de Villiers “discussed", "Russian defence ministry", ["a statement"]),
    ("“In just the first few days", "Andrey Kartapolov", []),
    ("“The air strikes have destroyed", "Andrey Kartapolov", []),
    ("“Under the Russian president’s decree", "Andrey Kartapolov", ["state news outlet Tass"]),
    ("“We think they are honest", "Laurent Fabius", ["France Inter radio"]),
    ("Moscow could work with", "Sergei Lavrov", []),
]
"""How the content begins, the speaker, and the relays."""


@pytest.fixture(scope="module")
def story() -> Document:
    return Pipeline.load("newsroom")(SEED.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("begin", "speaker", "relays"), SAID, ids=[said[0][:25] for said in SAID])
def test_who_says_what_through_whom(story, begin, speaker, relays):
    (quote,) = [quote for quote in story[Quote] if story.text_of(quote.content[0]).startswith(begin)]
    assert story.resolve(quote.speaker).name == speaker
    assert [story.text_of(relay) for relay in quote.relay] == relays


def test_whoever_passes_a_statement_on_says_nothing_else(story):
    assert not [quote for quote in story[Quote] if story.text_of(quote.source[0]) == "Tass"]
