"""The gold desk: its marks are whole, and its texts are those of the articles, to the character."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "desk"))

from marks import ARTICLES, document, documents, read

from copydesk import Entity, Finding

ROOT = Path(__file__).parents[2]


def test_marks_are_taken_out_and_placed() -> None:
    text, marks = read("The {d a|{n b|Dover} mayor} left {@2017|this year}.")
    assert text == "The Dover mayor left this year."
    assert [(mark.tag, text[mark.start : mark.end]) for mark in marks] == [
        ("d a", "Dover mayor"),
        ("n b", "Dover"),
        ("@2017", "this year"),
    ]


@pytest.mark.parametrize("marked", ["a {n b|c", "a c} d"])
def test_a_mark_that_is_not_whole_is_an_error(marked: str) -> None:
    with pytest.raises(ValueError, match="closed"):
        read(marked)


def test_an_unknown_tag_is_an_error_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("id: story\n---\n---\nShe {z|left}.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"story\.txt: no mark has the tag 'z'"):
        document(path)


def test_a_finding_is_marked_by_its_code(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("id: story\n---\n---\n{!ATT201|Lee} left.\n", encoding="utf-8")
    [finding] = document(path)[Finding]
    assert (finding.code, finding.start, finding.end) == ("ATT201", 0, 3)


def test_every_entity_that_is_listed_is_mentioned() -> None:
    for path in sorted(ARTICLES.glob("*.txt")):
        made = document(path)
        listed = [line.split(" ", 2)[0] for line in path.read_text(encoding="utf-8").split("---\n")[1].splitlines()]
        assert sorted(listed) == sorted(entity.id.removeprefix("e-") for entity in made[Entity]), path.name


def test_the_story_is_the_seed() -> None:
    made = document(ARTICLES / "seed.txt")
    assert made.text == next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.skipif("COPYDESK_DATA" not in os.environ, reason="COPYDESK_DATA is not set")
def test_texts_are_those_of_the_articles() -> None:
    lines = (Path(os.environ["COPYDESK_DATA"]) / "data/wikinews/articles.jsonl").read_text(encoding="utf-8")
    published = {item["id"]: item["text"].rstrip("\n") for item in map(json.loads, lines.splitlines())}
    assert {made.id: made.text for made in documents() if made.id != "seed"} == published
