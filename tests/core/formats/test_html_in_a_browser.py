"""The HTML report in a browser: with mouse, keyboard and screen reader, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk import Document, Entity, Evidence, Finding, Mention, Quantity, Quote, Result, Span
from copydesk.formats.html import HtmlFolderWriter, HtmlWriter

TEXT = "“We lost 12 trucks,” said Ann Lee.\nPutin came."
LEE = Entity(start=26, end=33, label="PERSON", name="Ann Lee")
PUTIN = Entity(start=35, end=40, label="PERSON", name="Putin")
FOCUSED = "document.activeElement.textContent"
OPEN = "!document.getElementById('details').hidden"


def story(id: str = "story") -> Document:
    return Document(TEXT, id=id).with_annotations(
        [
            Quote(
                start=0,
                end=20,
                kind="direct",
                content=(Span(0, 20),),
                cue=(Span(21, 25),),
                source=(Span(26, 33),),
                speaker=LEE.ref,
            ),
            Quantity(start=9, end=11, kind="cardinal", low=12, high=12, number=Span(9, 11), counted=Span(12, 18)),
            LEE,
            PUTIN,
            *(Mention(start=one.start, end=one.end, kind="name", entity=one.ref) for one in (LEE, PUTIN)),
            Finding(
                start=35,
                end=40,
                code="ATT201",
                name="unintroduced-person",
                severity="warning",
                message="Who is that?",
                evidence=(Evidence(start=9, end=18, note="they are named here"),),
            ),
        ]
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    with file.open("w", encoding="utf-8") as stream:
        writer = HtmlWriter(stream)
        writer.start()
        for number in range(2):
            writer.write(Result(story(f"story {number}"), (), {}))
        writer.finish()
    return file.as_uri()


@pytest.fixture
def page(browser, report):
    """The report of two stories on a desk."""
    browser.log.clear()
    browser.screen(1200, 900)
    browser.go(report)
    yield browser
    assert browser.log == [], "something failed, or the page's policy forbade it"


def tab_to(page, text):
    for _ in range(60):
        page.press("Tab")
        if page.js(FOCUSED) == text:
            return
    pytest.fail(f"the tab key never comes to {text!r}")


def mark(text):
    return f"[...document.querySelectorAll('.text a[data-of]')].find((a) => a.textContent === '{text}')"


class TestByKeyboard:
    def test_the_first_stop_leads_past_everything_to_the_text(self, page):
        page.press("Tab")
        assert page.js(FOCUSED) == "Skip to the text"
        page.press("Enter")
        assert page.js("document.activeElement.id") == "main"

    def test_the_index_is_where_it_is_seen_before_the_texts(self, page):
        order = "document.getElementById('index').compareDocumentPosition(document.querySelector('article'))"
        assert page.js(order) == 4  # the text follows

    def test_tab_stops_at_each_annotation_once_in_the_order_of_the_text(self, page):
        tab_to(page, "“We lost ")
        stops = []
        while page.js("document.activeElement.matches('.text a')"):
            stops.append(page.js(FOCUSED))
            page.press("Tab")
        assert stops == ["“We lost ", "12", "Ann Lee", "Putin"]

    def test_what_has_the_focus_shows_it(self, page):
        tab_to(page, "Ann Lee")
        style = page.js("getComputedStyle(document.activeElement).outline")
        assert "solid 3px" in style

    @pytest.mark.parametrize("key", ["Enter", " "])
    def test_a_mark_opens_what_is_known_of_it_and_escape_closes_it(self, page, key):
        tab_to(page, "Ann Lee")
        page.press(key)
        assert page.js(OPEN)
        assert page.js("document.activeElement.id") == "details-title"
        assert page.js(f"{mark('Ann Lee')}.getAttribute('aria-expanded')") == "true"
        page.press("Escape")
        assert not page.js(OPEN)
        assert page.js(FOCUSED) == "Ann Lee"
        assert page.js(f"{mark('Ann Lee')}.getAttribute('aria-expanded')") == "false"

    def test_next_and_previous_go_through_the_annotations(self, page):
        tab_to(page, "Ann Lee")
        page.press("Enter")
        tab_to(page, "Next")
        page.press("Enter")
        assert "Putin" in page.js("document.getElementById('details-title').textContent")
        assert page.js(FOCUSED) == "Next"
        page.press("Tab", shift=True)
        assert page.js(FOCUSED) == "Previous"
        for _ in range(3):
            page.press("Enter")
        assert "“We lost" in page.js("document.getElementById('details-title').textContent")

    def test_a_card_leads_back_to_its_place_in_the_text(self, page):
        page.js("document.querySelector('.card.of-finding .back').click()")
        page.js("new Promise(requestAnimationFrame)")
        assert page.js(FOCUSED) == "Putin"


class TestWhatIsShown:
    def details(self, page):
        return page.js("document.querySelector('#details ul').innerText")

    def test_of_a_quote_its_speaker_and_cue(self, page):
        page.js(f"{mark('“We lost ')}.click()")
        shown = self.details(page)
        assert "Ann Lee" in shown
        assert "said" in shown
        lit = page.js("[...document.querySelectorAll('.text .on')].map((a) => a.textContent)")
        assert lit == ["“We lost ", "12", " trucks", ",”", "said", "Ann Lee"]

    def test_of_a_finding_its_message_and_evidence_before_the_name(self, page):
        page.js(f"{mark('Putin')}.click()")
        shown = self.details(page)
        assert shown.index("Who is that?") < shown.index("they are named here") < shown.index("PERSON")
        lit = page.js("[...document.querySelectorAll('.text .evidence.on')].map((a) => a.textContent).join('')")
        assert lit == "12 trucks"

    def test_the_address_can_name_a_card(self, page):
        id = page.js("document.querySelector('.card.of-entity').id")
        page.go(f"{page.js('location.href').partition('#')[0]}#{id}")
        assert page.js("document.activeElement.id") == id
        assert page.js("document.activeElement.closest('details').open")

    def test_a_layer_that_is_switched_off_is_neither_drawn_nor_reached(self, page):
        page.js("document.getElementById('show-entity').click()")
        page.js(f"{mark('Putin')}.click()")
        assert "PERSON" not in self.details(page)
        page.js("document.getElementById('show-finding').click()")
        assert not page.js(OPEN), "what was open belongs to nothing that is shown"
        drawn = f"getComputedStyle({mark('Putin')})"
        assert page.js(f"{drawn}.textDecorationLine") == "none"
        assert "rgb(" not in page.js(f"{drawn}.backgroundImage"), "nothing but transparent layers"
        assert not page.js(f"{mark('Putin')}.hasAttribute('href')")
        assert page.js(f"{mark('Ann Lee')}.hasAttribute('href')"), "it is the source of a quote too"
        page.js("document.getElementById('show-finding').click()")
        assert page.js(f"{mark('Putin')}.getAttribute('tabindex')") == "0"


class TestByScreenReader:
    def test_marks_are_buttons_with_names_and_say_what_they_are(self, page):
        tree = page.tree()
        for name in ("“We lost", "12", "Ann Lee", "Putin"):
            assert ("button", name) in [(role, said.strip()) for role, said in tree]
        said = (
            f"{mark('Putin')}.getAttribute('aria-describedby').split(' ')"
            ".map((id) => document.getElementById(id).textContent)"
        )
        assert page.js(said) == ["finding", "name"]

    def test_parts_of_the_page_have_roles_and_names(self, page):
        tree = page.tree()
        for part in (
            ("main", ""),
            ("navigation", "Documents"),
            ("region", "Text of story 0"),
            ("region", "What was found in the text of story 0"),
            ("article", "story 0"),
            ("checkbox", "Findings"),
            ("group", "Show in the text"),
            ("heading", "copydesk report"),
            ("heading", "Quotes (1)"),
        ):
            assert part in tree

    def test_every_control_has_a_name(self, page):
        page.js(f"{mark('Putin')}.click()")
        nameless = [role for role, name in page.tree() if role in ("button", "link", "checkbox") and not name.strip()]
        assert nameless == []

    def test_the_details_are_a_named_part_that_is_read_out_when_it_changes(self, page):
        page.js(f"{mark('Putin')}.click()")
        assert ("complementary", "About “Putin”") in page.tree()
        assert page.js("document.querySelector('#details ul').getAttribute('aria-live')") == "polite"


class TestOnAPhone:
    @pytest.fixture
    def phone(self, page):
        page.screen(390, 844, phone=True)
        page.go(page.js("location.href"))
        return page

    def test_nothing_runs_out_of_the_window(self, phone):
        phone.js(f"{mark('Putin')}.click()")
        assert phone.js("document.documentElement.scrollWidth") == 390

    def test_what_can_be_pressed_is_large_enough(self, phone):
        """44 by 44 pixels, but for marks within the text, which is set wider instead."""
        phone.js(f"{mark('Putin')}.click()")
        small = phone.js(
            "[...document.querySelectorAll('a:not(.skip), button, summary, label')]"
            ".filter((e) => !e.closest('.text') && e.offsetParent)"
            ".map((e) => [e.textContent, e.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"
        )
        assert small == []
        assert phone.js("parseFloat(getComputedStyle(document.querySelector('.text')).lineHeight)") >= 32

    def test_the_details_leave_half_of_the_window_to_the_text(self, phone):
        phone.js(f"{mark('Putin')}.click()")
        panel = phone.js("document.getElementById('details').getBoundingClientRect().top")
        assert phone.js(f"{mark('Putin')}.getBoundingClientRect().bottom") < panel
        assert panel >= 844 / 2 - 1


def test_dark_where_the_reader_prefers_it(page):
    light = page.js("getComputedStyle(document.body).backgroundColor")
    page.screen(1200, 900, dark=True)
    assert page.js("getComputedStyle(document.body).backgroundColor") != light


def test_motion_only_where_the_reader_wants_it(page):
    assert page.js("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "no-preference"}])
    assert page.js("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"


def test_on_paper_there_is_the_text_and_what_was_found(page):
    page.send("Emulation.setEmulatedMedia", media="print")
    try:
        visible = "(selector) => [...document.querySelectorAll(selector)].some((e) => e.offsetParent)"
        assert not page.js(f"({visible})('.bar, .skip, #details, .back')")
        page.js("dispatchEvent(new Event('beforeprint'))")
        assert page.js(f"({visible})('.card.of-entity')")
        assert page.js(f"({visible})('.text')")
    finally:
        page.send("Emulation.setEmulatedMedia", media="")


def test_a_folder_of_pages_is_browsed_from_the_file_system(browser, tmp_path: Path):
    browser.log.clear()
    index = tmp_path / "index.html"
    with index.open("x", encoding="utf-8") as stream:
        writer = HtmlFolderWriter(stream, tmp_path)
        writer.start()
        writer.write(Result(story("a <b>"), (), {}))
        writer.finish()
    browser.screen(1200, 900)
    browser.go(index.as_uri())
    assert ("link", "a <b>") in browser.tree()
    browser.go(str(browser.js("document.querySelector('a').href")))
    browser.js(f"{mark('Putin')}.click()")
    assert browser.js(OPEN)
    browser.go(str(browser.js("document.querySelector('.bar > a').href")))
    assert browser.js("document.title") == "copydesk report"
    assert browser.log == []


def test_without_scripts_marks_lead_to_cards_and_cards_to_the_text(page):
    page.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        page.go(page.js("location.href").partition("#")[0])
        link = mark("Ann Lee")
        assert page.js(f"document.getElementById({link}.hash.slice(1)).className") == "card of-entity"
        assert page.js("document.getElementById(document.querySelector('.of-entity .back').hash.slice(1)) !== null")
        page.js("document.getElementById('show-entity').checked = false")
        assert "rgba(0, 0, 0, 0)" in page.js(f"getComputedStyle({mark('Ann Lee')}).backgroundImage")
    finally:
        page.send("Emulation.setScriptExecutionDisabled", value=False)
