"""One document as HTML: its text with everything marked, and a card for each thing that was found.

Every string that comes from a document passes through `escape`; ids and labels never reach a class,
an attribute name or an address unescaped, and anchors are numbers of our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from copydesk.formats.html.page import MARKS, badges
from copydesk.formats.html.segments import segments
from copydesk.formats.places import FilePlaces
from copydesk.model.annotation import Annotation, root_of
from copydesk.model.document import Document
from copydesk.model.span import HasSpan, Span
from copydesk.model.untyped import Untyped
from copydesk.model.view import further, shown, title_of, view_of
from copydesk.model.views import pieces, traits, who
from copydesk.model.vocabulary import (
    Entity,
    Finding,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    TimeExpression,
    Trait,
)

SHOWN: tuple[type[Annotation], ...] = (Quote, Finding, Entity, TimeExpression, Quantity)
"""The layers that have cards, the widest first."""

CLASSES = {TimeExpression.layer: "time"}
"""What draws a layer, where it is not called as the layer."""

_SEEN_ELSEWHERE: tuple[type[Annotation], ...] = (Section, Sentence, Quotation, Mention, Trait)
_NOT_OTHERS = frozenset(kind.layer for kind in (*SHOWN, *_SEEN_ELSEWHERE))

Mark = tuple[str, str]
"""What covers a piece of text: the class that draws it, and the anchor of its card."""

LONGEST = 300
"""Code points of a value on a card."""

EVIDENCE = "evidence"
"""The class of a piece that is evidence of a finding: it is drawn when the finding is looked at."""


class Article:
    """A document, ready to be written.

    Args:
        document: the document.
        number: its number in the page; anchors are made of it.
    """

    def __init__(self, document: Document, number: int) -> None:
        self.document = document
        self.anchor = f"d{number}"
        self.title = str(document.metadata.get("title") or "").strip() or document.id.strip() or "untitled"
        self._places = FilePlaces(document)
        self._anchors: dict[tuple[str, str], str] = {}
        self._drawn: set[str] = set()
        self._findings: set[str] = set()
        for kind in SHOWN:
            if kind in document:
                for annotation in document[kind]:
                    anchor = f"{self.anchor}-{len(self._anchors)}"
                    self._anchors[annotation.layer, annotation.id] = anchor
                    if kind is Finding:
                        self._findings.add(anchor)

    @property
    def findings(self) -> dict[str, int]:
        """How many findings of each severity it has, and whether something failed."""
        counts = Counter[str](finding.severity for finding in self.document[Finding])
        return {"failed": 1, **counts} if self.document.errors else dict(counts)

    def html(self) -> str:
        """The article."""
        errors = "".join(
            f'<p class="failed"><strong>{escape(error.error)}</strong> {escape(error.message)}</p>'
            for error in self.document.errors
        )
        subtitle = f"<p class=id dir=auto>{escape(self.document.id)}</p>" if self.title != self.document.id else ""
        text = self._text()  # first: then it is known which annotations have a place in it
        of = escape(f"of {self.title}")
        return (
            f'<article id="{self.anchor}" aria-labelledby="{self.anchor}-title">'
            f'<header><h2 id="{self.anchor}-title" dir="auto">{escape(self.title)}</h2>'
            f"{subtitle}{badges(self.findings)}{errors}</header>\n"
            f'<div class="columns"><section class="text" aria-label="Text {of}" dir="auto">{text}</section>\n'
            f'<section class="cards" aria-label="What was found in the text {of}">{"".join(self._cards())}</section>'
            "</div></article>\n"
        )

    def _text(self) -> str:
        marked = list(self._marked())
        marked.extend((Span.of(headline), ("headline", "")) for headline in self._headlines())
        parts: list[str] = []
        for piece in segments(0, len(self.document.text), marked):
            lines = self.document.text[piece.start : piece.end].split("\n")
            parts.append("</p>\n<p>".join(self._piece(escape(line), piece.marks) for line in lines))
        return f"<p>{''.join(parts)}</p>"

    def _piece(self, text: str, marks: tuple[Mark, ...]) -> str:
        """Some text within a line, as a link to the card of the innermost thing that covers it, or of a finding.

        The first piece of each annotation is where its card leads back to, and a stop of the tab key.
        """
        if not text or not marks:
            return text
        names = dict.fromkeys(name for name, _ in marks)
        classes = " ".join(names)
        anchors = list(dict.fromkeys(anchor for name, anchor in marks if anchor and name != EVIDENCE))
        seen_with = list(dict.fromkeys(anchor for name, anchor in marks if name == EVIDENCE and anchor not in anchors))
        evidence = f' data-evidence="{" ".join(seen_with)}"' if seen_with else ""
        if not anchors or text.isspace():  # nothing that could be named, and so nothing to press
            of = f' data-of="{" ".join(anchors)}"' if anchors else ""
            return f'<span class="{classes}"{of}{evidence}>{text}</span>'
        fresh = [anchor for anchor in anchors if anchor not in self._drawn]
        self._drawn.update(fresh)
        places = "".join(f'<span id="t{anchor}"></span>' for anchor in fresh)
        stop = "" if fresh else ' tabindex="-1"'
        chosen = next((anchor for anchor in anchors if anchor in self._findings), anchors[-1])
        said = " ".join(f"is-{kind}" for kind in (name.partition(" ")[0] for name in names) if kind in MARKS)
        return (
            f'{places}<a class="{classes}" data-of="{" ".join(anchors)}"{evidence} aria-describedby="{said}"'
            f'{stop} href="#{chosen}">{text}</a>'
        )

    def _headlines(self) -> list[Section]:
        if Section not in self.document:
            return []
        return [section for section in self.document[Section] if section.kind == "headline"]

    def _marked(self) -> Iterator[tuple[Span, Mark]]:
        for kind in SHOWN:
            if kind not in self.document:
                continue
            for annotation in self.document[kind]:
                anchor = self._anchors[annotation.layer, annotation.id]
                if isinstance(annotation, Quote):
                    yield from ((span, ("quote", anchor)) for span in annotation.content)
                    yield from ((span, ("cue", anchor)) for span in annotation.cue)
                    yield from ((span, ("source", anchor)) for span in (*annotation.source, *annotation.relay))
                elif isinstance(annotation, Finding):
                    yield annotation.span, (f"finding {annotation.severity}", anchor)
                    yield from ((Span.of(item), (EVIDENCE, anchor)) for item in annotation.evidence)
                elif isinstance(annotation, Entity):
                    yield from ((span, ("entity", anchor)) for span in self._places_of(annotation))
                else:
                    yield annotation.span, (CLASSES.get(annotation.layer, annotation.layer), anchor)

    def _places_of(self, entity: Entity) -> list[Span]:
        """Where an entity is named."""
        if Mention not in self.document:
            return [entity.span]
        return [mention.span for mention in self.document.of(Mention, entity) if mention.kind == "name"] or [
            entity.span
        ]

    def _cards(self) -> Iterator[str]:
        if Finding in self.document:
            yield self._group("Findings", "finding", [self._finding(item) for item in self.document[Finding]])
        if Quote in self.document:
            yield self._group("Quotes", "quote", [self._quote(item) for item in self.document[Quote]])
        if Entity in self.document:
            yield self._group("Names", "entity", self._names())
        for kind in (Quantity, TimeExpression):
            if kind in self.document:
                cards = [self._viewed(item) for item in self.document[kind]]
                yield self._group(view_of(kind).title, CLASSES.get(kind.layer, kind.layer), cards)
        for layer in self.document.layers:
            if layer not in _NOT_OTHERS:
                items = self.document.layer(layer)
                title = title_of(self.document.kind_of(layer), layer)
                yield self._group(escape(title), "other", [self._other(item) for item in items])

    def _group(self, title: str, layer: str, cards: Sequence[str]) -> str:
        opened = " open" if layer in ("finding", "quote") else ""
        body = f"<ul>{''.join(cards)}</ul>" if cards else "<p>none</p>"
        return f'<details class="group"{opened}><summary><h3>{title} ({len(cards):,})</h3></summary>{body}</details>\n'

    def _finding(self, finding: Finding) -> str:
        evidence = "".join(
            f"<li>{escape(item.note or 'see')}: “{escape(self._excerpt(item))}” (line {self._line(item)})</li>"
            for item in finding.evidence
        )
        suggestion = f"<p>Suggestion: {escape(finding.suggestion)}</p>" if finding.suggestion else ""
        return self._card(
            finding,
            f'<span class="badge {finding.severity}">{finding.severity}</span> '
            f"<strong>{escape(finding.code)} {escape(finding.name)}</strong>"
            f"<p>{escape(finding.message)}</p>{f'<ul>{evidence}</ul>' if evidence else ''}{suggestion}",
        )

    def _quote(self, quote: Quote) -> str:
        rows = [("kind", quote.kind), ("cue", self._cut(pieces(quote.cue, self.document)) or "none")]
        if quote.source:
            rows.append(("as written", self._cut(pieces(quote.source, self.document))))
        if quote.relay:
            rows.append(("passed on by", self._cut(pieces(quote.relay, self.document))))
        if quote.confidence < 1:
            rows.append(("confidence", f"{quote.confidence:.2f}"))
        rows += self._further(quote)
        return self._card(
            quote, f"<strong>{escape(self._cut(who(quote, self.document)))}</strong> {_definitions(rows)}"
        )

    def _names(self) -> list[str]:
        """A card for each entity, which says once what the story states of it."""
        cards = []
        for entity in self.document[Entity]:
            rows = [("label", entity.label)]
            if entity.aliases:
                rows.append(("also", self._cut(", ".join(entity.aliases))))
            if said := traits(entity, self.document):
                rows.append(("role", self._cut(said)))
            if entity.link:
                rows.append(("link", entity.link))
            rows += self._further(entity)
            cards.append(self._card(entity, f"<strong>{escape(entity.name)}</strong> {_definitions(rows)}"))
        return cards

    def _viewed(self, annotation: Annotation) -> str:
        """A card that shows an annotation by the view of its type."""
        return self._card(annotation, self._body(annotation))

    def _other(self, annotation: Annotation) -> str:
        """A card for an annotation of a plugin's own type, installed or not."""
        line = self._line(annotation)
        return f'<li class="card of-other">{self._body(annotation)} <span class="back">line {line}</span></li>\n'

    def _body(self, annotation: Annotation) -> str:
        if isinstance(annotation, Untyped):
            rows = [(name, shown(value, self.document)) for name, value in annotation.fields.items()]
        else:
            count = len(view_of(root_of(type(annotation))).cells)
            cells = view_of(type(annotation)).cells[:count]
            rows = [(cell.heading, cell.show(annotation, self.document)) for cell in cells]
            rows += self._further(annotation)
        filled = [(name, self._cut(value)) for name, value in rows if value]
        return f"<strong>{escape(self._excerpt(annotation))}</strong> {_definitions(filled)}"

    def _further(self, annotation: Annotation) -> list[tuple[str, str]]:
        return [(heading.lower(), self._cut(text)) for heading, text in further(annotation, self.document)]

    def _card(self, annotation: Annotation, body: str) -> str:
        anchor = self._anchors[annotation.layer, annotation.id]
        line = f"line {self._line(annotation)}"
        back = (
            f'<a class="back" href="#t{anchor}">{line}<span class="aside"> of the text</span></a>'
            if anchor in self._drawn
            else f'<span class="back">{line}</span>'
        )
        layer = CLASSES.get(annotation.layer, annotation.layer)
        return f'<li class="card of-{layer}" id="{anchor}" tabindex="-1">{body} {back}</li>\n'

    def _excerpt(self, where: HasSpan) -> str:
        return self._cut(" ".join(self.document.text_of(where).split()))

    def _cut(self, text: str) -> str:
        """A text as a card shows it: the beginning of a long one."""
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

    def _line(self, where: HasSpan) -> int:
        return self._places.for_people(where)[0]


def _definitions(rows: Sequence[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in rows)}</dl>"
