"""Texts with markup: the same words as without it, and each place right in the file."""

from __future__ import annotations

import html
import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Pipeline, Span
from copydesk.formats.html_reader import HtmlConfig, HtmlReader
from copydesk.formats.markdown import MarkdownConfig, MarkdownReader
from copydesk.plugins.reader import Source
from copydesk.testing.growth import cpu_seconds

from .marking import as_html, as_markdown

READERS = {"markdown": (MarkdownReader, as_markdown), "html": (HtmlReader, as_html)}
SEEDS = range(100)


def read(reader, text, config=None):
    (document,) = reader(config).read(Source(io.BytesIO(text.encode()), "a", "folder/a"))
    return document


def without_marks(form, piece):
    """What a piece of a file says, by rules of its own: marks, tags and line ends are dropped."""
    if form == "html":
        piece = re.sub(r"(?s)<script>.*?</script>|<code>.*?</code>", "", piece)
        return html.unescape(re.sub(r"(?s)<!--.*?-->|<(?:[^>'\"]|'[^']*'|\"[^\"]*\")*>", "", piece))
    piece = re.sub(
        r"(?sm)```.*?```|```.*|<!--.*?-->|!\[.*?\]\(.*?\)|\[ref\]: \S*|\]\([^)]*\)|</?b>|^[ >]*1\. ", "", piece
    )
    return re.sub(
        r"\\(.)|[*`_\[\]>#]", lambda match: match[1] or "", html.unescape(re.sub(r"\\([&<])", r"&amp;\1", piece))
    )


def letters(text):
    """Letters and digits alone."""
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("form", READERS)
@given(
    paragraphs=st.lists(
        st.lists(
            st.text(st.sampled_from("abzAZ09“”’.,-*_[]<>&#+`é🙂"), min_size=1, max_size=6), min_size=1, max_size=12
        ),
        min_size=1,
        max_size=4,
    ),
    seed=st.integers(0, 10_000),
)
def test_the_text_is_that_without_markup_and_leads_back_to_the_file(form, paragraphs, seed):
    reader, marked = READERS[form]
    said = [" ".join(words) for words in paragraphs]
    file = marked(said, seed)
    document = read(reader, file)
    assert document.text == "\n\n".join(said)
    for match in re.finditer(r"[a-zA-Z0-9é🙂]+", document.text):
        place = document.offset_map.span(Span(*match.span()))
        assert letters(without_marks(form, file[place.start : place.end])) == letters(match[0])


