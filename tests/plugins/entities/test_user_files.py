"""The user's reference table and patterns: what they do, and what is said of a file that is not as it should be."""

import pytest
import spacy

from copydesk import Context, Document, Entity, Mention
from copydesk.errors import UsageError
from copydesk_entities.component import Entities, EntitiesConfig
from copydesk_entities.userfiles.files import UserFileError

TABLE = """\
name,id,aliases,office,country,from,to,source
Laurent Fabius,Q1,,foreign minister,France,2012-05-16,2016-02-11,https://example.org/1
Vladimir Putin,Q2,Putin|V. Putin,president,Russia,2012-05-07,,
John Smith,Q3,,minister,France,2010,2014,
John Smith,Q4,,minister,Kenya,2015,2019,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def links(document):
    return {document.text_of(m): document.resolve(m.entity).link for m in document[Mention] if m.kind == "name"}


def test_names_and_aliases_are_linked(story, table):
    """By name or alias, with all mentions of the entity."""
    document = story("[Laurent Fabius|PERSON] met [Putin|PERSON]. [Fabius|PERSON] left [Paris|LOC].", reference=table)
    assert links(document) == {"Laurent Fabius": "Q1", "Putin": "Q2", "Fabius": "Q1", "Paris": None}


@pytest.mark.parametrize(("date", "link"), [("2012-03-01", "Q3"), ("2016", "Q4"), ("2021-01-01", None), (None, None)])
def test_the_date_tells_who_was_in_office(story, table, date, link):
    """Of two of one name, the one in office then; no guess where the date tells nothing."""
    document = story("[John Smith|PERSON] left.", reference=table, metadata={"date": date} if date else None)
    assert links(document)["John Smith"] == link


def test_the_country_tells_who_is_meant(story, table):
    """The office's country, where no date tells."""
    document = story("Kenyan Minister [John Smith|PERSON] left.", reference=table)
    assert links(document)["John Smith"] == "Q4"


def test_yaml_tables(story, tmp_path):
    """A list of entries; without an id the name is the id, and YAML's dates are dates."""
    path = tmp_path / "people.yaml"
    path.write_text("- name: Jane Roe\n  aliases: [Janet Roe]\n  from: 2015-01-01\n", encoding="utf-8")
    document = story("[Janet Roe|PERSON] left.", reference=path)
    assert links(document)["Janet Roe"] == "Jane Roe"


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("t.csv", "name,offise\nA,B\n", r"t\.csv:2: unknown column 'offise'; there are name, id"),
        ("t.csv", "name,id\n,Q1\n", r"t\.csv:2: there is no name"),
        ("t.csv", "name,from\nA,May 2015\n", r"'from' is 'May 2015'; give a date such as 2015"),
        ("t.csv", "name,from,to\nA,2016,2015\n", r"'from' 2016 is after 'to' 2015"),
        ("t.csv", "name\nA,B\n", r"this row has 2 cells, the header 1"),
        ("t.csv", 'name\n"A\n', r"is no sound CSV"),
        ("t.csv", "name\nJos\xe9\n".encode("latin-1"), r"is not UTF-8"),
        ("t.yaml", "name: A\n", r"is a list of entries"),
        ("t.yaml", "- [A]\n", r"entry 1: is list, not a mapping"),
        ("t.yaml", "- name: A\n  aliases: 3\n", r"aliases are int; give a list"),
        ("t.yaml", "- name: [\n", r"t\.yaml:2: this is not YAML"),
        ("t.yaml", "- &a {name: A}\n- *a\n", r"t\.yaml:1: .*anchor"),
        ("t.yaml", "- !!python/object/apply:os.system [ls]\n", r"t\.yaml:1: .*tag"),
        ("t.yaml", "- name: A\n- id: " + "9" * 5000, r"t\.yaml:2: .*there is no name"),
        ("t.yaml", '- name: "\\ud800"\n', r"t\.yaml:1"),
        ("t.yaml", "[" * 5000, r"nested|deep|levels"),
        ("t.txt", "A\n", r"is of an unknown kind, \.txt"),
    ],
)
def test_a_wrong_table_says_what_where_and_why(story, tmp_path, file, content, message):
    """Before the first document, with the file and, where there is one, the line."""
    path = tmp_path / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserFileError, match=message):
        story("Text.", reference=path)


def test_a_missing_file_is_a_wrong_setting(story, tmp_path):
    with pytest.raises(UsageError, match=r"there is no file .*nowhere\.csv"):
        story("Text.", reference=tmp_path / "nowhere.csv")


def test_a_folder_cannot_be_read(story, tmp_path):
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(UserFileError, match="is no regular file"):
        story("Text.", reference=tmp_path / "table.csv")


