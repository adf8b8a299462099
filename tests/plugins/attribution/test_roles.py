"""ATT401 and ATT403: whether roles agree, with one another and with a table."""

from __future__ import annotations

import pytest

from copydesk.errors import UsageError
from copydesk_attribution.table import ReferenceTableError, read_table

TABLE = """\
- name: Laurent Fabius
  aliases: [Fabius]
  office: foreign minister
  country: France
  from: 2012-05-16
  to: 2016-02-11
  source: public record
- {name: Laurent Fabius, office: prime minister, country: France, from: 1984-07-17, to: 1986-03-20}
- {name: Ann Lee, office: mayor, country: Leeds, from: 2010}
- {name: Ann Lee-Smith, aliases: [Lee], office: mayor, country: York}
- {name: Bob Lee, aliases: [Lee], office: governor, country: Ohio}
"""


def minister(story, text, words, title, country=None, **more):
    build = story("", text, **more)
    return build.role(words, "p", title=title, country=country)


class TestConflictingRoles:
    """ATT401."""

    def two(self, story, first, second, *, titles, countries=(None, None)):
        build = story(
            "",
            f"{first} {{P:lee Ann Lee}} came. {{L:fr France}} and {{L:de Germany}} met. {second} {{P:lee Lee}} left.",
        )
        build.role(first, "lee", title=titles[0], country=countries[0])
        return build.role(second, "lee", title=titles[1], country=countries[1])

    @pytest.mark.parametrize(
        ("first", "second", "titles", "countries"),
        [
            pytest.param(
                "Foreign Minister",
                "Defence Minister",
                ("foreign minister", "defence minister"),
                (None, None),
                id="two-ministries",
            ),
            pytest.param(
                "Minister of Foreign Affairs",
                "Finance Minister",
                ("minister of foreign affairs", "finance minister"),
                (None, None),
                id="in-two-forms",
            ),
            pytest.param("President", "Prime Minister", ("president", "prime minister"), (None, None), id="two-heads"),
            pytest.param("Afghan Ambassador", "Iraqi Ambassador", ("ambassador",) * 2, (None, None), id="two-envoys"),
            pytest.param(
                "Afghan Ambassador to the Seychelles",
                "Iraqi Ambassador",
                ("ambassador",) * 2,
                (None, None),
                id="envoy-to",
            ),
            pytest.param(
                "Senate Majority Leader",
                "House Majority Leader",
                ("majority leader", "house majority leader"),
                (None, None),
                id="two-chambers",
            ),
            pytest.param("Spokeswoman", "Governor", ("spokeswoman", "governor"), (None, None), id="post-and-job"),
            pytest.param("President", "Governor", ("president", "governor"), (None, None), id="two-posts"),
            pytest.param(
                "Majority Leader",
                "Attorney General",
                ("majority leader", "attorney general"),
                (None, None),
                id="leader",
            ),
            pytest.param(
                "Foreign minister", "Foreign Minister", ("foreign minister",) * 2, ("fr", "de"), id="two-countries"
            ),
            pytest.param(
                "French President",
                "German President",
                ("president",) * 2,
                ("fr", "de"),
                id="two-countries-in-the-words",
            ),
        ],
    )
    def test_two_offices_that_exclude_one_another(self, story, first, second, titles, countries):
        build = self.two(story, first, second, titles=titles, countries=countries)
        [finding] = build.findings("ATT401")
        assert build.text[finding.start : finding.end] == second
        assert [build.text[item.start : item.end] for item in finding.evidence] == [first]

    def test_one_title_at_two_organisations(self, story):
        build = story("", "{O:a Acme} director {P:lee Ann Lee} came. It rained. {O:b Bolt} director {P:lee Lee} left.")
        build.role("Acme director", "lee", title="director", organisation="a")
        build.role("Bolt director", "lee", title="director", organisation="b")
        assert build.passages("ATT401") == ["Bolt director"]

    @pytest.mark.parametrize(
        ("first", "second", "titles", "countries"),
        [
            pytest.param(
                "Foreign Minister", "Minister", ("foreign minister", "minister"), (None, None), id="short-form"
            ),
            pytest.param(
                "Foreign Minister",
                "Foreign Affairs Minister",
                ("foreign minister", "foreign affairs minister"),
                (None, None),
                id="other-form",
            ),
            pytest.param("President", "Former president", ("president", "former president"), (None, None), id="former"),
            pytest.param(
                "Foreign Minister",
                "Then defence minister",
                ("foreign minister", "defence minister"),
                (None, None),
                id="then",
            ),
            pytest.param("French President", "President", ("president",) * 2, ("fr", None), id="country-once"),
            pytest.param("Majority Leader", "Senator", ("majority leader", "senator"), (None, None), id="sits-in-it"),
            pytest.param(
                "Representative",
                "Six-term Congresswoman",
                ("rep.", "six-term congresswoman"),
                (None, None),
                id="one-house",
            ),
            pytest.param("Mayor", "Leader", ("mayor", "leader"), (None, None), id="what-many-are"),
        ],
    )
    def test_what_one_person_can_be(self, story, first, second, titles, countries):
        assert self.two(story, first, second, titles=titles, countries=countries).passages("ATT401") == []

    def test_offices_joined_by_and_or_in_quotations_are_silent(self, story):
        joined = story("", "{P:lee Ann Lee}, president and prime minister, left.")
        joined.role("president", "lee").role("prime minister", "lee")
        assert joined.passages("ATT401") == []
        quoted = story(
            "", "President {P:lee Ann Lee} left. It rained for a long time. “Prime Minister {P:lee Lee} left,” he said."
        )
        quoted.role("President", "lee").role("Prime Minister", "lee")
        assert quoted.passages("ATT401") == []

    def test_pairs_can_be_allowed(self, story):
        build = self.two(story, "President", "Prime Minister", titles=("president", "prime minister"))
        pairs = {"ATT401": {"ignore_pairs": [["prime minister", "president"]]}}
        assert build.passages("ATT401", options=pairs) == []


