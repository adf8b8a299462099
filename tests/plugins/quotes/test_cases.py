"""Own cases, each with why it is there: typography, layout, attribution."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from copydesk import Context, Quote
from copydesk_quotes.component import Quotes

EDGE = " \t\n\"“”„‟«»‹›‘’‚'`「」.,;:!?—–-()[]"
CASES = [
    (f"{path.stem}-{number}", case)
    for path in sorted(Path(__file__).parent.glob("cases/*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1)
]


def others(case):
    """The pronouns and descriptions of a case: kind, span and the last word of whom they mean."""
    for words, kind, name in case.get("references", ()):
        at = case["text"].index(words)
        yield kind, (at, at + len(words)), name.split()[-1]


def words_of(document, spans):
    return [document.text_of(span).strip(EDGE) for span in spans]


def find(document, quotes, start):
    for quote in quotes:
        if words_of(document, quote.content)[0].startswith(start.strip(EDGE)):
            return quote
    raise AssertionError(f"no quote starts with {start!r}: {[words_of(document, quote.content) for quote in quotes]}")


@pytest.fixture(scope="session")
def component():
    made = Quotes()
    made.setup(Context())
    return made


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES])
def test_case(case, nlp, component, on_page, named) -> None:
    document = on_page(case["text"], nlp(case["text"]))
    document = named(document, case.get("names", ()), others(case))
    document = document.with_annotations(component.process(document), provides=component.provides)
    quotes = list(document[Quote])
    if "says" in case:
        seen = [
            {
                "kind": quote.kind,
                "source": " ".join(words_of(document, quote.source)),
                "content": words_of(document, quote.content),
            }
            for quote in quotes
        ]
        for row in seen:
            row["ok"] = any(
                all(
                    row[key] == ([piece.strip(EDGE) for piece in value] if key == "content" else value)
                    for key, value in wanted.items()
                )
                for wanted in case["says"]
            )
        assert [row for row in seen if not row["ok"]] == [], case["why"]
        assert len(seen) == len(case["says"]), case["why"]
    for start, name in case.get("speakers", {}).items():
        quote = find(document, quotes, start)
        speaker = document.resolve(quote.speaker)
        assert (speaker and speaker.name) == name, case["why"]
    for start, relay in case.get("relay", {}).items():
        assert words_of(document, find(document, quotes, start).relay) == relay, case["why"]


def test_each_case_says_why() -> None:
    assert len(CASES) >= 60
    assert all(case["why"] for _, case in CASES)
