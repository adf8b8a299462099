"""What the structure plugin finds in stories of all shapes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Context, Document, Section
from copydesk_structure.structure import Structure, StructureConfig

SEEDS = Path(__file__).parents[3] / "seeds"
BODY = "The minister went home on Monday, officials said.\nHe had been away for a week.\n"


def sections(text, metadata=None, **settings):
    component = Structure(StructureConfig(**settings))
    component.setup(Context())
    document = Document(text, metadata=metadata)
    return document.with_annotations(component.process(document), provides=component.provides)[Section]


def read(text, metadata=None, **settings):
    return [(s.kind, text[s.start : s.end]) for s in sections(text, metadata, **settings)]


def of_kind(kind, text, metadata=None, **settings):
    return [found for k, found in read(text, metadata, **settings) if k == kind]


def test_the_seed_article():
    kinds = [s.kind for s in sections((SEEDS / "syria-coordination.txt").read_text(encoding="utf-8"))]
    assert kinds == ["headline"] + ["paragraph"] * 8


class TestHeadline:
    def test_is_a_first_line_that_ends_no_sentence(self):
        assert of_kind("headline", "Minister goes home\n" + BODY) == ["Minister goes home"]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Minister goes home",
            "The minister went home on Monday.",
            BODY,
            "The minister said:\n" + BODY,
            "The minister went home,\n" + BODY,
            "milk\neggs\nbread",
            "Did he go home?\n" + BODY,
            " ".join(["word"] * 40) + "\n" + BODY,
            "- milk\n- eggs\n" + BODY,
            "* * *\n" + BODY,
        ],
    )
    def test_is_not_given_to_a_text_that_has_none(self, text):
        assert of_kind("headline", text) == []

    @pytest.mark.parametrize(
        "headline",
        ["Will The Minister Ever Come Home?", "Why Ministers Should Stay In The U.S.", "‘We Will Never Surrender!’"],
    )
    def test_may_ask_or_exclaim_in_title_case(self, headline):
        assert of_kind("headline", headline + "\n\n" + BODY) == [headline]

    def test_may_ask_where_a_byline_follows(self):
        assert of_kind("headline", "Did he go home?\nBy Ann Lee\n" + BODY) == ["Did he go home?"]

    def test_is_the_title_even_if_that_is_a_sentence(self):
        text = "The minister “went home”.\n" + BODY
        assert of_kind("headline", text, {"title": 'The Minister "Went Home"'}) == ["The minister “went home”."]
        assert of_kind("headline", text, {"title": "Something else"}) == []
        assert of_kind("headline", text, {"title": 7}) == []

    def test_stands_below_a_kicker(self):
        assert read("WORLD\nMinister goes home\n" + BODY)[:2] == [
            ("other", "WORLD"),
            ("headline", "Minister goes home"),
        ]

    def test_markdown(self):
        assert read("# Minister goes home.\n\n" + BODY + "\n## Reactions\n\n" + BODY)[0][0] == "headline"
        assert ("other", "## Reactions") in read("# Minister goes home\n\n" + BODY + "\n## Reactions\n\n" + BODY)

    def test_modes(self):
        assert of_kind("headline", BODY, headline="first-line") == [BODY.splitlines()[0]]
        assert of_kind("headline", "---\nOne", headline="first-line") == ["One"]
        assert of_kind("headline", "Minister goes home\n" + BODY, headline="none") == []
        assert of_kind("headline", "Minister goes home\n" + BODY, max_headline_words=2) == []


class TestByline:
    @pytest.mark.parametrize(
        "line",
        [
            "By Ann Lee",
            "BY ANN LEE",
            "By Ann Lee and Bo Chan in Paris",
            "By Ann Lee in Paris and Bo Chan in New York",
            "By Ann Lee, Bo Chan and Cy Dee",
            "By Ann Lee, CNN",
            "By ANN LEE, Associated Press",
            "By Ann Lee | Staff Writer",
            "By Ann Lee for The Daily Star",
            "By Ann Lee, ann.lee@example.com",
            "By Ann Lee • Nov. 22, 2015",
            "By Ludwig van Beethoven",
            "By J. R. R. O’Brien-Smith Jr.",
            "By Khalid al-Masri",
            "By Reuters",
            "By The Associated Press",
            "By Our Foreign Staff",
            "Written by Ann Lee",
            "Ann Lee, Staff Writer",
            "Ann Lee, Senior Political Correspondent",
            "ANN LEE, USA TODAY",
            "From Our Correspondent",
        ],
    )
    def test_says_who_wrote_the_story(self, line):
        assert of_kind("byline", f"Minister goes home\n{line}\n{BODY}") == [line]
        assert of_kind("headline", f"Minister goes home\n{line}\n{BODY}") == ["Minister goes home"]

    @pytest.mark.parametrize(
        "line",
        [
            "By Monday Morning",
            "By Land and Sea",
            "By George, He's Got It",
            "By the Numbers",
            "By Ann Lee went home a happy man",
            "Ann Lee, Happy",
            "Bypass Opens Today",
        ],
    )
    def test_is_not_every_line_with_by(self, line):
        assert of_kind("byline", f"Minister goes home\n{line}\n{BODY}") == []

    def test_stands_at_the_top_or_at_the_very_end(self):
        assert of_kind("byline", f"Minister goes home\n{BODY}By Ann Lee\n{BODY}") == []
        assert of_kind("byline", f"Minister goes home\n{BODY}By Ann Lee") == ["By Ann Lee"]

    def test_knows_the_users_own_outlets(self):
        text = f"Minister goes home\nBy Gazette\n{BODY}"
        assert of_kind("byline", text) == []
        assert of_kind("byline", text, outlets=["Gazette"]) == ["By Gazette"]


class TestDateline:
    @pytest.mark.parametrize(
        "dateline",
        [
            "PARIS (Reuters) —",
            "WASHINGTON, Nov. 22 —",
            "BEIRUT, Lebanon —",
            "LEXINGTON, Ky. (AP) --",
            "ST. LOUIS —",
            "PORT-AU-PRINCE, Haiti –",
            "SÃO PAULO —",
            "RIO DE JANEIRO, 22 November 2015 (AFP) –",
            "PARIS/BERLIN, Nov 3 (Reuters) -",
            "WASHINGTON Nov 22 (Reuters) -",
            "NEW YORK (AP) _",
            "Beirut (AP) —",
            "London, Nov. 22 –",
            "Moscow —",
            "LONDON:",
            "(Reuters) -",
            "(Beirut, November 22, 2015) –",
            "NEW YORK, Nov. 22, 2015 /PRNewswire/ --",
            "DAKOLA, Burkina Faso (Thomson Reuters Foundation) -",
        ],
    )
    def test_opens_the_first_paragraph_and_lies_inside_it(self, dateline):
        text = f"Minister goes home\n{dateline} {BODY}"
        assert of_kind("dateline", text) == [dateline]
        layer = sections(text)
        (found,) = (s for s in layer if s.kind == "dateline")
        first = next(s for s in layer if s.kind == "paragraph")
        assert (first.start, first.span.contains(found)) == (found.start, True)

    @pytest.mark.parametrize(
        "opening",
        [
            "UPDATE — ",
            "TRUMP: ",
            "IBM - ",
            "NATO — ",
            "Gov. John Kasich (R-OH) — ",
            "The war — ",
            "Paris – the city of lights – ",
            "He said - ",
            "Reuters: ",
            "— ",
            "",
        ],
    )
    def test_is_not_every_dash(self, opening):
        assert of_kind("dateline", f"Minister goes home\n{opening}{BODY}") == []

    def test_is_looked_for_in_the_first_paragraph_only(self):
        assert of_kind("dateline", f"Minister goes home\n{BODY}PARIS (Reuters) — {BODY}") == []

    def test_may_stand_alone_before_the_body(self):
        text = f"Minister goes home\nWASHINGTON, Nov. 22\n{BODY}"
        assert read(text)[1] == ("dateline", "WASHINGTON, Nov. 22")
        assert read(f"Minister goes home\nFriday, July 21, 2017\n{BODY}")[1] == ("dateline", "Friday, July 21, 2017")

    def test_knows_the_users_own_agencies(self):
        text = "Ogbomosho (Gazette Wire) — The minister went home.\n"
        assert of_kind("dateline", text) == []
        assert of_kind("dateline", text, outlets=["Gazette Wire"]) == ["Ogbomosho (Gazette Wire) —"]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: The minister leaves his house.",
        "FILE PHOTO: The minister leaves his house.",
        "FILE - In this Nov. 3, 2015, file photo, the minister leaves.",
        "Image: Ann Lee",
        "File photo",
        "Photo by Ann Lee",
        "The minister leaves his house. (AP Photo/Ann Lee)",
        "The minister leaves his house. [Photo: Getty Images]",
        "(AP Photo/Ann Lee, File)",
        "AFP/Getty Images",
        "REUTERS/Ann Lee",
    ],
)
def test_captions(line):
    assert of_kind("caption", f"Minister goes home\n{BODY}{line}\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Photographs of the minister were shown in court.",
        "Image matters, the minister said.",
        "Pictures by satellites (and photos from drones) showed the house.",
        "The file was closed (see the photo below).",
    ],
)
def test_paragraphs_about_pictures_are_no_captions(line):
    assert ("paragraph", line) in read(f"Minister goes home\n{BODY}{line}\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "Reactions from abroad",
        "***",
        "- - -",
        "## Reactions",
        "• Three people were hurt.",
        "1. The minister",
        "Related: Minister leaves",
        "(Reporting by Ann Lee; Editing by Bo Chan)",
        "© 2015 The Daily Star.",
        "FULL TEXT.",
        "Editor's note: This story was corrected.",
    ],
)
def test_what_is_no_story_is_other(line):
    assert ("other", line) in read(f"Minister goes home\n{BODY}{line}\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "Sources close to the minister said he was at home.",
        "Related incidents were reported.",
        "“We saw him” she said",
        "CLINTON: We saw him go home",
        "he was not seen again",
        "It was, of all the days that he had spent away from his own house, the longest",
    ],
)
def test_paragraphs_that_resemble_something_else(line):
    assert ("paragraph", line) in read(f"Minister goes home\n{BODY}{line}\n{BODY}")


def test_lists_after_the_story():
    text = f"Minister goes home\n{BODY}Sources\nAnn Lee. “Minister goes home”. Daily Star, July 3.\nThe minister’s own site\n"
    assert [kind for kind, _ in read(text)] == ["headline", "paragraph", "paragraph", "other", "other", "other"]


WRAPPED = """\
Minister goes home after a week abroad
By Ann Lee

