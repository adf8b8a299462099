"""The report for a terminal: what people read, and nothing that drives the terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from copydesk import (
    Annotation,
    Document,
    Entity,
    ErrorRecord,
    Evidence,
    Finding,
    Mention,
    Quantity,
    Quote,
    Result,
    Section,
    Span,
    TimeExpression,
    Trait,
)
from copydesk.formats import ReportWriter
from copydesk.formats.report import ROWS, ReportConfig

HOSTILE = "\x00\x07\x08\x0b\x0c\x0e\x1b[2J\x1b]0;owned\x07\x7f\x80\x9b31m\u202e\u2066"
ALLOWED = "\n"


class Shout(Annotation):
    """A word of capitals."""


def report(*documents, **options):
    stream = io.StringIO()
    writer = ReportWriter(stream, ReportConfig(**options))
    writer.start()
    for document in documents:
        writer.write(Result(document, (), {}))
    writer.finish()
    return stream.getvalue()


def finding(start, end, **fields):
    given = {"code": "ATT201", "name": "unintroduced-person", "severity": "warning", "message": "who is this?"}
    return Finding(start=start, end=end, **{**given, **fields})


def passage_and_marks(text, start, end, mark="^"):
    """The line of the passage and the line under it, as they are shown."""
    lines = report(Document(text, id="d").with_annotations([finding(start, end)])).split("\n")
    at = next(i for i, line in enumerate(lines) if re.fullmatch(rf"       \| *{re.escape(mark)}+", line))
    return lines[at - 1], lines[at]


def underlined(shown, marks):
    """What stands, cell by cell, above the marks."""
    first, last = marks.index("^"), len(marks)
    cell, found = 0, ""
    for character in shown:
        if first <= cell < last:
            found += character
        cell += cell_len(character)
    return found


class TestAStory:
    @pytest.fixture
    def story(self):
        text = "Envoy speaks\n\nThe envoy Ann Lee said “wait 3 days” to Tass.\nLee left on Monday.\n"

        def span(words, nth=0):
            starts = [match.start() for match in re.finditer(re.escape(words), text)]
            return Span(starts[nth], starts[nth] + len(words))

        def at(words, nth=0):
            return span(words, nth)._asdict()

        return Document(text, id="story.txt").with_annotations(
            [
                Section(**at("Envoy speaks"), kind="headline"),
                Entity(**at("Ann Lee"), id="e1", label="PERSON", name="Ann Lee"),
                Mention(**at("Ann Lee"), kind="name", entity="e1"),
                Mention(**at("Lee", 1), kind="name", entity="e1"),
                Entity(**at("Tass"), label="ORG", name="Tass"),
                Entity(**at("Monday"), label="EVENT", name="Monday"),
                Trait(**at("The envoy"), kind="role", role="office", entity="e1", value="envoy"),
                Quote(
                    **at("“wait 3 days”"),
                    kind="direct",
                    content=(span("“wait 3 days”"),),
                    cue=(span("said"),),
                    speaker="e1",
                    relay=(span("Tass"),),
                ),
                Quantity(**at("3 days"), kind="quantity", low=3, high=3, unit="day", bound="~", number=span("3")),
                TimeExpression(**at("Monday"), kind="date", timex="XXXX-WXX-1", anchored=False),
                finding(*span("Lee", 1), evidence=(Evidence(**at("Ann Lee"), note="first named here"),), suggestion="say who"),
            ]
        )  # fmt: skip

    def test_everything_found_is_there(self, story):
        shown = report(story)
        assert re.search(r"^story\.txt ─+$", shown, re.MULTILINE)
        assert "\nEnvoy speaks\n" in shown
        assert re.search(r"People \(1\)\n +Ann Lee  2×  The envoy \(office\)  lines 3, 4", shown)
        assert re.search(r"Organisations \(1\)\n +Tass +line 3", shown)
        assert "EVENT (1)" in shown
        assert re.search(r"Quotes \(1\)\n +Ann Lee  said · via Tass · direct · line 3\n +“wait 3 days”\n", shown)
        assert re.search(r"Numbers \(1\)\n +3 days  about 3  day  quantity  line 3", shown)
        assert re.search(r"Times \(1\)\n +Monday  a Monday  date  no date to count from  line 4", shown)

    def test_a_finding_shows_its_passage_and_evidence(self, story):
        shown = report(story)
        assert "Findings (1)\n\nwarning ATT201 unintroduced-person  line 4, column 1\n" in shown
        assert "     4 | Lee left on Monday.\n       | ^^^\n  who is this?\n" in shown
        assert "  first named here: line 3\n     3 | The envoy Ann Lee said" in shown
        assert f"\n       | {' ' * 10}-------\n" in shown
        assert "  help: say who\n" in shown

    def test_empty_layers_are_said_to_be_empty(self):
        document = Document("a").with_annotations([], provides=(Quote, Finding, Shout))
        shown = report(document)
        assert "Quotes (0)" in shown
        assert "Findings: none" in shown
        assert f"{Shout.layer} (0)" in shown
        assert "Numbers" not in shown

    def test_a_layer_of_any_plugin_is_shown(self):
        document = Document("so LOUD\nand\nLOUD", id="d").with_annotations(
            [Shout(start=3, end=7), Shout(start=12, end=16)]
        )
        assert re.search(rf"{Shout.layer} \(2\)\n +LOUD  line 1\n +LOUD  line 3", report(document))

    def test_also_one_that_no_plugin_here_knows(self):
        item = {"id": "d", "text": "so LOUD", "layers": {"howl": [{"id": "h", "start": 3, "end": 7}]}}
        assert re.search(r"howl \(1\)\n +LOUD  line 1", report(Document.from_json(item)))

    def test_errors_are_shown(self):
        assert "error: it is bad" in report(
            Document("").with_error(ErrorRecord(error="TextError", message="it is bad"))
        )

    def test_square_brackets_and_colons_are_no_markup(self):
        text = "[bold]x[/bold] [/] :smile: [link=file:///x]y[/link]"
        document = Document(text, id="[red]d[/]").with_annotations(
            [Shout(start=0, end=len(text)), finding(0, 14, message=text)]
        )
        shown = report(document)
        assert shown.count(text) == 3
        assert shown.startswith("[red]d[/] ─")


class TestVeryLong:
    """Of a book only the beginning of each table is shown, and how much more there is."""

    @pytest.fixture
    def book(self):
        count = ROWS + 20
        found = [
            each
            for at in range(count)
            for each in (
                Quote(start=at, end=at + 1, kind="direct", content=(Span(at, at + 1),)),
                Quantity(start=at, end=at + 1, kind="cardinal", low=1, high=1, number=Span(at, at + 1)),
                Shout(start=at, end=at + 1),
                finding(at, at + 1),
            )
        ]
        return Document("1" * count, id="book").with_annotations(found)

    def test_tables_and_quotes_stop(self, book):
        shown = report(book)
        assert shown.count("… and 20 more (all with --full, or in --to jsonl)") == 3
        assert f"Numbers ({ROWS + 20})" in shown
        assert len(re.findall(r"cardinal  line 1", shown)) == ROWS

    def test_findings_never_do(self, book):
        assert report(book).count("who is this?") == ROWS + 20

    def test_all_on_request(self, book):
        shown = report(book, rows=None)
        assert "more (" not in shown
        assert len(re.findall(r"cardinal  line 1", shown)) == ROWS + 20


def hostile_document():
    """The hostile characters in every place that holds text."""
    x = HOSTILE
    item = {
        "id": f"d{x}",
        "text": f"a{x}b\n{x}c",
        "layers": {
            "section": [{"kind": "headline"}],
            "entity": [{"label": f"L{x}", "name": f"N{x}"}],
            "trait": [{"entity": f"i{x}", "value": x, "kind": "role", "role": "office"}],
            "quote": [{"kind": "direct", "content": [[0, 4]], "cue": [[0, 4]], "source": [[0, 5]], "relay": [[1, 6]]}],
            "quantity": [{"kind": "money", "low": 1, "high": 1, "unit": f"u{x}", "number": [0, 9], "counted": [1, 9]}],
            "time_expression": [{"kind": "date", "timex": f"t{x}"}],
            f"layer{x}": [{}],
            "finding": [
                {
                    "code": f"C{x}",
                    "name": f"n{x}",
                    "severity": "error",
                    "message": f"m{x}",
                    "evidence": [{"start": 1, "end": 8, "note": f"e{x}"}],
                    "suggestion": f"s{x}",
                }
            ],
        },
        "errors": [{"error": "E", "message": f"r{x}"}],
    }
    for entries in item["layers"].values():
        for entry in entries:
            entry.update(id=f"i{x}", start=0, end=len(item["text"]))
    return Document.from_json(item)


class TestNothingDrivesTheTerminal:
    def test_wherever_it_stands(self):
        shown = report(hostile_document())
        assert "Findings (1)" in shown
        assert not {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160} - set(ALLOWED)
        assert not set(shown) & set("\u202e\u2066")

    @given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), st.data())
    def test_whatever_the_text(self, text, data):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        document = Document(text, id=text).with_annotations([finding(start, end), Shout(start=start, end=end)])
        shown = report(document)
        assert not {c for c in shown if ord(c) < 32 or 127 <= ord(c) < 160} - set(ALLOWED)


class TestUnderlining:
    @pytest.mark.parametrize(
        ("text", "passage"),
        [
            ("so LOUD here", "LOUD"),
            ("LOUD", "LOUD"),
            ("一二三四 LOUD 五六", "LOUD"),
            ("said 记者 here", "记者"),
            ("ａｂｃ LOUD", "LOUD"),
            ("\U0001f600\U0001f601 LOUD \U0001f602", "LOUD"),
            ("said \U0001f600 here", "\U0001f600"),
            ("e\u0301e\u0301 LOUD", "LOUD"),
            ("first line\nso LOUD here\nlast line", "LOUD"),
            ("one\r\nso LOUD\r\nthree", "LOUD"),
            ("\x1b[31m LOUD", "LOUD"),
        ],
    )
    def test_the_marks_stand_under_the_passage(self, text, passage):
        start = text.index(passage)
        shown, marks = passage_and_marks(text, start, start + len(passage))
        assert underlined(shown, marks) == passage

    def test_after_a_tab(self):
        """A tab is as wide as the terminal likes, so it is shown as one space."""
        shown, marks = passage_and_marks("\tone\ttwo LOUD", 9, 13)
        assert underlined(shown, marks) == "LOUD"
        assert "\t" not in shown

    def test_a_passage_of_several_lines_is_marked_to_the_end_of_its_first(self):
        shown, marks = passage_and_marks("so “this\nand that” is it", 3, 18)
        assert shown == "     1 | so “this"
        assert underlined(shown, marks) == "“this"

    def test_an_empty_passage_has_one_mark(self):
        assert passage_and_marks("so it is", 3, 3)[1] == "       |    ^"
        assert passage_and_marks("", 0, 0)[1] == "       | ^"
        assert passage_and_marks("one\n", 4, 4) == ("     2 | ", "       | ^")
        assert passage_and_marks("one\r\ntwo", 4, 5)[0] == "     1 | one"

    def test_a_very_long_line_is_cut_to_the_passage_and_its_surroundings(self):
        text = "before " * 100_000 + "LOUD" + " after" * 100_000
        shown, marks = passage_and_marks(text, 700_000, 700_004)
        assert underlined(shown, marks) == "LOUD"
        assert shown.startswith("     1 | …")
        assert shown.endswith("…")
        assert len(shown) < 200

    def test_a_very_long_passage_shows_its_beginning(self):
        text = "so " + "LOUD " * 100_000 + "it is"
        shown, marks = passage_and_marks(text, 3, 500_003)
        assert underlined(shown, marks).startswith("LOUD LOUD")
        assert shown.endswith("…")
        assert len(shown) < 300
        assert len(marks) < 300

    @given(st.text("aé世😀\u0301\t\n\r ", max_size=30), st.data())
    def test_marks_and_passage_are_of_one_width(self, text, data):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        shown, marks = passage_and_marks(text, start, end)
        first_line = text[start:end].split("\n")[0].replace("\t", " ").replace("\r", "\N{REPLACEMENT CHARACTER}")
        assert marks.count("^") in {max(1, cell_len(first_line)), max(1, cell_len(first_line[:-1]))}
        assert cell_len(shown) >= len(marks) - 1


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [
        ((1234567, 1234567), "=", "1,234,567"),
        ((2.5, 2.5), "~", "about 2.5"),
        ((3, 5), "=", "3–5"),
        ((3, None), ">=", "≥ 3–"),
        ((None, None), "=", ""),
        ((1e20, 1e20), "<", "< 1e+20"),
        ((-1e300, -1e300), "=", "-1e+300"),
    ],
)
def test_figures(value, bound, shown):
    low, high = value
    quantity = Quantity(start=0, end=1, kind="cardinal", low=low, high=high, bound=bound, number=Span(0, 1))
    line = next(
        line for line in report(Document("1").with_annotations([quantity])).split("\n") if line.startswith("   1")
    )
    assert line.split("  ")[2].strip() == (shown or "cardinal")
