"""The component that finds the parts of a story: its sections, its sentences and its quotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from copydesk import Annotation, Component, Config, Context, Document, Quotation, Section, Sentence, Span
from copydesk_structure.quotations.finding import quotations
from copydesk_structure.sections import furniture
from copydesk_structure.sections.bylines import LONGEST as LONGEST_BYLINE
from copydesk_structure.sections.bylines import is_byline
from copydesk_structure.sections.datelines import LONGEST as LONGEST_DATELINE
from copydesk_structure.sections.datelines import dateline_end, is_date
from copydesk_structure.sections.kinds import Part, find_headline, kinds_of, shape_of
from copydesk_structure.sections.lines import Block, Line, Role, line_blocks, read_lines, wrapped_blocks, wrapped_width
from copydesk_structure.sentences import sentences
from copydesk_structure.wordlists import WordLists

_WITH_SENTENCES = ("headline", "paragraph", "caption")


class StructureConfig(Config):
    """Settings of the structure step."""

    headline: Literal["auto", "first-line", "none"] = Field(
        "auto",
        description="auto: the document's title where the text opens with it, or else a first line that does not end "
        "like a sentence and has a story below it. first-line: the first line, whatever it is. none: no headline.",
    )
    lines: Literal["auto", "paragraphs", "wrapped"] = Field(
        "auto",
        description="paragraphs: every line is a paragraph. wrapped: paragraphs are wrapped over several lines, "
        "and a blank line or an indent parts them. auto: the text decides.",
    )
    max_headline_words: int = Field(
        30,
        ge=1,
        description="In auto, a first line of more words than this is no headline, unless it is the title.",
    )
    outlets: tuple[str, ...] = Field(
        (), description="Agencies and outlets of your own, as they stand in bylines, datelines and photo credits."
    )


class Structure(Component[StructureConfig]):
    """Finds the parts of a story: its sections (headline, byline, dateline, …), its sentences and its quotations.

    It reads the text alone. Every character that is not space lies in exactly one section, but for
    a dateline that opens the first paragraph: it lies inside that paragraph. Sentences are those of the
    headline, the paragraphs and the captions. Quotations are found everywhere.
    """

    name = "structure"
    provides = (Section, Sentence, Quotation)

    def setup(self, context: Context) -> None:  # noqa: ARG002  # it needs nothing of it
        self._words = WordLists(self.config.outlets)

    def process(self, document: Document) -> Iterator[Annotation]:
        text = document.text
        blocks = self._blocks(text)
        yield from self._sections(document, blocks)
        yield from quotations(text, [Span(block.start, block.end) for block in blocks], self._words)

    def _sections(self, document: Document, blocks: list[Block]) -> Iterator[Section | Sentence]:
        text = document.text
        contents = [text[block.start : block.end] for block in blocks]
        parts = [
            Part(block, content, shape_of(content, self._words))
            for block, content in zip(blocks, contents, strict=True)
        ]
        title = document.metadata.get("title")
        headline = find_headline(
            parts,
            mode=self.config.headline,
            title=title if isinstance(title, str) else None,
            most_words=self.config.max_headline_words,
        )
        opened = False
        for part, kind in zip(parts, kinds_of(parts, headline), strict=True):
            start, end = part.block.start, part.block.end
            yield Section(start=start, end=end, kind=kind)
            if kind in _WITH_SENTENCES:
                for sentence in sentences(text, Span(start, end), self._words):
                    yield Sentence(start=sentence.start, end=sentence.end)
            if kind == "paragraph" and not opened:
                opened = True
                length = dateline_end(part.text, self._words)
                if length is not None and length < len(part.text):
                    yield Section(start=start, end=start + length, kind="dateline")

    def _blocks(self, text: str) -> list[Block]:
        lines = list(read_lines(text))
        width = None
        if self.config.lines != "paragraphs":
            width = wrapped_width(text, lines)
            if width is None and self.config.lines == "wrapped":
                width = max((line.length for line in lines), default=0)
        if width is None:
            return line_blocks(lines)

        def role(line: Line) -> Role:
            return self._role(text[line.start : line.end])

        return wrapped_blocks(text, lines, width, role)

    def _role(self, line: str) -> Role:
        words = self._words
        if furniture.is_rule(line) or furniture.is_markdown_heading(line):
            return "rule"
        if furniture.is_end_label(line, words) or is_date(line):
            return "alone"
        if len(line) <= LONGEST_BYLINE and line[0].isupper() and is_byline(line, words):
            return "alone"
        if furniture.is_bullet(line) or furniture.is_caption(line, words):
            return "opens"
        return "opens" if dateline_end(line[: LONGEST_DATELINE + 1], words) is not None else "plain"
