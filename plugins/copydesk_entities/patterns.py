"""The user's own names: a gazetteer, or a patterns file in spaCy's format. No rule and no model overrules them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk_entities.board import Name
from copydesk_entities.labels import common_label
from copydesk_entities.userfiles import UserFileError, read_csv, read_json_lines, read_yaml
from copydesk_entities.words import Words

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

Pattern = tuple[str, str | list[dict[str, Any]], str | None]
"""Label, what to find, and the id to link to."""


class Patterns:
    """Patterns that find names in a parse."""

    def __init__(self, path: Path, patterns: Iterable[Pattern]) -> None:
        from spacy.lang.en import English  # only where patterns are given

        self._path = path
        self._token_patterns: list[tuple[str, list[dict[str, Any]], str | None]] = []
        self._phrases: dict[tuple[str, ...], tuple[str, str | None]] = {}
        self._lengths: dict[str, list[int]] = {}
        tokenizer = English().tokenizer
        for label, pattern, link in patterns:
            if isinstance(pattern, str):
                phrase = tuple(token.text for token in tokenizer(pattern) if not token.is_space)
                self._phrases[phrase] = (label, link)
                lengths = self._lengths.setdefault(phrase[0], [])
                if len(phrase) not in lengths:
                    lengths.append(len(phrase))
                    lengths.sort(reverse=True)
            else:
                self._token_patterns.append((label, pattern, link))
        self._matcher: Matcher | None = None
        self._vocab: Vocab | None = None
        if self._token_patterns:
            # A pattern that spaCy refuses is an error now, not at the first document.
            self._build(English().vocab)

    def __len__(self) -> int:
        return len(self._phrases) + len(self._token_patterns)

    def find(self, words: Words) -> list[Name]:
        """The names that the patterns find: the longest of those that overlap, then the first."""
        found = sorted(self._find(words), key=lambda name: (name.start - name.end, name.start))
        taken = [False] * len(words)
        kept = []
        for name in found:
            if not any(taken[name.start : name.end]):
                taken[name.start : name.end] = [True] * (name.end - name.start)
                kept.append(name)
        return sorted(kept, key=lambda name: name.start)

    def _find(self, words: Words) -> Iterator[Name]:
        for i, text in enumerate(words.texts):
            for length in self._lengths.get(text, ()):
                found = self._phrases.get(tuple(words.texts[i : i + length]))
                if found is not None and i + length <= len(words):
                    label, link = found
                    yield Name(i, i + length, label, link=link, fixed=True)
        if self._token_patterns:
            if self._matcher is None or self._vocab is not words.doc.vocab:
                self._build(words.doc.vocab)
            assert self._matcher is not None
            for key, start, end in self._matcher(words.doc):
                label, _, link = self._token_patterns[int(words.doc.vocab.strings[key])]
                last = words.first_word[end] if end < len(words.first_word) else len(words)
                yield Name(words.first_word[start], last, label, link=link, fixed=True)

    def _build(self, vocab: Vocab) -> None:
        from spacy.matcher import Matcher

        matcher = Matcher(vocab, validate=True)
        for number, (label, pattern, _) in enumerate(self._token_patterns):
            try:
                matcher.add(str(number), [pattern], greedy="LONGEST")
            except ValueError as error:
                raise UserFileError(
                    self._path, f"the pattern {pattern!r} for {label} is none that spaCy knows: {error}"
                ) from error
        self._matcher, self._vocab = matcher, vocab


def read_patterns(path: Path) -> Patterns:
    """Read a gazetteer (CSV with the columns name, label, id; YAML with lists of names under labels) or spaCy patterns (JSON lines).

    Raises:
        UserFileError: the file cannot be read, or an entry is not as it should be.
    """
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        found = [_spacy_pattern(path, line, item) for line, item in read_json_lines(path)]
    elif suffix == ".csv":
        found = [_csv_row(path, line, row) for line, row in read_csv(path)]
    elif suffix in {".yaml", ".yml"}:
        found = list(_gazetteer(path, read_yaml(path)))
    else:
        raise UserFileError(
            path,
            f"is of an unknown kind, {suffix or 'without suffix'}; give .jsonl (spaCy patterns), .csv, .yaml or .yml",
        )
    if not found:
        raise UserFileError(path, "holds no pattern; remove the setting or fill the file")
    return Patterns(path, found)


def _label(path: Path, label: object, line: int | None) -> str:
    if not isinstance(label, str) or not label.strip():
        raise UserFileError(path, f"the label is {label!r}; give one such as PERSON, ORG, LOC or your own", line)
    return common_label(label.strip()) or label.strip()


def _name(path: Path, name: object, line: int | None) -> str:
    if not isinstance(name, str) or not name.strip():
        raise UserFileError(
            path, f"a name is {name!r}; give it as text (in YAML within quotation marks if need be)", line
        )
    return name.strip()


def _spacy_pattern(path: Path, line: int, item: object) -> Pattern:
    if not isinstance(item, dict) or "pattern" not in item:
        raise UserFileError(path, 'a pattern is an object such as {"label": "ORG", "pattern": "Acme"}', line)
    pattern, link = item["pattern"], item.get("id")
    if link is not None and not isinstance(link, str):
        raise UserFileError(path, f"the id is {link!r}; give it as text", line)
    if isinstance(pattern, list):
        if not pattern or not all(isinstance(token, dict) for token in pattern):
            raise UserFileError(path, "a token pattern is a list of objects, one for each token", line)
        return _label(path, item.get("label"), line), pattern, link
    return _label(path, item.get("label"), line), _name(path, pattern, line), link


def _csv_row(path: Path, line: int, row: dict[str, str]) -> Pattern:
    unknown = [key for key in row if key not in {"name", "label", "id"}]
    if unknown or "name" not in row or "label" not in row:
        raise UserFileError(path, "a gazetteer in CSV has the columns name, label and, if you like, id", line)
    return _label(path, row["label"], line), _name(path, row["name"], line), row.get("id") or None


def _gazetteer(path: Path, value: object) -> Iterator[Pattern]:
    if not isinstance(value, dict):
        raise UserFileError(path, "a gazetteer in YAML has labels with lists of names: `ORG: [Acme, Initech]`")
    for label, names in value.items():
        if not isinstance(names, list):
            raise UserFileError(path, f"under {label!r} stands {type(names).__name__}, not a list of names")
        for name in names:
            yield _label(path, label, None), _name(path, name, None), None
