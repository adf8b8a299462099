"""What is counted: by rule, and from a parse with either set of labels."""

import pytest

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc  # noqa: E402

from copydesk import Context, Document, Quantity  # noqa: E402
from copydesk_numbers.component import Numbers  # noqa: E402


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They sank 40 coal barges on the river.", ("40", "coal barges", "barges")),
        ("They saw six old men there.", ("six", "old men", "men")),
        ("They saw two of the fishing boats there.", ("two", "fishing boats", "boats")),
        ("About 12 percent of voters came.", ("12", "voters", "voters")),
        ("Half of the pupils came.", ("Half", "pupils", "pupils")),
        ("The talks lasted two hours.", ("two", "The talks", "talks")),
    ],
)
def test_by_rule(counted, text, expected):
    assert expected in counted(text)


def test_nothing_is_counted_where_no_noun_follows(counted):
    assert counted("He was 40 and he won in 3, they said.") == []


def parsed(words, heads, deps, tags):
    doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=deps, tags=tags)
    numbers = Numbers()
    numbers.setup(Context())
    document = Document(doc.text).with_doc(doc)
    return [
        (document.text_of(q.number), document.text_of(q.counted), document.text_of(q.counted_head))
        for q in numbers.process(document)
        if isinstance(q, Quantity) and q.counted and q.counted_head
    ]


def test_from_a_parse_with_universal_labels():
    words = ["Rebels", "took", "three", "depots", "with", "oil", "and", "gas", "in", "May"]
    heads = [1, 1, 3, 1, 5, 3, 7, 5, 9, 1]
    deps = ["nsubj", "ROOT", "nummod", "obj", "case", "nmod", "cc", "conj", "case", "obl"]
    tags = ["NNS", "VBD", "CD", "NNS", "IN", "NN", "CC", "NN", "IN", "NNP"]
    assert ("three", "depots", "depots") in parsed(words, heads, deps, tags)


def test_nothing_is_counted_across_a_dash():
    words = ["the", "next", "two", "-", "Ohio", "and", "Iowa"]
    heads = [4, 4, 4, 4, 4, 6, 4]
    deps = ["det", "amod", "nummod", "punct", "ROOT", "cc", "conj"]
    assert parsed(words, heads, deps, ["DT", "JJ", "CD", ":", "NNP", "CC", "NNP"]) == []


def test_from_a_parse_with_the_labels_of_spacys_models():
    words = ["Rebels", "took", "three", "depots", "with", "oil"]
    heads = [1, 1, 3, 1, 3, 4]
    deps = ["nsubj", "ROOT", "nummod", "dobj", "prep", "pobj"]
    tags = ["NNS", "VBD", "CD", "NNS", "IN", "NN"]
    assert ("three", "depots", "depots") in parsed(words, heads, deps, tags)


@pytest.mark.parametrize(
    ("heads", "deps"),
    [
        ([1, 4, 3, 1, 4], ["nummod", "nsubj", "case", "nmod", "ROOT"]),
        ([1, 4, 1, 2, 4], ["nummod", "nsubj", "prep", "pobj", "ROOT"]),
    ],
)
def test_the_noun_below_of(heads, deps):
    words, tags = ["Ten", "percent", "of", "voters", "came"], ["CD", "NN", "IN", "NNS", "VBD"]
    assert parsed(words, heads, deps, tags) == [("Ten", "voters", "voters")]


@pytest.mark.parametrize("subject", ["nsubj", "nsubjpass", "nsubj:pass"])
def test_what_lasts(subject):
    words, tags = ["The", "talks", "lasted", "two", "hours"], ["DT", "NNS", "VBD", "CD", "NNS"]
    assert parsed(words, [1, 2, 2, 4, 2], ["det", subject, "ROOT", "nummod", "obj"], tags) == [
        ("two", "The talks", "talks")
    ]


def test_an_unparsed_doc_is_not_read():
    doc = spacy.blank("en")("They sank 40 coal barges there.")
    numbers = Numbers()
    numbers.setup(Context())
    found = [q for q in numbers.process(Document(doc.text).with_doc(doc)) if isinstance(q, Quantity)]
    assert [q.counted is not None for q in found] == [True]


