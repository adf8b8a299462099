"""YAML as data with places: what is refused, where, and that nothing crashes it."""

from __future__ import annotations

import math
import re

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from copydesk import yaml_reader
from copydesk.testing.growth import measure_growth
from copydesk.yaml_reader import MAX_BYTES, MAX_DEPTH, read_yaml


def plain(text: str):
    """The value of a text without problems."""
    root, problems = read_yaml(text.encode(), "f.yaml")
    assert problems == []
    return None if root is None else root.plain()


def problems_of(text: str | bytes) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in read_yaml(raw, "f.yaml")[1]]


# What is read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# a comment\n", None),
        ("---\n", None),
        ("a: 1", {"a": 1}),
        ("a: -12", {"a": -12}),
        ("a: 0o17", {"a": 15}),
        ("a: 017", {"a": 17}),
        ("a: 0x1F", {"a": 31}),
        ("a: 0b11", {"a": "0b11"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 1.5e3", {"a": 1500.0}),
        ("a: .5", {"a": 0.5}),
        ("a: 1.", {"a": 1.0}),
        ("a: 1e3", {"a": 1000.0}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 190:20:30", {"a": "190:20:30"}),
        ("a: 2024-01-02", {"a": "2024-01-02"}),
        ("a: true", {"a": True}),
        ("a: False", {"a": False}),
        ("a: TRUE", {"a": True}),
        ("a: tRue", {"a": "tRue"}),
        ("a: null", {"a": None}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: 'yes'", {"a": "yes"}),
        ('a: "no"', {"a": "no"}),
        ("a: 'null'", {"a": "null"}),
        ("a: '12'", {"a": "12"}),
        ("a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        ("a: >\n  two\n  lines\n", {"a": "two lines\n"}),
        ("1: a", {"1": "a"}),
        ("yes: a", {"yes": "a"}),
        ("<<: {b: 1}\nc: 2", {"<<": {"b": 1}, "c": 2}),
        ("- a\n- [b, {c: d}]", ["a", ["b", {"c": "d"}]]),
        ("\ufeffa: 1", {"a": 1}),
        ("a: é😀\u202b", {"a": "é😀\u202b"}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("! a: b", {"a": "b"}),
    ],
)
@pytest.mark.usefixtures("loader")
def test_values(text, value):
    assert plain(text) == value
    if isinstance(value, dict):
        assert [type(item) for item in plain(text).values()] == [type(item) for item in value.values()]


@pytest.mark.parametrize("text", ["a: 1e999", "a: -1e999", "a: " + "9" * 5000, "a: 1e" + "9" * 400])
def test_a_number_beyond_all_measure_stays_a_word(text):
    """Reading it as a number would give infinity, or take quadratic time."""
    assert isinstance(plain(text)["a"], str)


# What is refused

HOSTILE = {
    "alias": ("a: &x [1]\nb: *x", "f.yaml:1:4: an anchor (&x); write values out"),
    "alias without anchor": ("a: 1\nb: *nowhere", "f.yaml:2:4: "),
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "f.yaml:1:4: an anchor (&a)"),
    "anchored scalar": ("a: &x word", "f.yaml:1:4: an anchor (&x)"),
    "anchored mapping": ("steps:\n  - &s\n    use: a", "f.yaml:2:5: an anchor (&s)"),
    "python tag": ("a: !!python/object/apply:os.system [ls]", "f.yaml:1:4: a tag (tag:yaml.org,2002:python/"),
    "str tag": ("a: !!str 12", "f.yaml:1:4: a tag (tag:yaml.org,2002:str); remove it"),
    "own tag": ("a:\n  - !thing {b: 1}", "f.yaml:2:5: a tag (!thing)"),
    "undeclared tag handle": ("a: !e!thing 1", "f.yaml:1:4: this is not YAML"),
    "duplicate key": ("a: 1\nb: 2\na: 3", "f.yaml:3:1: the key 'a' is there twice; it first stands in line 1"),
    "nested duplicate": ("x:\n  a: 1\n  'a': 3", "f.yaml:3:3: the key 'a' is there twice; it first stands in line 2"),
    "flow duplicate": ("x: {a: 1, a: 2}", "f.yaml:1:11: the key 'a' is there twice"),
    "yes": ("a: yes", "f.yaml:1:4: 'yes' is a boolean to some YAML readers"),
    "No": ("a: No", 'write false, or "No"'),
    "ON": ("a: [1, ON]", "f.yaml:1:8: 'ON' is a boolean"),
    "off": ("a: off", 'write false, or "off"'),
    "y": ("a: y", 'write true, or "y"'),
    "N": ("a: N", 'write false, or "N"'),
    "inf": ("a: .inf", "f.yaml:1:4: .inf is no finite number"),
    "-Inf": ("a: -.Inf", "f.yaml:1:4: -.Inf is no finite number"),
    "nan": ("a:\n- .NaN", "f.yaml:2:3: .NaN is no finite number"),
    "list as key": ("? [a]\n: 1", "f.yaml:1:3: a key must be a word"),
    "mapping as key": ("a: {{b: 1}: 2}", "f.yaml:1:5: a key must be a word"),
    "alias as key": ("*a : 1", "f.yaml:1:1: a key must be a word"),
    "two documents": ("a: 1\n---\nb: 2", "f.yaml:2:1: a second YAML document begins here"),
    "three documents": ("---\na: 1\n...\n---\nb\n", "f.yaml:4:1: a second YAML document"),
    "tab": ("a:\n\tb: 1", "f.yaml:2:1: this is not YAML"),
    "open bracket": ("a: [1, 2", "this is not YAML"),
    "open quote": ('a: "x', "this is not YAML"),
    "bad indent": ("a: 1\n b: 2", "f.yaml:2:3: this is not YAML"),
    "NUL": ("a: x\0y", "U+0000"),
    "escape character": ("a: \x1b[31m", "U+001B"),
    "non-character": ("a: \ufffe", "U+FFFE"),
    "not UTF-8": (b"a: 1\nb: \xff", "f.yaml:2:4: byte 0xff is not UTF-8"),
    "UTF-16": ("a: 1".encode("utf-16"), "f.yaml:1:1: byte 0xff is not UTF-8"),
    "lone surrogate": (b"a: \xed\xa0\x80", "f.yaml:1:4: byte 0xed is not UTF-8"),
    "escaped lone surrogate": ('a: "\\ud800"', "f.yaml:1:"),
    "lone surrogate in a key": ('"\\udfff": 1', "f.yaml:1:"),
    "too deep": ("[" * (MAX_DEPTH + 1), f"f.yaml:1:{MAX_DEPTH + 1}: nested more than {MAX_DEPTH} levels deep"),
    "far too deep": ("[" * 100_000, "nested more than"),
    "deep mapping": ("{a: " * 100_000, "nested more than"),
    "deep blocks": ("".join(" " * i + "a:\n" for i in range(100)), f"nested more than {MAX_DEPTH}"),
    "deep dashes": ("- " * 100_000 + "a", "nested more than"),
    "too large": ("a: " + "x" * MAX_BYTES, "f.yaml:1:1: the file has 1,000,003 bytes"),
    "directive": ("%YAML 3.0\n---\na: 1", "f.yaml:1:"),
}  # fmt: skip


@pytest.fixture(params=["libyaml", "pure Python"])
def loader(request, monkeypatch):
    """PyYAML comes with libyaml or without it; both must give the same answers."""
    if request.param == "libyaml" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.CSafeLoader if request.param == "libyaml" else yaml.SafeLoader)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_yaml_is_refused_at_its_place(case):
    text, expected = HOSTILE[case]
    found = problems_of(text)
    assert found
    assert any(expected in problem for problem in found), found


def test_the_deepest_that_is_read():
    assert plain("[" * (MAX_DEPTH - 1) + "1" + "]" * (MAX_DEPTH - 1)) is not None
    assert problems_of("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH)


def test_the_largest_that_is_read():
    assert plain("a: " + "x" * (MAX_BYTES - 3))["a"] == "x" * (MAX_BYTES - 3)


def test_what_leaves_the_tree_readable_does_not_hide_the_rest():
    root, problems = read_yaml(b"a: yes\nb: !t 1\na: 2\nc: .nan\nd: fine", "f.yaml")
    assert [(problem.line, problem.column) for problem in problems] == [(1, 4), (2, 4), (3, 1), (4, 4)]
    assert root is not None
    assert root.plain() == {"a": True, "b": "1", "c": None, "d": "fine"}


def test_columns_count_code_points():
    (problem,) = problems_of("é😀: {a: yes}")
    assert problem.startswith("f.yaml:1:9: ")
    (problem,) = problems_of("\ufeffa: yes")
    assert problem.startswith("f.yaml:1:4: ")
    (problem,) = problems_of("é😀: x\nb: é".encode() + b"\xff")
    assert problem.startswith("f.yaml:2:5: ")


# Places


def test_place_of_keys_items_and_of_what_is_missing():
    root, _ = read_yaml(b"name: x\nsteps:\n  - use: a\n    with: {k: [1, 2]}\n  - b\n", "f.yaml")
    assert root is not None
    places = {
        (): (1, 1),
        ("name",): (1, 1),
        ("steps",): (2, 1),
        ("steps", 0): (3, 5),
        ("steps", 0, "use"): (3, 5),
        ("steps", 0, "with"): (4, 5),
        ("steps", 0, "with", "k"): (4, 12),
        ("steps", 0, "with", "k", 1): (4, 19),
        ("steps", 1): (5, 5),
        ("missing",): (1, 1),
        ("steps", 7): (2, 1),
        ("steps", 0, "missing"): (3, 5),
        ("steps", 0, "with", "k", 1, "deeper"): (4, 19),
    }
    assert {way: root.place(way) for way in places} == {way: ("f.yaml", *place) for way, place in places.items()}
    assert str(root.problem("no", ("steps", 1))) == "f.yaml:5:5: no"


# Any text at all

YAMLISH = st.text(
    st.sampled_from(list("ab1: -[]{},&*!|>'\"%@`#?\n\t~.<=\\/0xyesno\r\u2028é😀\0\x85\ufeff"))
    | st.characters(codec="utf-8"),
    max_size=80,
)


@given(YAMLISH)
@example("?")
@example("? a")
@example("? ? a")
@example("- ? a\n  : b")
@example("!<tag:yaml.org,2002:str> a")
@example("%TAG ! tag:x,2000:\n---\n!a b")
@example("a: 'b\n---\nc'")
@settings(max_examples=400, deadline=None)
def test_no_text_crashes_it(text):
    root, problems = read_yaml(text.encode(), "f.yaml")
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 1
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert problem.message
    if root is None and not problems:
        assert yaml.safe_load(text) is None, "only an empty file has neither a tree nor a problem"


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_bytes_crash_it(raw):
    read_yaml(raw, "f.yaml")


# PyYAML reads y and n as words, and so does not quote them; copydesk refuses to guess.
# And "0E0" is a number to YAML 1.2 alone.
WORDS = st.text(max_size=12).filter(
    lambda text: "\x85" not in text and text.lower() not in {"y", "n"} and not re.fullmatch(r"[-+.\deEoxX_]+", text)
)
ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.booleans())
@settings(ANY_SPEED, max_examples=200)
def test_what_pyyaml_writes_is_read_as_it_was(value, flow):
    """PyYAML quotes whatever YAML 1.1 would misread, so both schemas agree on what it writes."""

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data):
            return True

    text = yaml.dump(value, Dumper=Plain, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert plain(text) == value == yaml.safe_load(text)


@given(
    st.recursive(
        st.sampled_from(
            ["word", "two words", "12", "-3", "1.5", "true", "False", "null", "~", "'q'", '"d\\n"', "0x1f"]
        ),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
            | st.dictionaries(st.sampled_from("abc"), inner, max_size=3).map(
                lambda items: "{" + ", ".join(f"{key}: {item}" for key, item in items.items()) + "}"
            )
        ),
        max_leaves=10,
    )
)
@ANY_SPEED
def test_where_both_schemas_agree_it_reads_what_safe_load_reads(text):
    assert plain(text) == yaml.safe_load(text)


# Size


@pytest.mark.parametrize(
    "unit",
    [
        "- use: a\n",
        "k{}: v\n",
        "- yes\n",
        "- !t x\n",
        "- 'quoted ''s'\n",
        "# comment\n",
        "- [a, {b: c}]\n",
        "- " + "9" * 290 + "\n",
    ],
    ids=["steps", "keys", "booleans", "tags", "quotes", "comments", "flow", "digits"],
)
def test_cost_grows_with_size_alone(unit):
    """In proportion to it: quadratic would be an exponent of 2."""

    def raw(size: int) -> bytes:
        count = size // len(unit)
        return "".join(unit.format(i) if "k{" in unit else unit for i in range(count)).encode()

    growth = measure_growth(raw, lambda text: read_yaml(text, "f.yaml"), largest=240_000, suspicious=1.25)
    assert growth.exponent < 1.5, growth


@pytest.mark.parametrize(
    "text",
    [
        "9" * 999_990,
        "a" * 999_990,
        "\n" * 999_990,
        "# " + "x" * 999_980,
        "[" * 999_990,
        "'" + "''" * 499_990,
        "- " * 499_990,
    ],
    ids=["digits", "letters", "newlines", "comment", "brackets", "quotes", "dashes"],
)
def test_a_megabyte_of_one_thing_is_read_or_refused(text):
    root, problems = read_yaml(text.encode(), "f.yaml")
    assert root is not None or problems or not text.strip() or text.startswith("#")


def test_numbers_are_finite():
    for text in ("1e308", "1.7976931348623157e308", "-1e308"):
        assert math.isfinite(plain(f"a: {text}")["a"])
