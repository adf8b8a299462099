"""Mail, subtitles, Word documents, articles, ninjs and NewsML-G2: what is text, what is known of it, where it stands."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from copydesk import Span
from copydesk.errors import DocumentError
from copydesk.formats.article import ArticleReader
from copydesk.formats.mail import MailReader
from copydesk.formats.newsml import NewsmlReader
from copydesk.formats.ninjs import NinjsReader
from copydesk.formats.plain import PlainReader
from copydesk.formats.subtitles import SubtitleReader
from copydesk.formats.word import WordReader
from copydesk.plugins.reader import Source


def read(reader, raw):
    raw = raw.encode() if isinstance(raw, str) else raw
    return list(reader().read(Source(io.BytesIO(raw), "a", "folder/a")))


def in_file(document, words, file):
    """What the file has where the text has these words."""
    at = document.text.index(words)
    span = document.offset_map.span(Span(at, at + len(words)))
    return file[span.start : span.end]


MAIL = """\
From: Ann Lee <ann@x.org>
Subject: =?utf-8?q?Caf=C3=A9?= news
Date: Fri, 21 Jul 2017 10:00:00 +0200
MIME-Version: 1.0
Content-Type: {type}; charset=utf-8
Content-Transfer-Encoding: {encoding}

{body}
"""
NINJS = json.dumps(
    {
        "uri": "urn:1",
        "headline": "Head",
        "versioncreated": "2017-07-21T10:00:00Z",
        "language": "en-GB",
        "byline": "Ann Lee",
        "body_text": "plain",
        "body_xhtml": "<p>“I <b>am</b>\nhere,” said R&amp;D.</p><p>x😀y</p>",
    },
    indent=1,
)
NEWSML = """\
<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="tag:1" xml:lang="en-US"><itemMeta><versionCreated>2017-07-22T11:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>The hëad</headline><contentCreated>2017-07-21</contentCreated><by>Ann Lee</by></contentMeta>
<contentSet><inlineXML><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>x</h:title></h:head>
<h:body><h:p>It “<h:b>rained</h:b>” &amp; &#8220;so”.</h:p><h:p>Two</h:p></h:body></h:html></inlineXML></contentSet></newsItem>
<newsItem guid="tag:2"><contentSet><inlineXML><nitf><body><body.head><hedline><hl1>Head</hl1></hedline></body.head>
<body.content><p>Second é</p></body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="tag:3"/></itemSet></newsMessage>
"""


class TestPlainText:
    def test_front_matter_is_metadata_and_places_are_those_of_the_file(self):
        text = "---\r\ntitle: Rain\r\nauthor: Ann\r\ndate: July 21, 2017\r\n---\r\n\r\nIt rained.\r\n"
        [document] = read(PlainReader, text)
        assert document.text == "It rained.\n"
        assert document.metadata == {"title": "Rain", "author": "Ann", "date": "2017-07-21"}
        assert document.offset_map.place(document.offset_map.span(Span(3, 9)).start) == (7, 4)


class TestMail:
    def test_headers_are_metadata(self):
        [document] = read(MailReader, MAIL.format(type="text/plain", encoding="8bit", body="It rained."))
        assert document.metadata == {
            "title": "Café news",
            "author": "Ann Lee <ann@x.org>",
            "date": "2017-07-21T10:00:00+02:00",
        }

    @pytest.mark.parametrize(
        ("type", "body", "words", "there"),
        [
            ("text/plain", "It “rained”.\nTwo.", "“rained”", "“rained”"),
            ("text/html", "<p>It <b>rained</b> &amp; so", "rained & so", "rained</b> &amp; so"),
        ],
    )
    def test_a_body_that_stands_there_as_it_is_leads_back(self, type, body, words, there):
        file = MAIL.format(type=type, encoding="8bit", body=body)
        [document] = read(MailReader, file)
        assert in_file(document, words, file) == there
        [crlf] = read(MailReader, file.replace("\n", "\r\n"))
        assert in_file(crlf, words, file) == there

    def test_of_an_encoded_body_all_that_is_known_is_that_it_is_the_body(self):
        file = MAIL.format(type="text/plain", encoding="base64", body="SXQgcmFpbmVkLg==")
        [document] = read(MailReader, file)
        assert document.text == "It rained."
        assert in_file(document, "rained", file).strip() == "SXQgcmFpbmVkLg=="


class TestSubtitles:
    FILE = (
        "1\n00:00:01,000 --> 00:00:02,000\n<i>We have lost</i>\n{\\an8}all our trucks.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n- Who &amp; what?\n- Ann\n\n3\n00:00:05,000 --> 00:00:06,000\nLee.\n"
    )

    def test_cues_are_joined_to_sentences(self):
        [document] = read(SubtitleReader, self.FILE)
        assert document.text == "We have lost all our trucks.\n- Who & what?\n- Ann Lee."

    def test_places_are_those_of_the_cues(self):
        [document] = read(SubtitleReader, self.FILE)
        assert in_file(document, "lost all", self.FILE) == "lost</i>\n{\\an8}all"
        assert in_file(document, "Who & what", self.FILE) == "Who &amp; what"


class TestWord:
    def written(self, document):
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def test_paragraphs_tables_and_what_is_known(self):
        document = docx.Document()
        document.core_properties.author = "Ann Lee"
        document.add_heading("The head", 1)
        document.add_paragraph("It “rained”.\tYes.")
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "a", "b"
        document.add_paragraph("End")
        [read_again] = read(WordReader, self.written(document))
        assert read_again.text == "The head\n\nIt “rained”.\tYes.\n\na\n\nb\n\nEnd"
        assert (read_again.metadata["title"], read_again.metadata["author"]) == ("The head", "Ann Lee")

    def test_insertions_that_are_tracked_are_text_and_deletions_are_not(self):
        document = docx.Document()
        paragraph = document.add_paragraph("It ")
        for tag in ("w:ins", "w:del", "w:moveFrom"):
            change = OxmlElement(tag)
            change.append(document.add_paragraph(f"{tag[2:]}").runs[0]._r)
            paragraph._p.append(change)
        [read_again] = read(WordReader, self.written(document))
        assert read_again.text == "It ins"

    def test_an_archive_that_holds_more_than_a_document_may_is_refused_unread(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"a" * 70_000_000)
        [error] = read(WordReader, bomb.getvalue())
        assert "the document has more than 67,108,864 bytes" in str(error)

    @pytest.mark.parametrize("cut", [0, 4, 1000, -1])
    def test_half_a_file(self, cut):
        [error] = read(WordReader, self.written(docx.Document())[:cut])
        assert isinstance(error, DocumentError)
        assert error.path == "folder/a"


class TestArticle:
    PAGE = (
        "<html lang=en><head><meta name=author content='Ann Lee'><title>T</title></head><body>"
        "<nav><a href=/>Home</a> <a href=/x>News</a></nav><article><h1>Big news today in town</h1>"
        + "".join(
            f"<p>Paragraph {n}: “the <b>mayor</b>  of town” lost &amp; won her {n} trucks, said Ann Lee on Friday.</p>"
            for n in range(5)
        )
        + "</article><footer>Copyright 2017, all rights reserved</footer></body></html>"
    )

    def test_it_is_the_article_alone_and_leads_back(self):
        [document] = read(ArticleReader, self.PAGE)
        assert "Home" not in document.text
        assert "rights" not in document.text
        assert "Paragraph 3: “the mayor of town” lost & won her 3 trucks" in document.text
        assert in_file(document, "mayor of", self.PAGE) == "mayor</b>  of"
        assert in_file(document, "lost & won her 3", self.PAGE) == "lost &amp; won her 3"
        assert document.metadata == {"title": "Big news today in town", "author": "Ann Lee", "lang": "en"}


class TestNinjs:
    def test_the_body_with_paragraphs_and_what_is_known(self):
        [document] = read(NinjsReader, NINJS)
        assert document.id == "urn:1"
        assert document.text == "“I am here,” said R&D.\n\nx😀y"
        assert document.metadata == {
            "title": "Head",
            "date": "2017-07-21T10:00:00Z",
            "author": "Ann Lee",
            "lang": "en",
        }

    @pytest.mark.parametrize(
        ("words", "there"), [("am here", "am</b>\\nhere"), ("R&D", "R&amp;D"), ("x😀y", "x\\ud83d\\ude00y")]
    )
    def test_places_lead_through_tags_and_escapes(self, words, there):
        [document] = read(NinjsReader, NINJS)
        assert in_file(document, words, NINJS) == there

    def test_version_3(self):
        item = {"bodies": [{"value": "It rained.", "contenttype": "text/plain"}], "headlines": [{"value": "Head"}]}
        [document] = read(NinjsReader, json.dumps(item))
        assert (document.text, document.metadata) == ("It rained.", {"title": "Head"})

    def test_a_bad_item_costs_its_neighbours_nothing(self):
        first, second, third, fourth = read(NinjsReader, '[{"body_text": "a"}, {"uri": "u"}, 3, {"body_text": "b"}]')
        assert (first.text, fourth.text) == ("a", "b")
        assert second.document_id == "u"
        assert "no body" in str(second)
        assert "an item of ninjs is an object" in str(third)


class TestNewsml:
    def test_items_with_what_is_known(self):
        first, second, third = read(NewsmlReader, NEWSML)
        assert (first.id, first.text) == ("tag:1", "It “rained” & “so”.\n\nTwo")
        assert first.metadata == {"title": "The hëad", "date": "2017-07-21", "author": "Ann Lee", "lang": "en"}
        assert (second.id, second.text) == ("tag:2", "Head\n\nSecond é")
        assert (third.document_id, third.line) == ("tag:3", 9)

    @pytest.mark.parametrize(
        ("item", "words", "there"),
        [(0, "rained” &", "rained</h:b>” &amp;"), (0, "“so", "&#8220;so"), (1, "Second é", "Second é")],
    )
    def test_places(self, item, words, there):
        assert in_file(read(NewsmlReader, NEWSML)[item], words, NEWSML) == there

    def test_another_encoding_that_is_named(self):
        raw = NEWSML.replace("UTF-8", "ISO-8859-1").replace("“", "").replace("”", "").encode("latin-1")
        assert read(NewsmlReader, raw)[0].metadata["title"] == "The hëad"

    @pytest.mark.parametrize(
        ("raw", "cause"),
        [
            ('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><newsItem>&c;</newsItem>', "declares the entity 'b'"),
            (
                '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><newsItem>&b;</newsItem>',
                "declares the entity 'b'",
            ),
            ("<newsItem>", "this is no XML: no element found"),
            ("<a/>", "there is no newsItem in it"),
            ("<a>" * 100_000, "this is no XML"),
            ("", "this is no XML"),
        ],
    )
    def test_what_is_refused(self, raw, cause):
        [error] = read(NewsmlReader, raw)
        assert cause in str(error)


@pytest.mark.parametrize(
    ("reader", "raw", "cause"),
    [
        (MailReader, "no header", "this is no mail"),
        (MailReader, "Subject: x\nContent-Type: image/png\n\nx", "the mail has no body of text"),
        (SubtitleReader, "no cue", "there is no cue in it"),
        (ArticleReader, "<p>x", "no article is found in this page"),
        (NinjsReader, "[" * 100_000, "this JSON cannot be read"),
        (NinjsReader, "{", "this is not JSON"),
        (WordReader, "no archive", "this is no Word document"),
    ],
)
def test_what_is_no_such_file_is_an_error_with_its_place(reader, raw, cause):
    [error] = read(reader, raw)
    assert cause in str(error)
    assert (error.path, error.document_id) == ("folder/a", "a")
