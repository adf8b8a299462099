"""White space that is not the plain space: models were trained without it, so they do not see it.

A no-break space is a token of its own to spaCy's tokenizers. Models take it for a word, which spoils the tags, trees
and names around it ("on" became what somebody said). So a text is parsed with plain spaces in its place, and the
white space is put back into the parse, as spaCy's own models have white space: a token that hangs on the one before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Unicode's space separators (Zs) but the plain space. Tabs and line ends say something of the layout, and stay."""

_PLAIN = dict.fromkeys(map(ord, _BLANKS), " ")
_TAG = "_SP"
_POS = "SPACE"


def plain(text: str) -> str:
    """The text with plain spaces for others: as long as before."""
    return text if text.isascii() else text.translate(_PLAIN)


def restored(doc: Doc, text: str) -> Doc:
    """The parse of `plain(text)` as that of `text`: equal tokens, and one more for each space that is not plain.

    Attributes of tokens, names, span groups, categories and user data are kept; tensors are not.
    """
    words: list[str] = []
    spaces: list[bool] = []
    source: list[int] = []
    """Of each new token the old one that it is, or -1 - n for white space after token n."""
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        words.append(text[start:end])
        source.append(token.i)
        blank = bool(token.whitespace_) and text[end] != " "
        spaces.append(bool(token.whitespace_) and not blank)
        if blank:
            words.append(text[end])
            source.append(-1 - token.i)
            spaces.append(False)
    return _filled(doc, words, spaces, source)


def _filled(doc: Doc, words: list[str], spaces: list[bool], source: list[int]) -> Doc:
    """A Doc of these words, each with what its old token has."""
    from spacy.tokens import Doc, Span

    place = {old: new for new, old in enumerate(source) if old >= 0}
    tokens = [doc[old] if old >= 0 else None for old in source]

    def column(attribute: str, of_blank: str) -> list[str] | None:
        if not doc.has_annotation(attribute.upper()):
            return None
        return [of_blank if token is None else str(getattr(token, f"{attribute}_")) for token in tokens]

    parsed = doc.has_annotation("DEP")
    starts: list[bool | int | None] | None = None
    if not parsed and doc.has_annotation("SENT_START"):
        starts = [False if token is None else token.is_sent_start for token in tokens]
    made = Doc(
        doc.vocab,
        words=words,
        spaces=spaces,
        user_data=doc.user_data,
        tags=column("tag", _TAG),
        pos=column("pos", _POS),
        morphs=[("" if token is None else str(token.morph)) for token in tokens]
        if doc.has_annotation("MORPH")
        else None,
        lemmas=[(word if token is None else token.lemma_) for word, token in zip(words, tokens, strict=True)]
        if doc.has_annotation("LEMMA")
        else None,
        heads=[place[-1 - old if token is None else token.head.i] for old, token in zip(source, tokens, strict=True)]
        if parsed
        else None,
        deps=column("dep", "dep") if parsed else None,
        sent_starts=starts,
    )
    made.cats = dict(doc.cats)

    def moved(span: Span) -> Span:
        first, last = place[span.start], place[span.end - 1] + 1
        return Span(made, first, last, span.label, kb_id=span.kb_id, span_id=span.id)

    if doc.has_annotation("ENT_IOB"):
        made.set_ents([moved(name) for name in doc.ents], default="outside")
    for key, group in doc.spans.items():
        made.spans[key] = [moved(span) for span in group if len(span)]
    return made
