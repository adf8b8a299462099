"""The HTML report: nothing of a document gets out of its place, and what is marked can be found and followed."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import (
    Document,
    Entity,
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
from copydesk.formats.html import HtmlFolderWriter, HtmlWriter
from copydesk.formats.html.segments import segments
from copydesk.formats.html.writer import page_name

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"
VOID = {"meta", "input", "link", "br", "img"}


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, the text of the articles, and the nesting."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, str] = {}
        self._section = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section":
            self._section = dict(attrs).get("class") or ""

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts[self._section] = self.texts.get(self._section, "") + data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page(*documents: Document) -> str:
    stream = io.StringIO()
    writer = HtmlWriter(stream)
    writer.start()
    for document in documents:
        writer.write(Result(document, (), {}))
    writer.finish()
    return stream.getvalue()


def story() -> Document:
    text = "Headline here\n“We lost 12 trucks,” said Ann Lee on Monday."
    quote = Quote(
        start=14,
        end=33,
        kind="direct",
        content=(Span(14, 33),),
        cue=(Span(34, 38),),
        source=(Span(39, 46),),
        speaker="entity:39-46",
    )
    return Document(text, id="story").with_annotations(
        [
            Section(start=0, end=13, kind="headline"),
            Entity(start=39, end=46, label="PERSON", name="Ann Lee"),
            Mention(start=39, end=46, kind="name", entity="entity:39-46"),
            quote,
            Quantity(start=23, end=25, kind="cardinal", low=12, high=12, number=Span(23, 25), counted=Span(26, 32)),
            TimeExpression(start=50, end=56, kind="date", timex="XXXX-WXX-1", anchored=False),
            Finding(start=39, end=46, code="ATT203", name="source-without-role", severity="warning", message="No role.", evidence=(Evidence(start=14, end=20, note="she speaks here"),)),
        ]
    )  # fmt: skip


def test_page_has_the_whole_text_and_is_well_nested():
    seen = Page(page(story()))
    assert seen.open == []
    assert seen.texts["text"].strip().split("\n") == story().text.split("\n")


def test_every_mark_leads_to_a_card_and_every_id_is_there_once():
    seen = Page(page(story(), story()))
    ids = [attributes["id"] for _, attributes in seen.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for link in seen.all("a"):
        assert link["href"].removeprefix("#") in ids
    for described in seen.all("a"):
        assert set((described.get("aria-describedby") or "").split()) <= set(ids)
    marks = [set(link["data-of"].split()) for link in seen.all("a") if "data-of" in link]
    assert marks
    assert set().union(*marks) <= set(ids)


def test_a_finding_comes_before_the_name_that_it_is_about():
    """The piece is a name, the source of a quote, and a finding: what it leads to is the finding's card."""
    source = page(story())
    mark = next(link for link in Page(source).all("a") if "finding" in (link.get("class") or ""))
    assert f'<li class="card of-finding" id="{mark["href"].removeprefix("#")}"' in source


def test_the_tab_key_stops_once_at_each_annotation():
    marks = [link for link in Page(page(story())).all("a") if "data-of" in link]
    stops = [set(link["data-of"].split()) for link in marks if "tabindex" not in link]
    assert len(stops) < len(marks)
    assert set().union(*stops) == set().union(*(set(link["data-of"].split()) for link in marks))


def test_what_cannot_be_read_out_is_no_link():
    text = "“a\n b”"
    document = Document(text).with_annotations(
        [
            Quote(start=0, end=len(text), kind="direct", content=(Span(0, len(text)),)),
            Entity(start=3, end=4, label="X", name="X"),
        ]
    )
    seen = Page(page(document))
    assert [link["class"] for link in seen.all("a") if "data-of" in link] == ["quote", "quote"]
    assert seen.texts["text"].strip().split("\n") == text.split("\n")
    drawn = {link["data-of"] for link in seen.all("a") if "data-of" in link}
    assert {link["href"] for link in seen.all("a") if link.get("class") == "back"} == {f"#t{of}" for of in drawn}


