"""ATT602 to ATT608 and ATT802: sums, counts and days over the whole story."""

from __future__ import annotations

import re

import pytest

from copydesk import Document, Finding, Pipeline, Quantity, Span
from copydesk_attribution.component import Attribution, AttributionConfig


@pytest.fixture(scope="module")
def desk():
    """The pipeline with one check that needs the parse."""
    steps = Pipeline.load("newsroom").without("attribution")
    with steps.with_step(Attribution(AttributionConfig(select=("ATT608",)))).open(lanes=1) as desk:
        yield desk


def counts(story, text, *, headline=""):
    """A story whose figures are those that are written in it, as a plain reader would find them."""
    build = story(headline, *text.split("\n"))
    for match in re.finditer(r"([$£]?)(\d(?:[\d,]*\d)?(?:\.\d+)?)( million| billion)?( percent)?", build.text):
        kind = "money" if match[1] else "percent" if match[4] else "cardinal"
        value = float(match[2].replace(",", "")) * {" million": 1e6, " billion": 1e9, None: 1}[match[3]]
        where = Span(match.start(), match.end())
        noun = re.compile(r"[ -]((?:registered )?([a-z]+))").match(build.text, match.end())
        noun = (
            noun if kind == "cardinal" and noun and noun[2] not in ("to", "of", "and", "from", "are", "for") else None
        )
        build.quantities.append(
            Quantity(
                start=where.start,
                end=where.end,
                kind=kind,
                low=value,
                high=value,
                unit={"money": "USD", "percent": "percent"}.get(kind),
                number=Span(match.start(2), match.end()),
                counted=Span(*noun.span(1)) if noun else None,
                counted_head=Span(*noun.span(2)) if noun else None,
            )
        )
    return build


