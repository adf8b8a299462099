"""The HTML report: nothing of a document gets out of its place, and what is marked can be found and followed."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Document, Entity, Evidence, Finding, Quantity, Quote, Result, Role, Section, Span, TimeExpression
from copydesk.formats.html import HtmlWriter
from copydesk.formats.html.segments import segments

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
            Entity(start=39, end=46, label="PERSON", name="Ann Lee", entity="entity:39-46"),
            quote,
            Quantity(start=23, end=25, kind="cardinal", value=12, number=Span(23, 25), counted=Span(26, 32)),
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
        target = link["href"].removeprefix("#").removeprefix("t")
        assert target in ids
    marks = [set(link["data-of"].split()) for link in seen.all("a") if "data-of" in link]
    assert marks
    assert set().union(*marks) <= set(ids)


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
            Entity(start=0, end=end, label=EVIL, name=EVIL, entity=EVIL, link=EVIL, id=EVIL),
            Role(start=0, end=end, holder=EVIL, title=EVIL, kind="office"),
            Quote(start=0, end=end, kind="direct", content=(Span(0, end),), source=(Span(0, end),), speaker=EVIL, id=EVIL),
            Quantity(start=0, end=end, kind="money", value=1, unit=EVIL, number=Span(0, end), id=EVIL),
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


spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(spans, max_size=12), st.integers(0, 20), st.integers(20, 40))
def test_segments_partition_the_text_and_carry_what_covers_them(found, start, end):
    marked = [(span, number) for number, span in enumerate(found)]
    pieces = list(segments(start, end, marked))
    assert [at for piece in pieces for at in range(piece.start, piece.end)] == list(range(start, end))
    for piece in pieces:
        for at in range(piece.start, piece.end):
            assert set(piece.marks) == {number for span, number in marked if span.start <= at < span.end}


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium on the PATH")
def test_a_browser_runs_the_page_under_its_policy(tmp_path: Path):
    file = tmp_path / "report.html"
    file.write_text(page(story()), encoding="utf-8")
    card = re.search(
        r'id="(d0-\d+)" tabindex="-1"><strong>Ann Lee</strong> <dl><dt>kind', file.read_text(encoding="utf-8")
    )[1]
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         f"--user-data-dir={tmp_path / 'profile'}", "--enable-logging=stderr", "--dump-dom", f"{file.as_uri()}#{card}"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "Content Security Policy" not in done.stderr
    shown = Page(done.stdout)
    lit = [a for a in shown.all("a") if "on" in (a.get("class") or "").split()]
    assert [a for a in lit if "cue" in a["class"].split()]
    assert [a for a in lit if "source" in a["class"].split()]
    assert [a for a in lit if "quote" in a["class"].split()]
