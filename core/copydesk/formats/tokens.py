"""Formats that consist of tokens: CoNLL-U and spaCy's DocBin. The tokens are those of spaCy's tokenizer for the language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.model.annotation import Annotation
from copydesk.model.span import Span
from copydesk.model.vocabulary import Entity, Mention, Quote, Sentence
from copydesk.plugins.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from copydesk.model.document import Document
    from copydesk.model.result import Result

_BREAKS = re.compile(r"[\s|]+")
_BLANK = re.compile(r"\s")


class ConlluWriter(Writer):
    """CoNLL-U: tokens and sentences, with names (`NER=B-PERSON`), what they mean, quotes and speakers in MISC.

    There are no lemmas, tags and heads: a document keeps no parse. Layers besides names and quotes are no part of it.
    `TokenRange` leads back to the text.
    """

    name = "conllu"
    suffixes = (".conllu",)

    def write(self, result: Result) -> None:
        document = result.document
        doc = tokenized(document)
        said = _misc(document, doc)
        self.stream.write(f"# newdoc id = {_one_line(document.id)}\n")
        for number, sentence in enumerate(_sentences(document), 1):
            tokens = [token for token in _tokens(doc, sentence) if not token.is_space]
            if not tokens:
                continue
            self.stream.write(f"# sent_id = {number}\n# text = {_one_line(document.text_of(sentence))}\n")
            for place, token in enumerate(tokens, 1):
                misc = said.get(token.i, [])
                end = token.idx + len(token.text)
                spaced = end >= len(document.text) or document.text[end].isspace()
                misc = [*misc, *([] if spaced else ["SpaceAfter=No"]), f"TokenRange={token.idx}:{end}"]
                form = _BLANK.sub("_", token.text)
                self.stream.write(f"{place}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{'|'.join(misc)}\n")
            self.stream.write("\n")


class DocBinWriter(Writer):
    """spaCy's DocBin: each document as a `Doc`, layers as groups in `doc.spans`, names in `doc.ents`, metadata in user data.

    A span that is no row of whole tokens is widened to the tokens it touches, and one without length is left out; of the
    fields, label, kind or code is the span's label, and the id its id. All documents are held until the end.
    """

    name = "docbin"
    suffixes = (".spacy",)
    binary = True

    def start(self) -> None:
        from spacy.tokens import DocBin

        self._docs = DocBin(store_user_data=True)

    def write(self, result: Result) -> None:
        document = result.document
        doc = tokenized(document)
        for layer in document.layers:
            doc.spans[layer] = list(_spans(doc, document.layer(layer)))
        doc.set_ents(_names(document, doc))
        doc.user_data["id"] = document.id
        doc.user_data["metadata"] = document.metadata
        self._docs.add(doc)

    def finish(self) -> None:
        self.stream.write(self._docs.to_bytes())


def tokenized(document: Document) -> Doc:
    """The document as tokens."""
    lang = document.metadata.get("lang")
    return _blank(lang if isinstance(lang, str) and re.fullmatch("[a-z]{2,3}", lang) else "en").make_doc(document.text)


@cache
def _blank(lang: str) -> Language:
    import spacy

    try:
        made = spacy.blank(lang)
    except ImportError:
        made = spacy.blank("xx")
    made.max_length = 1 << 31
    return made


def _spans(doc: Doc, layer: Any) -> Iterator[Any]:
    for item in layer:
        span = doc.char_span(item.start, item.end, label=_label(item), span_id=item.id, alignment_mode="expand")
        if span is not None and item.end > item.start:
            yield span


def _label(item: Any) -> str:
    fields = item if isinstance(item, Annotation) else None
    for name in ("label", "code", "kind"):
        value = getattr(fields, name, None)
        if isinstance(value, str) and value:
            return value
    return str(item.layer)


def _named(document: Document) -> Iterator[tuple[Mention, Entity]]:
    """The names, and whom they mean."""
    if Mention in document and Entity in document:
        for mention in document[Mention]:
            if mention.kind == "name" and mention.end > mention.start:
                yield mention, document.resolve(mention.entity)


def _names(document: Document, doc: Doc) -> list[Any]:
    from spacy.util import filter_spans

    found = (
        doc.char_span(mention.start, mention.end, label=entity.label, alignment_mode="expand", span_id=entity.id)
        for mention, entity in _named(document)
    )
    return filter_spans([span for span in found if span is not None])


def _misc(document: Document, doc: Doc) -> dict[int, list[str]]:
    """What MISC says of each token."""
    said: dict[int, list[str]] = {}
    for span in _names(document, doc):
        for token in span:
            begin = "B" if token.i == span.start else "I"
            said.setdefault(token.i, []).extend((f"NER={begin}-{_word(span.label_)}", f"Entity={_word(span.id_)}"))
    done = 0
    for quote in document[Quote]:
        speaker = f"Speaker={_word(quote.speaker)}" if quote.speaker is not None else None
        for content in quote.content:
            start = max(done, content.start)  # one that lies in another is part of that one
            touched = doc.char_span(start, content.end, alignment_mode="expand") if start < content.end else None
            for token in touched if touched is not None else ():
                begin = "B" if token.idx <= start else "I"
                own = [f"Quote={begin}-{_word(quote.kind)}", *([speaker] if speaker else [])]
                said.setdefault(token.i, []).extend(own)
            done = max(done, content.end)
    return said


def _word(value: object) -> str:
    return _BREAKS.sub("_", str(value))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sentences(document: Document) -> Iterator[Span]:
    """Stretches that cover the text: its sentences, and between them line by line."""
    at = 0
    for sentence in document[Sentence]:
        yield from _lines(document.text, at, sentence.start)
        yield Span(max(at, sentence.start), max(at, sentence.end))
        at = max(at, sentence.end)
    yield from _lines(document.text, at, len(document.text))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        yield Span(at, stop)
        at = stop


def _tokens(doc: Doc, where: Span) -> Any:
    """The tokens that begin in a stretch."""
    from bisect import bisect_left

    starts = doc.user_data.get("starts")
    if starts is None:
        starts = doc.user_data["starts"] = [token.idx for token in doc]
    return doc[bisect_left(starts, where.start) : bisect_left(starts, where.end)]