PARIS (Reuters) — The minister went home on Monday after a week
abroad, officials said. He had been in four countries, and in each
of them he met the
Prime Minister.

“We saw him leave,” said Bo Chan, who lives in the house across the
street. “He had two suitcases.”

- a list item that goes on for so long that it has to be wrapped
  at its end
- another
"""


class TestWrappedText:
    def test_paragraphs_are_put_together(self):
        found = read(WRAPPED)
        assert [kind for kind, _ in found] == [
            "headline", "byline", "paragraph", "dateline", "paragraph", "other", "other",
        ]  # fmt: skip
        assert found[2][1].endswith("Prime Minister.")

    def test_without_blank_lines_indents_and_short_lines_part_paragraphs(self):
        text = (
            "   The minister went home on Monday after a week spent abroad,\n"
            "officials said. He had been in four countries, and in each of\n"
            "them he met the head of its government and of its parliament.\n"
            "   Neighbours saw him leave the house with two suitcases and a\n"
            "hat.\n"
            "He was not seen again until the evening of the same day, when\n"
            "he came back.\n"
        )
        assert [body[:10] for body in of_kind("paragraph", text)] == ["The minist", "Neighbours", "He was not"]

    def test_copy_in_capitals_is_recognised_by_its_width(self):
        text = (
            "THE MINISTER WENT HOME ON MONDAY AFTER A WEEK ABROAD, OFFICIALS\n"
            "SAID. HE HAD BEEN IN FOUR COUNTRIES, AND IN EACH OF THEM HE MET\n"
            "THE PRIME MINISTER.\n\nNEIGHBOURS SAW HIM LEAVE.\n"
        )
        assert len(of_kind("paragraph", text)) == 2

    def test_the_setting_overrules_the_text(self):
        assert len(read(WRAPPED, lines="paragraphs")) > len(read(WRAPPED))
        text = "Minister goes home again today, it was said\nOfficials said so.\nHe Was Away.\n\nNobody cared.\n"
        assert len(of_kind("paragraph", text, lines="wrapped")) == 2
        assert len(of_kind("paragraph", text)) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\v", "\f", "\x85"])
def test_every_line_end_is_one(end):
    text = end.join(["Minister goes home", "By Ann Lee", "He went home.", "He stayed there."])
    assert [kind for kind, _ in read(text)] == ["headline", "byline", "paragraph", "paragraph"]


LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "Minister goes home",
                "By Ann Lee",
                "PARIS (AP) — He left.",
                "***",
                "Sources",
                "• One",
                "",
                "# A",
                "Photo: x",
                "He went home, where he\nstayed for the whole of the week that\nfollowed.",
            ]
        ),
    ),
    max_size=12,
)
TEXTS = st.builds(lambda lines, end: end.join(lines), LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"]))
SETTINGS = st.fixed_dictionaries(
    {
        "headline": st.sampled_from(["auto", "first-line", "none"]),
        "lines": st.sampled_from(["auto", "paragraphs", "wrapped"]),
    }
)


@given(TEXTS, SETTINGS)
def test_all_text_but_space_lies_in_exactly_one_section(text, settings):
    covered = [0] * len(text)
    for section in sections(text, **settings):
        nested = section.kind == "dateline" and any(
            other.kind == "paragraph" and other.span.contains(section) for other in sections(text, **settings)
        )
        for offset in range(section.start, section.end):
            covered[offset] += not nested
    assert all(count <= 1 for count in covered)
    assert all(count == 1 for count, char in zip(covered, text, strict=True) if not char.isspace())


@given(TEXTS, SETTINGS)
def test_sections_begin_and_end_with_something(text, settings):
    for section in sections(text, **settings):
        content = text[section.start : section.end]
        assert content
        assert content == content.strip()


@given(TEXTS, SETTINGS)
def test_there_is_at_most_one_headline(text, settings):
    headlines = [s for s in sections(text, **settings) if s.kind == "headline"]
    assert len(headlines) <= (settings["headline"] != "none")


@given(TEXTS)
def test_space_around_a_text_changes_nothing(text):
    plain = [(s.kind, s.end - s.start) for s in sections(text)]
    assert [(s.kind, s.end - s.start) for s in sections("\n \n" + text + "\n\n")] == plain
