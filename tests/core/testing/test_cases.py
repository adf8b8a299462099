"""Cases as data: marks are read, compared, and shown where something differs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import Annotation, Check, Component, Config, Document, Pipeline
from copydesk.testing import CaseError, read_cases, yaml_cases
from copydesk.testing.cases import InvalidCasesError
from copydesk.testing.marks import read_marks


class Shout(Annotation):
    """A word in capitals."""

    namespace = "cases"

    kind: str
    word: str | None


class Length(Config):
    """Settings."""

    least: int = 3


class Shouts(Component[Length]):
    """Finds words in capitals."""

    name = "shouts"
    provides = (Shout,)

    def process(self, document):
        for match in re.finditer(r"\b[A-Z]+\b", document.text):
            if len(match[0]) >= self.config.least:
                kind = "long" if len(match[0]) > 3 else "short"
                yield Shout(start=match.start(), end=match.end(), kind=kind, word=match[0].lower())


class Loud(Check):
    """Nobody shouts."""

    code, name, severity = "CAS001", "loud", "info"

    def check(self, document):
        return [self.finding(match, "loud") for match in Shouts().process(document)]


def places(marked, *layers):
    text, marks = read_marks(marked, layers or ("a",))
    return text, [(text[mark.start : mark.end], mark.layer, mark.label, mark.fields, mark.found) for mark in marks]


@pytest.mark.parametrize(
    ("marked", "text", "marks"),
    [
        ("none", "none", []),
        ("[a]", "a", [("a", None, {}, True)]),
        ("[a|X] b", "a b", [("a", "X", {}, True)]),
        ("[a|X; k: v, w; m: 1:2]", "a", [("a", "X", {"k": "v, w", "m": "1:2"}, True)]),
        ("[a|k: v]", "a", [("a", None, {"k": "v"}, True)]),
        ("[a|!]", "a", [("a", None, {}, False)]),
        ("[a|!X]", "a", [("a", "X", {}, False)]),
        ("[[a|X] b|Y]", "a b", [("a b", "Y", {}, True), ("a", "X", {}, True)]),
        (r"a\[0\] \| \\", r"a[0] | \ ".strip(), []),
        (r"[a\]b|X]", "a]b", [("a]b", "X", {}, True)]),
    ],
)
def test_marks_are_read(marked, text, marks):
    assert places(marked) == (text, [(words, "a", *rest) for words, *rest in marks])


def test_with_several_layers_a_mark_begins_with_its_layer():
    assert places("[a|y] [b|x L; k: v]", "x", "y")[1] == [("a", "y", None, {}, True), ("b", "x", "L", {"k": "v"}, True)]


@pytest.mark.parametrize(
    ("marked", "layers", "problem"),
    [
        ("a] b", ["a"], r"']' has no '\['"),
        ("a | b", ["a"], r"'\|' has no '\['"),
        ("[a", ["a"], "has no ']'"),
        ("[a|X", ["a"], "has no ']'"),
        ("[a|X; nothing]", ["a"], "'nothing' is no field"),
        ("[a|!X; k: v]", ["a"], "it has no fields"),
        ("[a]", ["x", "y"], "names no layer of the case: x, y"),
    ],
)
def test_what_is_no_mark_is_refused(marked, layers, problem):
    with pytest.raises(ValueError, match=problem):
        read_marks(marked, layers)


@given(st.text(alphabet="ab [|]\\", max_size=30))
def test_any_text_can_be_written(text):
    written = re.sub(r"([\[\]|\\])", r"\\\1", text)
    assert read_marks(written, ("a",)) == (text, [])
    assert places(f"[{written}]")[0] == text


@pytest.fixture
def case(tmp_path):
    """The one case of a file with this text."""

    def make(text, **more):
        import yaml

        path = tmp_path / "cases.yaml"
        item = {"name": "the case", "text": text, **more}
        path.write_text(yaml.safe_dump({"layer": "cases.shout", "cases": [item]}), encoding="utf-8")
        (found,) = read_cases(path)
        return found

    return make


@pytest.mark.parametrize(
    "marked",
    [
        "Hear [HEAR|long; word: hear] [YES|short].",
        "[HEAR] [YES]",
        "Hear [HEAR] and [Hear|!] [YES]",
        "[HEAR|!short]  [YES|!long]",
    ],
)
def test_what_is_as_marked_passes(case, marked):
    one = case(marked, others="!" in marked)
    one.check(Pipeline([Shouts()])(one.document()))


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("Hear [ye].", "    Hear ye.\n         ^^ not found: cases.shout\n"),
        ("Hear HEAR.", "    Hear HEAR.\n         ^^^^ found, and not marked: cases.shout long\n"),
        ("Hear [HEAR|!].", "    Hear HEAR.\n         ^^^^ must not be found: cases.shout long\n"),
        ("[HEAR|short]", "^^^^ cases.shout: it is long, and must be short\n"),
        ("[HEAR|word: here]", "^^^^ cases.shout: word is hear, and must be here\n"),
        ("[HEAR|word: none]", "^^^^ cases.shout: word is hear, and must be none\n"),
        ("[HEAR|words: none; wrod: hear]", "^^^^ cases.shout: wrod is none, and must be hear\n"),
        ("One.\nTwo [HE] HEAR", "    Two HE HEAR\n        ^^ not found: cases.shout\n"),
    ],
)
def test_differences_are_shown_at_their_passages(case, marked, shown):
    one = case(marked)
    with pytest.raises(CaseError) as error:
        one.check(Pipeline([Shouts()])(one.document()))
    assert str(error.value).startswith("cases.yaml:2: the case\n")
    assert shown in f"{error.value}\n"


def test_others_may_be_found_where_a_case_says_so(case):
    one = case("HEAR [YES]", others=True)
    one.check(Pipeline([Shouts()])(one.document()))


def test_two_of_one_place_are_two():
    from copydesk.testing import Case

    text, marks = read_marks("[[HEAR|long]|short]", ("cases.shout",))
    one = Case("two", "x:1", text, tuple(marks), ("cases.shout",))
    both = [Shout(start=0, end=4, id=kind, kind=kind, word=None) for kind in ("long", "short")]
    one.check(Document(text).with_annotations(both))
    with pytest.raises(CaseError, match="not found"):
        one.check(Document(text).with_annotations(both[:1]))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file is empty"),
        ("cases: []", "1:1: 'cases' must not be empty"),
        ("cases:\n  - name: a", "2:5: 'cases.0.text' is missing"),
        ("layer: a\ncases:\n  - name: a\n    text: b\n    txt: c", "5:5: unknown key 'txt'; did you mean 'text'?"),
        ("layer: a\ncases:\n  - name: a\n    text: '[b'", r"4:5: a '\[' has no ']'"),
        ("cases:\n  - name: a\n    text: b", "no `layer:` says what the marks are of"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(tmp_path, text, problem):
    path = tmp_path / "cases.yaml"
    path.write_text(text)
    with pytest.raises(InvalidCasesError, match=problem):
        read_cases(path)


def shouts_found(document):
    return document.with_annotations(Shouts().process(document), provides=[Shout])


def run(test, number=0):
    (mark,) = test.pytestmark
    test(mark.args[1][number].values[0])


@pytest.mark.parametrize("target", [Shouts, Pipeline([Shouts()]), shouts_found])
def test_a_file_is_a_test_of_each_case(tmp_path, target):
    path = tmp_path / "cases.yaml"
    path.write_text("layer: cases.shout\ncases:\n  - {name: good, text: '[HEAR]'}\n  - {name: bad, text: '[hear]'}\n")
    test = yaml_cases(path, target)
    assert [parameter.id for parameter in test.pytestmark[0].args[1]] == ["good", "bad"]
    run(test, 0)
    with pytest.raises(CaseError):
        run(test, 1)


def test_a_component_gets_the_settings_of_the_case(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("cases:\n  - {name: short, text: '[YE]', with: {least: 2}}\n")
    run(yaml_cases(path, Shouts))


def test_findings_of_a_check_are_marked_by_code(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("cases:\n  - {name: loud, text: '[HEAR|CAS001] ye'}\n  - {name: quiet, text: hear}\n")
    test = yaml_cases(path, Loud)
    run(test, 0)
    run(test, 1)


def test_a_relative_path_starts_at_the_file_that_names_it():
    with pytest.raises(FileNotFoundError, match=re.escape(f"{__file__.rpartition('/')[0]}/none.yaml")):
        yaml_cases("none.yaml", Shouts)


def test_components_of_installed_plugins_may_run_first(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text("layer: sentence\ncases:\n  - {name: two, text: '[It rained.] [It snowed.]'}\n")
    run(yaml_cases(path, Shouts, before=["structure"]))
