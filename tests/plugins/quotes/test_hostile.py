"""Any text, in time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from copydesk import Document
from copydesk_quotes.component import Quotes

SIGNS = "\"“”„«»‹›‘’'`\n\r\u2028 ,.:()[]—-abS5é🙂\u0301\u200f\x00"


@pytest.fixture(scope="module")
def engines():
    made = [Quotes(engine=engine) for engine in ("learned", "rules")]
    for one in made:
        one.setup()
    return made


@given(text=st.text(alphabet=SIGNS, max_size=80))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_annotations_that_fit_it(engines, nlp, text: str) -> None:
    for engine in engines:
        document = Document(text).with_doc(nlp(text))
        document.with_annotations(engine.process(document), provides=engine.provides)


@pytest.mark.parametrize(
    "unit", ["“ ", "” ", '" ', "' ", "( ", "“a” said b. ", "“a\n", "he said that “", "a: b\n", "A: “b”\n\n"]
)
def test_time_grows_linearly(engines, blank, unit: str) -> None:
    """On an unparsed text: what the model costs is not the plugin's affair."""
    for engine in engines:

        def cost(times: int, engine=engine) -> float:
            text = unit * times
            doc = blank(text)
            count = len(doc)
            doc = Doc(
                doc.vocab,
                words=[token.text for token in doc],
                spaces=[bool(token.whitespace_) for token in doc],
                heads=[i - i % 20 for i in range(count)],
                deps=["ROOT" if i % 20 == 0 else "dep" for i in range(count)],
                pos=["VERB"] * count,
                tags=["VBD"] * count,
                lemmas=["say"] * count,
            )
            document = Document(text).with_doc(doc)
            begin = time.process_time()
            list(engine.process(document))
            return time.process_time() - begin

        cost(10)
        small, large = cost(100), cost(500)
        assert large < 5 * 3 * small + 0.1
