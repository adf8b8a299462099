"""The user's own names: a gazetteer, or a patterns file in spaCy's format. No rule and no model overrules them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk_entities.labels import common_label
from copydesk_entities.lexicon import Phrase, PhraseBook
from copydesk_entities.names.board import Name
from copydesk_entities.text.words import Words, pieces_of
from copydesk_entities.userfiles.files import UserFileError, read_csv, read_json_lines, read_yaml

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


MOST_REPEATS = 100
"""So often may a token of a pattern be repeated: spaCy's matcher makes a state for each."""


class Pattern(NamedTuple):
    """What to find, how to label it, and the id to link it to."""

    label: str
    what: str | list[dict[str, Any]]
    link: str | None
    line: int | None
    """Of the file."""


class Patterns:
    """Patterns that find names in a parse.

    Args:
        path: the file that they are from.
        patterns: the patterns.
        nlp: the pipeline that parses: names are cut into words as it cuts texts. The matcher is built on its
            vocabulary, which outlives every document.

    Raises:
        UserFileError: spaCy refuses a pattern.
    """

    def __init__(self, path: Path, patterns: Iterable[Pattern], nlp: Language) -> None:
        from spacy.matcher import Matcher  # only where patterns are given

        self._phrases: PhraseBook[Pattern] = PhraseBook()
        self._token_patterns: dict[int, Pattern] = {}
        self._matcher = Matcher(nlp.vocab, validate=True)
        for pattern in patterns:
            if isinstance(pattern.what, str):
                tokens = (token.text for token in nlp.make_doc(pattern.what) if not token.is_space)
                phrase: Phrase = tuple(piece for token in tokens for piece in pieces_of(token))
                self._phrases.add(phrase, pattern)
                continue
            name = f"copydesk_entities.{len(self._token_patterns)}"
            try:
                self._matcher.add(name, [pattern.what], greedy="LONGEST")
            except ValueError as error:
                raise UserFileError(
                    path,
                    f"the pattern {pattern.what!r} for {pattern.label} is none that spaCy knows: {error}",
                    pattern.line,
                ) from error
            self._token_patterns[nlp.vocab.strings.add(name)] = pattern

    def find(self, words: Words, doc: Doc) -> list[Name]:
        """The names that the patterns find: the longest of those that overlap, then the first.

        Args:
            words: the document.
            doc: its parse as spaCy has it, which is what spaCy's matcher reads.
        """
        found = sorted(self._find(words, doc), key=lambda name: (name.start - name.end, name.start))
        taken = [False] * len(words)
        kept = []
        for name in found:
            if not any(taken[name.start : name.end]):
                taken[name.start : name.end] = [True] * (name.end - name.start)
                kept.append(name)
        return sorted(kept, key=lambda name: name.start)

    def _find(self, words: Words, doc: Doc) -> Iterator[Name]:
        for i in words.where_written(self._phrases.first_words):
            found = self._phrases.match(words.texts, i)
            if found is not None:
                end, pattern = found
                yield Name(i, end, pattern.label, link=pattern.link, fixed=True)
        if self._token_patterns:
            for key, start, end in self._matcher(doc):
                pattern = self._token_patterns[key]
                last = words.first_word[end] if end < len(words.first_word) else len(words)
                yield Name(words.first_word[start], last, pattern.label, link=pattern.link, fixed=True)


def read_patterns(path: Path) -> list[Pattern]:
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
    return found


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
        for token in pattern:
            _check_token(path, token, line)
        return Pattern(_label(path, item.get("label"), line), pattern, link, line)
    return Pattern(_label(path, item.get("label"), line), _name(path, pattern, line), link, line)


def _check_token(path: Path, token: Mapping[str, Any], line: int) -> None:
    """Refuse what would take all memory, or fail where nobody knows the line."""
    for count in re.findall(r"\d+", str(token.get("OP", ""))):
        if len(count) > 3 or int(count) > MOST_REPEATS:
            raise UserFileError(path, f"OP is {token['OP']!r}; a token is repeated at most {MOST_REPEATS} times", line)
    for key, value in token.items():
        regex = value.get("REGEX") if isinstance(value, Mapping) else None
        for one in regex if isinstance(regex, list) else [regex]:
            try:
                re.compile(one or "")
            except (re.error, TypeError, OverflowError) as error:
                raise UserFileError(path, f"the REGEX of {key} is no regular expression: {error}", line) from error


def _csv_row(path: Path, line: int, row: dict[str, str]) -> Pattern:
    unknown = [key for key in row if key not in {"name", "label", "id"}]
    if unknown or "name" not in row or "label" not in row:
        raise UserFileError(path, "a gazetteer in CSV has the columns name, label and, if you like, id", line)
    return Pattern(_label(path, row["label"], line), _name(path, row["name"], line), row.get("id") or None, line)


def _gazetteer(path: Path, root: Any) -> Iterator[Pattern]:
    if not isinstance(root.value, dict):
        raise UserFileError(
            path, "a gazetteer in YAML has labels with lists of names: `ORG: [Acme, Initech]`", root.line
        )
    for label, names in root.value.items():
        if not isinstance(names.value, list):
            kind = type(names.value).__name__
            raise UserFileError(path, f"under {label!r} stands {kind}, not a list of names", names.line)
        for name in names.value:
            yield Pattern(_label(path, label, name.line), _name(path, name.plain(), name.line), None, name.line)
