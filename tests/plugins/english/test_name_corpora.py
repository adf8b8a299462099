"""The corpora of names as the recipe reads them: words written as text again, columns, the guideline, decisions."""

import json

import pytest

UNER = """# newdoc id = weblog-1
# sent_id = weblog-1-0001
# text = Al-Zaman: American forces left Qaim.
1\tAl\tB-ORG
2\t-\tI-ORG
3\tZaman\tI-ORG
4\t:\tO
5\tAmerican\tB-OTH
6\tforces\tO
7\tleft\tO
8\tQaim\tB-LOC
9\t.\tO

# sent_id = weblog-1-0002
# text = It was Ramadan.
1\tIt\tO
2\twas\tO
3\tRamadan\tB-OTH
4\t.\tO

# sent_id = email-2-0001
# text = Thanks, Jeff
1\tThanks\tO
2\t,\tO
3\tJeff\tB-PER
"""
OFFICIAL = 'The O\nMinistry B-ORG\nof I-ORG\nYouth I-ORG\n, O\n" O\nNipunatha B-MISC\n" O\nin O\nColombo B-LOC\n. O\n'


def names(corpora, sample):
    return [(" ".join(sample.words[a:b]), label) for a, b, label in sorted(corpora.spans(sample.tags))]


def text_of(sample):
    return "".join(word + " " * space for word, space in zip(sample.words, sample.spaces, strict=True))


@pytest.fixture
def data(tmp_path):
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "uner_ewt_train.iob2").write_text(UNER, encoding="utf8")
    (tmp_path / "train" / "multiner_en.iob").write_text(OFFICIAL, encoding="utf8")
    (tmp_path / "train" / "norp_list.json").write_text(json.dumps(["American"]), encoding="utf8")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["He", "said", ",", '"', "Go", "!", '"', "and", "left", "."], 'He said, "Go!" and left.'),
        (["They", "do", "n't", "(", "yet", ")", "pay", "$", "5", "."], "They don't (yet) pay $5."),
        (["Iran", "'s", "“", "gift", "”"], "Iran's “gift”"),
    ],
)
def test_words_are_written_as_text_again(recipe_module, words, text):
    module = recipe_module("text")
    written, starts = module.write_out(words, module.spaces_between(words))
    assert written.strip() == text
    assert [written[start : start + len(word)] for start, word in zip(starts, words, strict=True)] == words


def test_a_name_that_ends_inside_a_token_is_left_open(recipe_module):
    module = recipe_module("text")
    sample = module.cut(module.tokenizer(), "The U.S.-led force", [(4, 8, "LOC"), (13, 18, None)], "")
    assert dict(zip(sample.words, sample.tags, strict=True))["force"] is None
    assert sample.tags[0] == "O"
    broken = module.cut(module.tokenizer(), "Unclear", [(0, 2, "ORG")], "")
    assert broken.tags == (None,)


def test_web_text_keeps_its_documents_apart_and_its_nationalities(recipe_module, data):
    corpora, columns = recipe_module("corpora"), recipe_module("columns")
    blog, mail = columns.load_columns(data)[corpora.UNER]
    assert text_of(blog) == "Al-Zaman: American forces left Qaim. It was Ramadan."
    assert names(corpora, blog) == [("Al - Zaman", "ORG"), ("American", "NORP"), ("Qaim", "LOC")]
    assert blog.tags[blog.words.index("Ramadan")] is None
    assert names(corpora, mail) == [("Jeff", "PERSON")]


def test_what_official_prose_calls_miscellaneous_is_left_open(recipe_module, data):
    corpora, columns = recipe_module("corpora"), recipe_module("columns")
    (sample,) = columns.load_columns(data)[corpora.OFFICIAL]
    assert text_of(sample).strip() == 'The Ministry of Youth, "Nipunatha" in Colombo.'
    assert names(corpora, sample) == [("Ministry of Youth", "ORG"), ("Colombo", "LOC")]
    assert sample.tags[sample.words.index("Nipunatha")] is None


def test_the_guideline_decides_for_listed_names_and_leaves_people(recipe_module, data):
    corpora, guideline = recipe_module("corpora"), recipe_module("guideline")
    words = ("The", "White", "House", "and", "American", "aides", "met", "Parliament", "in", "Rome")
    tags = ("B-LOC", "I-LOC", "I-LOC", "O", "B-LOC", "O", "O", "B-PERSON", "O", "B-LOC")
    changes = guideline.Counter()
    (sample,) = guideline.agreed(
        [corpora.Sample(words, (True,) * 10, tags, "x")], guideline.load_guideline(data), changes
    )
    assert names(corpora, sample) == [
        ("The White House", "ORG"),
        ("American", "NORP"),
        ("Parliament", "PERSON"),
        ("Rome", "LOC"),
    ]
    assert changes == {"x: LOC to ORG": 1, "x: LOC to NORP": 1}


@pytest.mark.parametrize("name", ["adjudicated", "news_dev"])
def test_every_decided_name_is_a_piece_of_its_text(recipe_module, name):
    corpora, adjudication = recipe_module("corpora"), recipe_module("adjudication")
    path = adjudication._HERE / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    assert len({row["text"] for row in rows}) > 400
    for row in rows:
        for start, end, label in row["names"]:
            piece = row["text"][start:end]
            assert piece
            assert piece == piece.strip()
            assert label in {"PERSON", "ORG", "LOC", "NORP"}
    samples = adjudication.load_adjudicated(name)
    found = sum(len(corpora.spans(sample.tags)) for sample in samples)
    # A handful touch what the tokenizer keeps in one word.
    assert found >= 0.98 * sum(len(row["names"]) for row in rows)


def test_passages_end_with_sentences_and_cut_no_name(recipe_module):
    corpora, open_text = recipe_module("corpora"), recipe_module("open_text")
    words = ("A", "b", "c", ".", "D", "e", "f", "g", ".", "H", "i", "j", "k", "l", "m", "Jane", "Doe", "n", "o", "p")
    tags = ["O"] * len(words)
    tags[15:17] = ["B-PERSON", "I-PERSON"]
    whole = corpora.Sample(words, (True,) * len(words), tuple(tags), "x")
    parts = list(open_text.passages(whole, 7))
    assert [" ".join(part.words) for part in parts] == ["A b c .", "D e f g .", "H i j k l m", "Jane Doe n o p"]
    assert sum((part.tags for part in parts), ()) == whole.tags


def test_raw_text_is_read_from_words_and_from_text(recipe_module, tmp_path):
    open_text = recipe_module("open_text")
    (tmp_path / "raw").mkdir()
    rows = [{"words": ["He", "did", "n't", "."]}, {"text": "One line.\n\nAnother line."}]
    (tmp_path / "raw" / "some.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    found = open_text.raw_text(tmp_path, {"some": 1.0}, 80, 0)
    assert [text_of(sample) for sample in found] == ["He didn't.", "One line.", "Another line."]
    assert {tag for sample in found for tag in sample.tags} == {None}