@pytest.fixture(scope="module")
def stories():
    """Edited news, each with the layers that the newsroom finds in it."""
    folder = os.environ.get("COPYDESK_DATA")
    if not folder:
        pytest.skip("COPYDESK_DATA names no folder of texts")
    lines = (Path(folder) / "data" / "wikinews" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [
        [" ".join(part.split()) for part in json.loads(line)["text"].split("\n") if part.strip()] for line in lines
    ]
    with Pipeline.load("newsroom").open(lanes=1) as desk:
        return [(paragraphs, desk("\n\n".join(paragraphs))) for paragraphs in texts]


@pytest.mark.parametrize("form", READERS)
def test_what_is_found_in_a_hundred_files_is_at_the_same_words_and_right_in_the_file(form, stories):
    reader, marked = READERS[form]
    places = 0
    for seed in SEEDS:
        paragraphs, plain = stories[seed % len(stories)]
        file = marked(paragraphs, seed)
        document = read(reader, file)
        # Equal text, equal findings: what was found in the plain text is what is found here.
        assert document.text == plain.text
        for layer in plain.layers:
            for item in plain.layer(layer):
                span = document.offset_map.span(item)
                assert letters(without_marks(form, file[span.start : span.end])) == letters(plain.text_of(item))
                line, column = document.offset_map.place(span.start)
                assert file.split("\n")[line - 1][column - 1 :].startswith(
                    file[span.start : span.start + 1].strip("\n")
                )
                places += 1
    assert places > 10_000


@pytest.mark.parametrize("form", READERS)
def test_findings_of_a_marked_up_story_are_those_of_the_plain_one(form, stories):
    reader, marked = READERS[form]
    paragraphs, plain = stories[0]
    found = Pipeline.load("newsroom")(read(reader, marked(paragraphs, 7)).with_metadata({}))
    assert found.to_json()["layers"] == plain.to_json()["layers"]


STORY = """\
---
title: A story
published: July 21, 2017
---
# The *heading* #

“I **am** here,” said [Ann](http://x.org "Ann Lee") ***Lee*** of 2 * 3 &amp; co.
She left\\
with `a b`.

> Quoted
> text.

| a | b \\| c |
|---|-------|
| d | e |

<div>Raw <b>tags</b></div>

```
“code
```
"""


class TestMarkdown:
    def test_what_is_text_and_what_is_not(self):
        document = read(MarkdownReader, STORY)
        assert document.text.split("\n\n") == [
            "The heading",
            "“I am here,” said Ann Lee of 2 * 3 & co. She left\nwith a b.".replace("co. She", "co. She"),
            "Quoted text.",
            "a\nb | c",
            "d\ne",
            "Raw tags",
        ]

    def test_front_matter_is_metadata(self):
        metadata = read(MarkdownReader, STORY).metadata
        assert metadata == {"title": "A story", "date": "2017-07-21", "published": "July 21, 2017"}

    def test_the_first_heading_is_the_title_where_nothing_else_is(self):
        assert read(MarkdownReader, "# The *heading*\n\nText.\n\n# Another").metadata == {"title": "The heading"}

    @pytest.mark.parametrize(
        ("words", "in_file", "place"),
        [
            ("am here", "am** here", (7, 6)),
            ("Ann Lee", 'Ann](http://x.org "Ann Lee") ***Lee', (7, 24)),
            ("3 & co", "3 &amp; co", (7, 70)),
            ("b | c", "b \\| c", (14, 7)),
            ("text.", "text.", (12, 3)),
        ],
    )
    def test_places(self, words, in_file, place):
        document = read(MarkdownReader, STORY)
        at = document.text.index(words)
        span = document.offset_map.span(Span(at, at + len(words)))
        assert STORY[span.start : span.end] == in_file
        assert document.offset_map.place(span.start) == place

    def test_code_is_text_where_it_is_wanted(self):
        assert read(MarkdownReader, STORY, MarkdownConfig(code=True)).text.endswith("“code")

    @pytest.mark.parametrize(
        "front", ["---\n- a list\n---\n", "---\na: [\n---\n", "---\na: &x 1\nb: *x\n---\n", "---\n"]
    )
    def test_what_is_no_front_matter_is_text(self, front):
        assert read(MarkdownReader, f"{front}\nText.\n").metadata == {}

    def test_a_comment_for_copydesk_stays_with_the_line_after_it(self):
        text = "<!-- copydesk: ignore[ATT202] Known. -->\nLee said *no*.\n\n<!-- another -->\nEnd."
        assert read(MarkdownReader, text).text == "<!-- copydesk: ignore[ATT202] Known. -->\nLee said no.\n\nEnd."


PAGE = """\
<html lang="en-GB"><head><title>Site &gt; Story</title>
<meta property="og:site_name" content="The Post"><meta name=author content='Ann Lee'>
<script type="application/ld+json">{"datePublished": "2017-07-21T10:00:00Z", "x": "<p>no</p>"}</script></head>
<body><h1>The <em>story</em></h1><p>“I&nbsp;<b>am</b>   here,”
said R&amp;D.<br>Then<td>cell<svg><text>no</text></svg></p>
<!-- copydesk: ignore[ATT202] Known. --><p>Next<pre>a
b</pre><pre><code>x</code></pre></body></html>
"""


class TestHtml:
    def test_what_is_text_and_what_is_not(self):
        assert read(HtmlReader, PAGE).text == (
            "The story\n\n“I\xa0am here,” said R&D.\nThen\ncell\n\n"
            "<!-- copydesk: ignore[ATT202] Known. -->\nNext\n\na\nb"
        )

    def test_what_the_page_says_of_itself_is_metadata(self):
        assert read(HtmlReader, PAGE).metadata == {
            "title": "The story",
            "date": "2017-07-21T10:00:00Z",
            "author": "Ann Lee",
            "publisher": "The Post",
            "lang": "en",
        }

    def test_code_is_text_where_it_is_wanted(self):
        assert read(HtmlReader, PAGE, HtmlConfig(code=True)).text.endswith("a\nb\n\nx")

    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            (b"<meta charset=windows-1252><p>caf\xe9 \x93x\x94", "café “x”"),
            (b"<meta charset=iso-8859-1><p>\x93x\x94", "“x”"),
            ("<meta charset=utf-8><p>é".encode(), "é"),
            ("\ufeff<meta charset=latin-1><p>é".encode(), "é"),
            (b"<meta charset=hex><p>a", "a"),
        ],
    )
    def test_a_page_is_in_the_charset_that_it_names(self, raw, text):
        (document,) = HtmlReader().read(Source(io.BytesIO(raw), "a", "a"))
        assert document.text == text

    @pytest.mark.parametrize(
        ("page", "text"),
        [
            ("a < b & c &unknown; &#0; &ampx", "a < b & c &unknown; \ufffd &x"),
            ("a <b title='x>y' >b</b> <i", "a b"),
            ("a<!-- never closed <p>b", "a"),
            ("<script>never closed <p>b", ""),
            ("</p></p></div>a</b>", "a"),
            ("<P>a<P>b<BR/>c", "a\n\nb\nc"),
            ("<svg><svg></svg>no</svg>yes", "yes"),
            ("<textarea><p>no</textarea>yes", "yes"),
        ],
    )
    def test_broken_pages(self, page, text):
        assert read(HtmlReader, page).text == text


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        "<",
        "<!--",
        "&",
        "<div>",
        "</",
        "<a b='",
        '<a x="y" ',
        "<p>a</p> ",
        "&amp",
        "<svg>",
        "*a ",
        "[",
        "[a](",
        "> ",
        "`",
        "![[",
        "**a**\n",
        "# a\n",
        "|a",
        "\\*",
        "1. a\n",
    ],
)
@pytest.mark.parametrize("form", READERS)
def test_time_is_linear_in_the_length_of_any_input(form, unit):
    """Of eight times the input, what is linear takes eight times as long, and what is quadratic sixty-four times."""

    def cost(times):
        return cpu_seconds(lambda text: read(READERS[form][0], text), unit * times)

    cost(10)
    small, large = (min(cost(times) for _ in range(2)) for times in (500, 4000))
    assert large < 24 * small + 0.1