class TestRoleContradictsReference:
    """ATT403."""

    @pytest.fixture
    def options(self, tmp_path):
        path = tmp_path / "offices.yaml"
        path.write_text(TABLE, encoding="utf-8")
        return {"ATT403": {"reference": str(path)}}

    @pytest.mark.parametrize(
        ("text", "words", "title", "country"),
        [
            pytest.param(
                "{L:ru Russian} Foreign Minister {P:p Laurent Fabius} left.",
                "Russian Foreign Minister",
                "foreign minister",
                "ru",
                id="country",
            ),
            pytest.param(
                "{L:ru Russian} Foreign Minister {P:p Fabius} left.",
                "Russian Foreign Minister",
                "foreign minister",
                None,
                id="country-in-the-words-and-an-alias",
            ),
            pytest.param(
                "Defence Minister {P:p Laurent Fabius} left.", "Defence Minister", "defence minister", None, id="office"
            ),
            pytest.param(
                "{P:p Laurent Fabius}, then {L:ru Russian} prime minister, left.",
                "prime minister",
                "prime minister",
                "ru",
                id="then-but-never",
            ),
        ],
    )
    def test_an_office_never_held(self, story, options, *, text, words, title, country):
        [finding] = minister(story, text, words, title, country).findings("ATT403", options=options)
        assert finding.severity == "error"
        assert "foreign minister of France" in finding.message

    def test_an_office_held_at_another_time(self, story, options):
        text, words = "French Foreign Minister {P:p Laurent Fabius} left.", "French Foreign Minister"
        at = {"metadata": {"date": "2017-01-20"}}
        assert minister(story, text, words, "foreign minister").passages("ATT403", options=options) == []
        assert minister(story, text, words, "foreign minister", **at).passages("ATT403", options=options) == [
            "French Foreign Minister Laurent Fabius"
        ]
        then = {"ATT403": {**options["ATT403"], "as_of": "2015-11-19"}}
        assert minister(story, text, words, "foreign minister", **at).passages("ATT403", options=then) == []

    @pytest.mark.parametrize(
        ("text", "words", "title"),
        [
            pytest.param(
                "French Foreign Minister {P:p Laurent Fabius} left.",
                "French Foreign Minister",
                "foreign minister",
                id="true",
            ),
            pytest.param(
                "Former prime minister {P:p Laurent Fabius} left.", "prime minister", "prime minister", id="held-before"
            ),
            pytest.param(
                "Defence Minister {P:p Eva Maurer} left.", "Defence Minister", "defence minister", id="not-in-the-table"
            ),
            pytest.param(
                "Defence Minister {P:p Lee} left.", "Defence Minister", "defence minister", id="a-name-of-two"
            ),
            pytest.param(
                "{P:p Laurent Fabius} is not defence minister.", "defence minister", "defence minister", id="denied"
            ),
            pytest.param("Minister {P:p Laurent Fabius} left.", "Minister", "minister", id="short-form"),
        ],
    )
    def test_what_the_table_allows_or_does_not_know(self, story, options, *, text, words, title):
        assert (
            minister(story, text, words, title, metadata={"date": "2015-11-19"}).passages("ATT403", options=options)
            == []
        )

    def test_misspelt_names_are_looked_up_on_request(self, story, options):
        build = minister(story, "Defence Minister {P:p Laurent Fabus} left.", "Defence Minister", "defence minister")
        assert build.passages("ATT403", options=options) == []
        fuzzy = {"ATT403": {**options["ATT403"], "fuzzy_names": True}}
        assert build.passages("ATT403", options=fuzzy) == ["Defence Minister Laurent Fabus"]

    def test_without_a_table_it_finds_nothing(self, story):
        build = minister(story, "Defence Minister {P:p Laurent Fabius} left.", "Defence Minister", "defence minister")
        assert build.passages("ATT403") == []

    def test_csv_says_the_same_as_yaml(self, tmp_path):
        path = tmp_path / "offices.csv"
        path.write_text(
            "# comment\nname,aliases,office,country,from,to,source,id\nAnn Lee,A. Lee|Annie Lee,mayor,Leeds,2010,,council,Q1\n",
            encoding="utf-8",
        )
        table = read_table(path)
        [tenure] = table.tenures("Annie Lee")
        assert tenure.describe() == "mayor of Leeds, 2010 to now (council)"
        assert tenure.held_on("2010-01-01")
        assert not tenure.held_on("2009-12-31")
        assert table.tenures("Bob") == ()

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("t.yaml", "a: b", "a list of rows"),
            ("t.yaml", "- {name: A, post: b}", "unknown column 'post'"),
            ("t.yaml", "- {name: A}", "'office' is empty"),
            ("t.yaml", "- {name: A, office: b, from: soon}", "'from' is 'soon'"),
            ("t.yaml", "- [", "not YAML"),
            ("t.csv", "name,office\nA,\n", "t\\.csv:2: 'office' is empty"),
            ("t.txt", "", "must end in"),
        ],
    )
    def test_a_bad_table_says_where(self, tmp_path, name, content, message):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(ReferenceTableError, match=message):
            read_table(tmp_path / name)

    def test_a_missing_table_is_an_error_of_the_config(self, story):
        with pytest.raises(UsageError, match=r"nowhere\.yaml"):
            story("", "x").findings("ATT403", options={"ATT403": {"reference": "nowhere.yaml"}})