def labels(document):
    return {document.text_of(entity): entity.label for entity in document[Entity]}


def test_spacy_patterns(story, tmp_path, scheme):
    """Phrases and token patterns, their labels mapped and their ids linked; nothing overrules them."""
    path = tmp_path / "patterns.jsonl"
    path.write_text(
        '{"label": "ORG", "pattern": "the Elders", "id": "E1"}\n\n'
        '{"label": "GPE", "pattern": [{"LOWER": "planet"}, {"TEXT": "nine"}]}\n'
        '{"label": "SHIP", "pattern": "Kursk"}\n',
        encoding="utf-8",
    )
    document = story("[Kursk|LOC] met the Elders on Planet nine.", scheme, patterns=path)
    assert labels(document) == {"the Elders": "ORG", "Planet nine": "LOC", "Kursk": "SHIP"}
    assert links(document)["the Elders"] == "E1"


def test_patterns_outlive_the_memory_of_a_document(tmp_path):
    """spaCy forgets the words of documents from time to time; those of the patterns stay."""
    path = tmp_path / "patterns.jsonl"
    path.write_text(
        '{"label": "ORG", "pattern": "Zorblax Works"}\n{"label": "SHIP", "pattern": [{"LOWER": "zyxxolith"}]}\n',
        encoding="utf-8",
    )
    nlp = spacy.blank("en")
    component = Entities(EntitiesConfig(patterns=path))
    component.setup(Context(nlp=nlp))
    for text in ("Zorblax Works bought Zyxxolith.", "Zyxxolith left Zorblax Works."):
        with nlp.memory_zone():
            found = component.process(Document(text).with_doc(nlp(text)))
        assert {one.name: one.label for one in found if isinstance(one, Entity)} == {
            "Zorblax Works": "ORG",
            "Zyxxolith": "SHIP",
        }


@pytest.mark.parametrize(
    ("file", "content"),
    [("g.csv", "name,label,id\nAcme Steel,ORG,A\n"), ("g.yaml", "ORG: [Acme Steel]\n")],
)
def test_gazetteers(story, tmp_path, file, content):
    """CSV and YAML."""
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    assert labels(story("Officials met [Acme|PERSON] Steel.", patterns=path)) == {"Acme Steel": "ORG"}


def test_the_longest_pattern_wins(story, tmp_path):
    """Of two that overlap."""
    path = tmp_path / "g.yaml"
    path.write_text("ORG: [Acme Steel]\nLOC: [Acme]\n", encoding="utf-8")
    assert labels(story("Acme Steel met Acme.", patterns=path)) == {"Acme Steel": "ORG", "Acme": "LOC"}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("p.jsonl", '{"label": "ORG"}\n', r"p\.jsonl:1: a pattern is an object such as"),
        ("p.jsonl", "\n{\n", r"p\.jsonl:2: is no sound JSON"),
        ("p.jsonl", '{"label": "", "pattern": "A"}\n', r"the label is ''"),
        ("p.jsonl", '{"label": "X", "pattern": []}\n', r"a token pattern is a list of objects"),
        ("p.jsonl", '{"label": "X", "pattern": [{"NONSENSE": 1}]}\n', r"is none that spaCy knows"),
        ("p.jsonl", '{"label": "X", "pattern": "A", "id": 3}\n', r"the id is 3; give it as text"),
        ("p.jsonl", "", r"holds no pattern"),
        ("p.csv", "label\nORG\n", r"has the columns name, label"),
        (
            "p.jsonl",
            '{"label": "ORG", "pattern": [{"TEXT": "a", "OP": "{1,100000000}"}]}',
            r"p\.jsonl:1: OP is .*at most 100",
        ),
        ("p.jsonl", '{"label": "ORG", "pattern": [{"TEXT": {"REGEX": "(a"}}]}', r"p\.jsonl:1: the REGEX of TEXT is no"),
        ("p.jsonl", '{"label": "ORG", "pattern": "A", "id": ' + "9" * 5000 + "}", r"p\.jsonl:1: is no sound JSON"),
        ("p.yaml", "- Acme\n", r"has labels with lists of names"),
        ("p.yaml", "ORG: Acme\n", r"under 'ORG' stands str, not a list"),
        ("p.yaml", "ORG: [2015]\n", r"a name is 2015; give it as text"),
        ("p.txt", "Acme\n", r"is of an unknown kind"),
    ],
)
def test_wrong_patterns_say_what_where_and_why(story, tmp_path, file, content, message):
    """Before the first document."""
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserFileError, match=message):
        story("Text.", patterns=path)
