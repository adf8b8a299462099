"""One document as HTML: its text with everything marked, and a card for each thing that was found.

Every string that comes from a document passes through `escape`; ids and labels never reach a class,
an attribute name or an address unescaped, and anchors are numbers of our own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from copydesk.annotation import RESERVED_FIELDS, Annotation, HasSpan, Span
from copydesk.document import Document
from copydesk.formats.html.page import MARKS, badges
from copydesk.formats.html.segments import segments
from copydesk.formats.places import Places
from copydesk.formats.timex import in_words
from copydesk.vocabulary import VOCABULARY, Entity, Finding, Quantity, Quote, Role, Section, TimeExpression

SHOWN: tuple[type[Annotation], ...] = (Quote, Finding, Entity, TimeExpression, Quantity)
"""The layers that are drawn, the widest first."""

Mark = tuple[str, str]
"""What covers a piece of text: the class that draws it, and the anchor of its card."""

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
        self._places = Places(document.text)
        self._anchors: dict[tuple[str, str], str] = {}
        self._drawn: set[str] = set()
        self._findings: set[str] = set()
        self._entities: dict[str, Entity] = {}
        for kind in SHOWN:
            if kind in document:
                for annotation in document[kind]:
                    anchor = f"{self.anchor}-{len(self._anchors)}"
                    self._anchors[annotation.layer, annotation.id] = anchor
                    if kind is Finding:
                        self._findings.add(anchor)
        if Entity in document:
            for entity in document[Entity]:
                self._entities.setdefault(entity.entity, entity)

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
                else:
                    yield annotation.span, (annotation.layer, anchor)

    def _cards(self) -> Iterator[str]:
        if Finding in self.document:
            yield self._group("Findings", "finding", [self._finding(item) for item in self.document[Finding]])
        if Quote in self.document:
            yield self._group("Quotes", "quote", [self._quote(item) for item in self.document[Quote]])
        if Entity in self.document:
            yield self._group("Names", "entity", self._names())
        if Quantity in self.document:
            yield self._group("Numbers", "quantity", [self._quantity(item) for item in self.document[Quantity]])
        if TimeExpression in self.document:
            yield self._group("Times", "time", [self._time(item) for item in self.document[TimeExpression]])
        known = {kind.layer for kind in VOCABULARY}
        for layer, items in self.document.to_json()["layers"].items():
            if layer not in known:
                yield self._group(escape(layer), "other", [self._other(item) for item in items])

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
        speaker = self._entities.get(quote.speaker or "")
        who = speaker.name if speaker else " … ".join(self._excerpt(span) for span in quote.source) or "nobody named"
        rows = [("kind", quote.kind), ("cue", " … ".join(self._excerpt(span) for span in quote.cue) or "none")]
        if quote.source:
            rows.append(("as written", " … ".join(self._excerpt(span) for span in quote.source)))
        if quote.relay:
            rows.append(("passed on by", ", ".join(self._excerpt(span) for span in quote.relay)))
        if quote.confidence < 1:
            rows.append(("confidence", f"{quote.confidence:.2f}"))
        return self._card(quote, f"<strong>{escape(who)}</strong> {_definitions(rows)}")

    def _names(self) -> list[str]:
        roles: dict[str, list[str]] = {}
        if Role in self.document:
            for role in self.document[Role]:
                roles.setdefault(role.holder, []).append(f"{self._excerpt(role)} ({role.kind})")
        cards = []
        for entity in self.document[Entity]:
            rows = [("label", entity.label)]
            if self.document.text_of(entity) != entity.name:
                rows.append(("as written", self._excerpt(entity)))
            if entity.entity in roles:
                rows.append(("role", "; ".join(dict.fromkeys(roles[entity.entity]))))
            if entity.link:
                rows.append(("link", entity.link))
            cards.append(self._card(entity, f"<strong>{escape(entity.name)}</strong> {_definitions(rows)}"))
        return cards

    def _quantity(self, quantity: Quantity) -> str:
        rows = [
            ("kind", quantity.kind),
            ("value", f"{'' if quantity.bound == '=' else quantity.bound} {quantity.value}"),
        ]
        if quantity.unit:
            rows.append(("unit", quantity.unit))
        if quantity.counted:
            rows.append(("counts", self._excerpt(quantity.counted)))
        return self._card(quantity, f"<strong>{escape(self._excerpt(quantity))}</strong> {_definitions(rows)}")

    def _time(self, time: TimeExpression) -> str:
        said = in_words(time.timex, time.kind)
        rows = [("kind", time.kind), ("means", said)]
        if said != time.timex:
            rows.append(("code", time.timex))
        if time.anchored is False:
            rows.append(("note", "no date to count from"))
        return self._card(time, f"<strong>{escape(self._excerpt(time))}</strong> {_definitions(rows)}")

    def _other(self, item: dict[str, Any]) -> str:
        """A card for an annotation of a plugin's own type."""
        text = self._excerpt(Span(item["start"], item["end"]))
        fields = {key: value for key, value in item.items() if key not in RESERVED_FIELDS}
        rows = [
            (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
            for key, value in fields.items()
        ]
        line = self._places.place(item["start"])[0]
        return f'<li class="card of-other"><strong>{escape(text)}</strong> {_definitions(rows)} <span class="back">line {line}</span></li>\n'

    def _card(self, annotation: Annotation, body: str) -> str:
        anchor = self._anchors[annotation.layer, annotation.id]
        line = f"line {self._line(annotation)}"
        back = (
            f'<a class="back" href="#t{anchor}">{line}<span class="aside"> of the text</span></a>'
            if anchor in self._drawn
            else f'<span class="back">{line}</span>'
        )
        return f'<li class="card of-{annotation.layer}" id="{anchor}" tabindex="-1">{body} {back}</li>\n'

    def _excerpt(self, where: HasSpan) -> str:
        text = " ".join(self.document.text_of(where).split())
        return text if len(text) <= 300 else f"{text[:299]}…"

    def _line(self, where: HasSpan) -> int:
        return self._places.place(where.start)[0]


def _definitions(rows: Sequence[tuple[str, str]]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in rows)}</dl>"