def test_headings_go_down_one_level_at_a_time():
    levels = [int(name[1]) for name, _ in Page(page(story(), story())).elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_times_are_in_words():
    assert "<dt>means</dt><dd>a Monday</dd><dt>kind</dt><dd>date</dd>" in page(story())


def test_overlapping_layers_are_all_drawn():
    classes = [set((link.get("class") or "").split()) for link in Page(page(story())).all("a")]
    assert {"quote", "evidence", "quantity"} & set().union(*classes) == {"quote", "evidence", "quantity"}
    assert any({"source", "entity", "finding", "warning"} <= names for names in classes)


def test_strings_of_a_document_stay_strings():
    text = f"{EVIL} said {EVIL}"
    end = len(EVIL)
    document = Document(text, id=EVIL, metadata={"title": EVIL}).with_annotations(
        [
            Section(start=0, end=end, kind="headline"),
            Entity(start=0, end=end, label=EVIL, name=EVIL, aliases=(EVIL,), link=EVIL, id=EVIL),
            Trait(start=0, end=end, kind="role", role="office", entity=EVIL, value=EVIL),
            Quote(start=0, end=end, kind="direct", content=(Span(0, end),), source=(Span(0, end),), speaker=EVIL, id=EVIL),
            Quantity(start=0, end=end, kind="money", low=1, high=1, unit=EVIL, number=Span(0, end), id=EVIL),
            TimeExpression(start=0, end=end, kind="date", timex=EVIL, id=EVIL),
            Finding(start=0, end=end, code=EVIL, name=EVIL, severity="error", message=EVIL, suggestion=EVIL, id=EVIL, evidence=(Evidence(start=0, end=end, note=EVIL),)),
        ]
    )  # fmt: skip
    seen = Page(page(document))
    assert seen.open == []
    assert len(seen.all("script")) == 1
    assert not seen.all("img")
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert seen.texts["text"].strip() == text


def test_page_loads_nothing_and_its_policy_allows_nothing_else():
    source = page(story())
    seen = Page(source)
    policy = next(a["content"] for a in seen.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not [a for _, a in seen.elements if a.get("src") or (a.get("href") or "#")[0] != "#"]
    assert not [a for _, a in seen.elements if "style" in a], "the policy would block an inline style"
    assert not re.findall(r"url\(|@import|https?:", source)


def test_documents_with_no_layers_and_with_errors_are_shown():
    seen = Page(page(Document("", id="empty"), Document("plain", id="plain")))
    assert seen.open == []
    assert [a["href"] for a in seen.all("a") if (a["href"] or "").startswith("#d")] == ["#d0", "#d1"]


def palettes() -> list[dict[str, str]]:
    """The colours of the light and of the dark page."""
    style = files("copydesk.formats.html").joinpath("report.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    )
    return [light, {**light, **dark}]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """As WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_everything_can_be_read(palette):
    """WCAG 2 AA: 4.5 to 1 for text, 3 to 1 for the lines that tell layers apart and for the focus."""
    text = [*product(("ink", "dim", "error", "warning", "info"), ("paper", "card"))]
    text += [("ink", layer) for layer in ("entity", "quote", "quantity", "time")]
    assert {pair: contrast(*map(palette.get, pair)) for pair in text if contrast(*map(palette.get, pair)) < 4.5} == {}
    lines = [*product(("dim", "focus", "warning", "error", "info"), ("paper", "entity", "quote", "quantity", "time"))]
    assert {pair: contrast(*map(palette.get, pair)) for pair in lines if contrast(*map(palette.get, pair)) < 3} == {}


def folder_of(folder: Path, *documents: Document) -> dict[str, str]:
    """The pages of a folder, by name."""
    folder.mkdir()
    with (folder / "index.html").open("x", encoding="utf-8") as stream:
        writer = HtmlFolderWriter(stream, folder)
        writer.start()
        for document in documents:
            writer.write(Result(document, (), {}))
        writer.finish()
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


class TestAPageForEachDocument:
    def test_the_index_leads_to_every_page_and_back(self, tmp_path):
        other = Document("plain", id="a/b.txt", metadata={"title": "Plain"})
        pages = folder_of(tmp_path / "out", story(), other)
        index = Page(pages.pop("index.html"))
        assert [link["href"] for link in index.all("a")] == [page_name("story"), page_name("a/b.txt")]
        assert set(pages) == {page_name("story"), page_name("a/b.txt")}
        for source in pages.values():
            seen = Page(source)
            assert seen.open == []
            assert len([link for link in seen.all("a") if link["href"] == "index.html"]) == 1
        assert "<title>Plain – copydesk report</title>" in pages[page_name("a/b.txt")]

    def test_the_index_counts_findings(self, tmp_path):
        index = folder_of(tmp_path / "out", story(), Document("plain", id="plain"))["index.html"]
        assert index.count("1 warning") == 2  # the document, and all of them
        assert "2 documents" in index

    def test_each_page_is_whole_and_loads_nothing(self, tmp_path):
        for source in folder_of(tmp_path / "out", story()).values():
            assert "default-src &#x27;none&#x27;;" in source
            assert not re.findall(r"url\(|@import|https?:| src=", source)

    @pytest.mark.parametrize(
        "id", ["", "/etc/passwd", "../../out", "..", "a\\b", "index", "index.html", "CON", EVIL, "история", "a" * 5000, "a\0b", "~/x"]
    )  # fmt: skip
    def test_no_id_leads_out_of_the_folder(self, tmp_path, id):
        pages = folder_of(tmp_path / "out", Document("text", id=id))
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        assert set(pages) == {"index.html", page_name(id)}
        index = Page(pages["index.html"])
        assert [link["href"] for link in index.all("a")] == [page_name(id)]
        assert not index.all("script")
        assert not index.all("img")

    def test_documents_that_are_hard_to_tell_apart_have_pages_of_their_own(self, tmp_path):
        """Ids that differ in case or punctuation alone, and one id twice: what could not be read may have it."""
        ids = ["a.txt", "A.TXT", "a-txt", "a/txt", "same", "same", "same"]
        pages = folder_of(tmp_path / "out", *(Document(f"text {at}", id=id) for at, id in enumerate(ids)))
        assert len({name.lower() for name in pages}) == len(ids) + 1
        assert sorted(re.findall(r"<p>(text \d)", "".join(pages.values()))) == [f"text {at}" for at in range(len(ids))]

    @given(st.text())
    def test_names_are_plain(self, id):
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,59}-[0-9a-f]{8}\.html", page_name(id))


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(spans, max_size=12), st.integers(0, 20), st.integers(20, 40))
def test_segments_partition_the_text_and_carry_what_covers_them(found, start, end):
    marked = [(span, number) for number, span in enumerate(found)]
    pieces = list(segments(start, end, marked))
    assert [at for piece in pieces for at in range(piece.start, piece.end)] == list(range(start, end))
    for piece in pieces:
        for at in range(piece.start, piece.end):
            assert set(piece.marks) == {number for span, number in marked if span.start <= at < span.end}


def test_what_is_said_of_a_person_is_said_once():
    """The page grows with the mentions, and not with mentions times traits."""
    text = "Mayor Ann Lee. " * 40
    starts = range(0, len(text), 15)
    ann = Entity(start=6, end=13, label="PERSON", name="Ann Lee")
    document = Document(text).with_annotations(
        [
            ann,
            *(Mention(start=at + 6, end=at + 13, kind="name", entity=ann.ref) for at in starts),
            *(Trait(start=at, end=at + 5, kind="role", role="office", entity=ann.ref, value="mayor") for at in starts),
        ]
    )
    assert page(document).count("Mayor (office)") == 1
