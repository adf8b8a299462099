"""Hypothesis strategies for texts and documents, as hostile as the wild."""

from __future__ import annotations

from hypothesis import strategies as st

from copydesk.model.document import Document

FRAGMENTS = (
    # words and figures of news
    "The minister", "Ann Lee", "Valery Gerasimov", "said", "he", "500 people", "$3.5m", "Nov. 22, 2015", "U.S.", "20%",
    "according to", "WASHINGTON (AP) —", "’s", "n't", "3-year-old", "e.g.", "http://example.com/a?b=c",
    # marks, mostly unbalanced
    "“", "”", '"', "‘", "’", "'", "«", "»", "(", ")", "[", "]", "{", "}", "<", ">", "((((", "]]]]", "—", "–", "-", "--",
    ".", ",", ";", ":", "?", "!", "…", "...", "*", "#", "@", "&", "\\", "`", "%s", "{0}", "\ufffd",
    # space of all kinds, and what is none
    " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\u00a0", "\u200b", "\u3000",
    "\x00", "\x1b", "\ufeff", "\u00ad", "\u200d", "\x7f",
    # emoji sequences, combining marks, right-to-left, other scripts
    "👩‍👩‍👧‍👦", "🇫🇷", "👍🏽", "❤️", "☠", "e\u0301", "a\u0308\u0323\u0301", "\u0301", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍",
    "שלום", "مرحبا", "\u202eabc\u202c", "\u2067x\u2069", "日本語。", "Ωμέγα", "İstanbul", "ǅ", "ﬁ", "ß", "٣٤", "²", "½", "Ⅷ",
    "𝟙𝟚", "\U0010ffff", "\ue000",
)  # fmt: skip
"""Pieces that texts are made of; put together at random they are unbalanced, mixed and broken."""


def texts(max_size: int = 200) -> st.SearchStrategy[str]:
    """Texts that a document can have: pieces of news among emoji sequences, combining marks, right-to-left
    script, control characters, every kind of line end and unbalanced marks.

    Args:
        max_size: the greatest number of characters, or of pieces.
    """
    pieces = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5))
    return st.one_of(
        st.text(max_size=max_size),
        st.lists(pieces, max_size=max_size // 4).map("".join),
        st.lists(pieces, max_size=max_size // 4).map(" ".join),
    )


def documents(text: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Document]:
    """Documents with any id and any metadata that JSON can hold; title and date more often than not.

    Args:
        text: what their texts are; by default `texts()`.
    """
    plain = st.text(max_size=20)
    numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    values = st.recursive(
        st.none() | st.booleans() | numbers | plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3),
        max_leaves=5,
    )
    known = st.fixed_dictionaries(
        {}, optional={"title": plain | st.none(), "date": st.dates().map(str) | plain, "publisher": plain}
    )
    metadata = st.builds(lambda some, more: {**more, **some}, known, st.dictionaries(plain, values, max_size=2))
    ids = st.none() | plain.filter(bool)
    return st.builds(Document, texts() if text is None else text, id=ids, metadata=metadata)