def test_a_row_of_nouns_is_whole_where_the_parse_cuts_it():
    words, tags = ["They", "hit", "90", "milk", "tanker", "trucks"], ["PRP", "VBD", "CD", "NN", "NN", "NNS"]
    heads, deps = [1, 1, 4, 4, 1, 1], ["nsubj", "ROOT", "nummod", "compound", "obj", "obl"]
    assert parsed(words, heads, deps, tags) == [("90", "milk tanker trucks", "trucks")]


def test_what_a_comma_sets_off_is_not_counted():
    words = ["Ten", "aides", ",", "including", "Lee", ",", "came"]
    heads = [1, 6, 4, 4, 1, 1, 6]
    deps = ["nummod", "nsubj", "punct", "case", "nmod", "punct", "ROOT"]
    assert parsed(words, heads, deps, ["CD", "NNS", ",", "VBG", "NNP", ",", "VBD"]) == [("Ten", "aides", "aides")]


@pytest.mark.parametrize(("mark", "tag"), [(",", ","), ("in", "IN")])
def test_nothing_is_counted_behind_a_comma_or_preposition(mark, tag):
    words = ["The", "three", mark, "men", "came"]
    heads, deps = [3, 3, 3, 4, 4], ["det", "nummod", "punct", "nsubj", "ROOT"]
    assert parsed(words, heads, deps, ["DT", "CD", tag, "NNS", "VBD"]) == []


@pytest.mark.parametrize(
    ("words", "heads", "deps", "tags", "counted"),
    [
        (("first", "-", "place", "votes"), [3, 0, 3, 3], ["amod", "punct", "compound", "ROOT"], ("JJ", "HYPH", "NN", "NNS"), "place"),
        (("first", "-", "in", "-", "town", "vote"), [5, 0, 4, 4, 5, 5], ["amod", "punct", "case", "punct", "nmod", "ROOT"],
         ("JJ", "HYPH", "IN", "HYPH", "NN", "NN"), "vote"),
    ],
)  # fmt: skip
def test_what_a_hyphen_joins(words, heads, deps, tags, counted):
    """ "first-place" ranks places, and "first-in-town" what it is said of."""
    spaces = [False] * (len(words) - 2) + [True, False]
    doc = Doc(spacy.blank("en").vocab, words=list(words), heads=heads, deps=deps, tags=list(tags), spaces=spaces)
    numbers = Numbers()
    numbers.setup(Context())
    document = Document(doc.text).with_doc(doc)
    found = [document.text_of(q.counted) for q in numbers.process(document) if isinstance(q, Quantity) and q.counted]
    assert found == [counted]


@pytest.mark.parametrize(("case", "measured"), [("for", [("eight", "Lee", "Lee")]), ("after", [])])
def test_a_length_behind_another_preposition_measures_nothing(case, measured):
    words, tags = ["Lee", "ran", case, "eight", "years"], ["NNP", "VBD", "IN", "CD", "NNS"]
    assert parsed(words, [1, 1, 4, 4, 1], ["nsubj", "ROOT", "case", "nummod", "obl"], tags) == measured


def test_what_somebody_has_is_not_counted_by_the_number_before_its_owner():
    words, tags = ["the", "300", "Lee", "'s", "aides", "read"], ["DT", "CD", "NNP", "POS", "NNS", "VBD"]
    heads, deps = [4, 4, 4, 2, 5, 5], ["det", "nummod", "nmod:poss", "case", "nsubj", "ROOT"]
    assert parsed(words, heads, deps, tags) == []


def test_a_sum_does_not_count_what_it_is_spent_on():
    words, tags = ["They", "spent", "$", "7", "probing", "aides"], ["PRP", "VBD", "$", "CD", "VBG", "NNS"]
    heads, deps = [1, 1, 5, 2, 5, 1], ["nsubj", "ROOT", "nummod", "nummod", "amod", "obj"]
    assert parsed(words, heads, deps, tags) == []