class TestSums:
    """ATT603 and ATT604: over sentences, in the story's own units."""

    @pytest.mark.parametrize(
        ("code", "text", "message"),
        [
            ("ATT603", "It spent £3.2 million on roads and £1.8 million on parks, a total of £6 million.",
             "£3.2 million + £1.8 million = £5 million, not £6 million."),
            ("ATT603", "It spent $3,200 on roads and $1,800 on parks, $6,000 in all.", "$3,200 + $1,800 = $5,000, not $6,000."),
            ("ATT603", "Sales fell 20 percent to 50 tons from 60 tons.",
             "From 60 to 50 is a change of 16.7 percent, not 20."),
            ("ATT603", "Sales were $50 million, up from $40 million, a rise of 15 percent.",
             "From $40 million to $50 million is a change of 25 percent, not 15."),
            ("ATT603", "Sales rose from 60 to 50.", "“rose”, but 50 is less than 60."),
            ("ATT603", "Sales rose from 20 to 40 billion, up 50 percent.", "From 20 to 40 billion is a change of 100 percent, not 50."),
            ("ATT603", "Of them 3 of the 12 firms, or 40 percent, closed.", "3 of 12 is 25 percent, not 40."),
            ("ATT603", "Some 40 percent of the 200 pupils, or 90, failed.", "40 percent of 200 is 80, not 90."),
            ("ATT603", "It has 12 members, 8 men and 5 women.", "8 + 5 = 13, not 12."),
            ("ATT603", "It has 12 members. 7 are men and 6 are women.", "7 + 6 = 13, not 12."),
            ("ATT604", "In town 5,200 of the 4,800 voters came.", "5,200 of 4,800: the part is more than the whole."),
            ("ATT604", "Now 55 percent back Lee, 40 percent Ray and 25 percent are undecided.",
             "55 + 40 + 25 = 120 percent: the shares are more than the whole."),
            ("ATT604", "The 19-member board voted 12-9.", "12 + 9 = 21 votes, but there are 19 members."),
            ("ATT603", "The roof cost £80,000. Some 25 percent of that is £25,000.", "25 percent of £80,000 is £20,000, not £25,000."),
            ("ATT603", "Lee leads by 5 points, 49 percent to 46 percent.", "49 percent to 46 percent is a lead of 3 points, not 5."),
            ("ATT603", "It held 70 percent of the market; this has dropped to 76 percent.",
             "“dropped”, but 76 percent is more than 70 percent."),
            ("ATT604", "The firm was fined £5 million, including a £6 million penalty.",
             "£5 million, including £6 million: the part is more than the whole."),
            ("ATT604", "Of the 10 judges, 6 are men and 5 are women.", "6 + 5 = 11, more than 10."),
            ("ATT604", "It gives Lee 46 percent and Ray 42 percent. The other 22 percent are undecided.",
             "46 + 42 + 22 = 110 percent: the shares are more than the whole."),
            ("ATT604", "Among voters, 56 percent back Lee, while 48 percent support Ray.",
             "56 + 48 = 104 percent: the shares are more than the whole."),
        ],
    )  # fmt: skip
    def test_what_does_not_add_up(self, story, code, text, message):
        assert [finding.message for finding in counts(story, text).findings("ATT603", "ATT604")] == [message]
        assert [finding.code for finding in counts(story, text).findings("ATT603", "ATT604")] == [code]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                "It spent £3.2 million on roads and £1.8 million on parks, a total of £5 million.", id="total"
            ),
            pytest.param("Profit rose from 3 to 6 billion, up 100 percent.", id="scale-at-the-end"),
            pytest.param("Profit rose from $3 to $6 billion.", id="scale-at-the-end-of-money"),
            pytest.param("Sales fell 17 percent to 50 tons from 60 tons.", id="rounded"),
            pytest.param("Sales rose from 40 to 50, and 40 percent of sales were abroad.", id="share-of-another"),
            pytest.param("It spent $3 on roads and $4 on parks, bringing the total to $60.", id="cumulated"),
            pytest.param("It has 12 members, including 8 men and 5 dogs.", id="open-list"),
            pytest.param("It has 12 members. 3 are men and 6 are women.", id="not-all-are-told"),
            pytest.param("It found 12 people, 2 dogs and 3 cats.", id="other-kinds"),
            pytest.param("Of them 3 of the 12 firms, or 25 percent, closed.", id="share"),
            pytest.param("Now 85 percent of men back Lee, and 80 percent of women.", id="two-groups"),
            pytest.param("Now 55 percent back Lee, compared with 60 percent in May.", id="two-times"),
            pytest.param("Now 70 percent need support services, and 49 percent live alone.", id="two-questions"),
            pytest.param("The 21-member board voted 12-9.", id="votes"),
            pytest.param("The 19-member board voted 12-9. The 30-member senate met.", id="two-bodies"),
            pytest.param("The roof cost £80,000. Some 25 percent of that is £20,000.", id="share-of-that"),
            pytest.param(
                "The roof cost £80,000. Some 25 percent of it is paid. The door cost £9,000.", id="share-of-nothing"
            ),
            pytest.param("Lee leads by 2 points, 49 percent to 46 percent.", id="rounded-lead"),
            pytest.param("It held 70 percent of the market; this has dropped to 56 percent.", id="falls"),
            pytest.param("It held 70 percent of the market; sales rose to 56 percent.", id="another-share"),
            pytest.param("The firm was fined £5 million, including a £4 million penalty.", id="included"),
            pytest.param("It has 5 shops, including one with 60 workers.", id="included-otherwise"),
            pytest.param("Of the 10 judges, 6 are men and 4 are women.", id="of-a-number"),
            pytest.param("Of the 10 judges, 6 are men and 5 are also parents.", id="of-a-number-twice"),
            pytest.param(
                "It gives Lee 46 percent and Ray 42 percent. Some 22 percent like rain.", id="another-question"
            ),
            pytest.param("It holds three views: that 1 man and 1 woman marry.", id="colon"),
        ],
    )
    def test_what_does(self, story, text):
        assert counts(story, text).passages("ATT603", "ATT604") == []

    def test_no_message_has_an_exponent(self, story):
        text = "It spent $3,200,000,000 on roads and $1,800,000,000 on parks, a total of $6,000,000,000."
        [finding] = counts(story, text).findings("ATT603")
        assert finding.message == "$3,200,000,000 + $1,800,000,000 = $5,000,000,000, not $6,000,000,000."


class TestCounts:
    """ATT602 and ATT802: one count with two values."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("A fire killed 12 people. It rained.\nThe fire killed 14 people in all.", ["14"]),
            ("A fire killed 12 people. It rained.\nThe fire injured 14 people in all.", []),
            ("{O:a Acme} has 400 workers.\nIt rained. {O:a Acme}, with 450 workers, closed.", ["450"]),
            ("{O:a Acme} has 400 workers.\nIt rained. {O:b Bolt} has 450 workers.", []),
        ],
    )
    def test_in_the_body(self, story, text, found):
        assert counts(story, text).passages("ATT602") == found

    def test_in_the_headline(self, story):
        body = "A fire killed 12 people. It rained on 14 days."
        [finding] = counts(story, body, headline="Fire kills 12 in town, 14 dead").findings("ATT802")
        assert finding.message == "The headline says 14, the story “12”, for what seems to be the same."


class TestDays:
    """ATT606 and ATT608."""

    @pytest.mark.parametrize(
        ("written", "timex", "date", "found"),
        [
            ("Tuesday, March 3, 2016", "2016-03-03", None, 1),
            ("Thursday, March 3, 2016", "2016-03-03", None, 0),
            ("Tuesday, March 3", "2016-03-03", "2016-02-20", 1),
            ("Tuesday, March 3", "XXXX-03-03", None, 0),
            ("Tuesday, March 31", "2015-02-31", None, 0),
        ],
    )
    def test_a_weekday_against_its_date(self, story, written, timex, date, found):
        build = story("", f"It meets on {written}.", metadata={"date": date} if date else None)
        findings = build.time(written, timex).findings("ATT606")
        assert [finding.message for finding in findings] == [
            "March 3, 2016 is a Thursday, not a Tuesday." for _ in range(found)
        ]

    def test_a_weekday_before_its_date_is_read_with_it(self, story):
        build = story("", "It meets on Tuesday (March 3, 2016).").time("Tuesday", "XXXX-WXX-2")
        assert build.time("March 3, 2016", "2016-03-03").passages("ATT606") == ["Tuesday (March 3, 2016"]

    def test_so_is_that_of_the_dateline(self, story):
        build = story("Town burns").section("dateline", "Tuesday, March 3, 2016").section("paragraph", "It rained.")
        assert build.time("Tuesday, March 3, 2016", "2016-03-03").passages("ATT606") == ["Tuesday, March 3, 2016"]

    @pytest.mark.parametrize(("day", "found"), [("Monday", ["Monday, May 10"]), ("Tuesday", [])])
    def test_two_dates_of_one_year(self, story, day, found):
        build = story("", f"It meets on Wednesday, May 4, and on {day}, May 10.")
        build.time("Wednesday, May 4", "XXXX-05-04").time(f"{day}, May 10", "XXXX-05-10")
        assert build.passages("ATT606") == found

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Town burns\n\nThe fire began on Monday.\n\nThe fire began on Tuesday in a kitchen.\n", ["Tuesday"]),
            ("Town burns\n\nThe fire began on Monday.\n\nThe second fire began on Tuesday.\n", []),
            ("Town burns\n\nAnn Lee was arrested on Friday.\n\nLee was arrested Saturday at home.\n", ["Saturday"]),
            ("Town burns\n\nAnn Lee was arrested on Friday.\n\nBob Ray was arrested Saturday.\n", []),
            ("Town burns\n\nAnn Lee met the mayor on Friday.\n\nLee met the mayor again on Saturday.\n", []),
            (
                "Plan out\n\nThe plan was published on Friday.\n\nThe plan was published Saturday, he said.\n",
                ["Saturday"],
            ),
            ("Plan out\n\nAnn Lee published it on Friday.\n\nAnn Lee published it again on Saturday.\n", []),
            (
                "Court rules\n\nThe court ruled on Friday for Lee.\n\nRay called Thursday's decision a blow.\n",
                ["Thursday"],
            ),
            ("Court rules\n\nThe court ruled on Friday for Lee.\n\nRay called Friday's decision a blow.\n", []),
            ("Court rules\n\nThe court ruled on Friday for Lee.\n\nRay left after Thursday's debate.\n", []),
        ],
    )
    def test_one_event_on_two_days(self, desk, text, found):
        document = desk(Document(text))
        assert [document.text_of(finding) for finding in document[Finding]] == found
