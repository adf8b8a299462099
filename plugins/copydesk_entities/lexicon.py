"""The word lists of the plugin, read once from the data files beside the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, Literal, TypeVar

from copydesk import word_list
from copydesk_entities.labels import LOC, NORP, ORG

V = TypeVar("V")

RoleKind = Literal["office", "rank", "occupation", "relation"]

Phrase = tuple[str, ...]
"""The tokens of a name or title."""

_NO_ENDINGS = frozenset((("central", "bank"), ("general", "staff")))
"""Nouns of organisations whose last word ends the names of others too."""


class PhraseBook(Generic[V]):
    """Phrases of several words, found at a place in a text: the longest first."""

    def __init__(self, entries: Iterable[tuple[Phrase, V]] = ()) -> None:
        self._values: dict[Phrase, V] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: Phrase, value: V) -> None:
        """Add a phrase; the value given last counts."""
        if not phrase:
            return
        if phrase not in self._values:
            lengths = self._lengths.setdefault(phrase[0], [])
            if len(phrase) not in lengths:
                lengths.append(len(phrase))
                lengths.sort(reverse=True)
        self._values[phrase] = value

    @property
    def first_words(self) -> AbstractSet[str]:
        """The words with which phrases begin."""
        return self._lengths.keys()

    def matches(self, words: Sequence[str], at: int, limit: int | None = None) -> Iterator[tuple[int, V]]:
        """The phrases that begin at `at` and end at or before `limit`, the longest first: their ends and values."""
        limit = len(words) if limit is None else limit
        for length in self._lengths.get(words[at], ()):
            end = at + length
            value = self._values.get(tuple(words[at:end])) if end <= limit else None
            if value is not None:
                yield end, value

    def match(self, words: Sequence[str], at: int, limit: int | None = None) -> tuple[int, V] | None:
        """The longest of them."""
        if words[at] not in self._lengths:
            return None
        return next(self.matches(words, at, limit), None)

    def get(self, phrase: Phrase) -> V | None:
        """The value of exactly this phrase."""
        return self._values.get(phrase)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Known:
    """What the word lists know of a name."""

    label: str
    key: str
    """The same for all names of one country or organisation."""
    sure: bool = True
    """False where the word is as often the name of something else (Jordan, Chad)."""
    adjective: bool = False
    """A country's adjective, which stands for the country: "Russian"."""
    country: bool = False
    """A country or its adjective."""


@dataclass(frozen=True)
class Lexicon:
    """All word lists."""

    known: PhraseBook[Known]
    ranks: PhraseBook[str]
    offices: PhraseBook[str]
    courtesy: dict[str, str]
    """Courtesy titles and the gender that they tell: m, f or -."""
    organisation_nouns: frozenset[str]
    institution_nouns: frozenset[Phrase]
    """Those that make a name in lower case too: "the Russian defence ministry"."""
    place_nouns: frozenset[str]
    lower_place_nouns: frozenset[Phrase]
    organisation_kinds: frozenset[str]
    """Nouns that say beside a name what the organisation is."""
    thing_labels: dict[str, str]
    """By the last noun of the name of a thing, what it is: an organisation, a place, or neither ("award")."""
    given_names: frozenset[str]
    genders: dict[str, str]
    """Given names that are almost always a man's (m) or a woman's (f)."""
    weak_genders: dict[str, str]
    """Given names that are mostly a man's or a woman's: weak evidence for pronouns."""
    person_heads: frozenset[str]
    """Nouns that mean a person: the last words of titles, "woman", "victim"."""
    relatives: frozenset[str]
    """Those of them that mean a relative: "wife"."""

    titles: dict[Phrase, tuple[str, RoleKind]]
    """The titles of all lists, each as the surest list has it: rank, office, relation, occupation."""
    title_lengths: dict[str, list[int]]
    """By their last word, how many words titles have, the longest first."""
    parties: PhraseBook[tuple[str, bool]]
    """Words for parties: the value of the trait, and whether the word is sure to mean a party."""
    before_names: frozenset[str]
    """The words with which titles before names begin: courtesy titles, ranks and offices."""


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    sets = (line.partition(": ") for line in _lines("word_sets.txt"))
    own = {name: frozenset(words.split()) for name, _, words in sets}
    return own | {
        "abbreviated_states": frozenset(
            form for row in word_list("us_states") for form in row["short"].split("|") if form
        ),
        "calendar": frozenset(row["word"] for row in word_list("calendar") if "verb" not in row["also"]),
        "newspaper_words": frozenset(row["word"] for row in word_list("outlet_name_words") if row["ends"]),
        "particles": frozenset(row["word"] for row in word_list("name_particles")),
        "speech": frozenset(row["verb"] for row in word_list("speech_verbs") if row["speaker"]),
    }


def word_set(name: str) -> frozenset[str]:
    """One of the closed sets of words that rules look for."""
    return _word_sets()[name]


@cache
def lexicon() -> Lexicon:
    """The word lists; they are read when they are first needed."""
    ranks, offices = list(_titles("rank")), list(_titles("office"))
    occupations, relations = list(_titles("occupation")), list(_titles("relation"))
    titles: dict[Phrase, tuple[str, RoleKind]] = {}
    sure: tuple[tuple[RoleKind, list[tuple[Phrase, str]]], ...] = (
        ("rank", ranks),
        ("office", offices),
        ("relation", relations),
        ("occupation", occupations),
    )
    for kind, entries in reversed(sure):
        titles |= {phrase: (title, kind) for phrase, title in entries}
    rank_book, office_book = PhraseBook(ranks), PhraseBook(offices)
    organisation_nouns, place_nouns = _nouns("organisation_nouns.txt"), _nouns("place_nouns.txt")
    courtesy = {
        title: row["gender"]
        for row in word_list("titles")
        if row["kind"] == "courtesy"
        for title in (row["title"].rstrip("?"), *_split(row["spellings"]))
    }
    genders = _by_word("given_name_genders.txt")
    nouns = (word_set(f"person_nouns{gender}") for gender in ("", "_m", "_f"))
    return Lexicon(
        known=PhraseBook(_known()),
        ranks=rank_book,
        offices=office_book,
        titles=titles,
        title_lengths=_lengths(titles),
        parties=PhraseBook(_parties()),
        before_names=frozenset(courtesy) | rank_book.first_words | office_book.first_words,
        courtesy=courtesy,
        organisation_nouns=frozenset(noun[-1] for noun in organisation_nouns if noun not in _NO_ENDINGS),
        institution_nouns=frozenset(noun for noun, lower in organisation_nouns.items() if lower),
        place_nouns=frozenset(noun[-1] for noun in place_nouns),
        lower_place_nouns=frozenset(noun for noun, lower in place_nouns.items() if lower),
        organisation_kinds=frozenset(line.split()[-1] for line in _lines("organisation_kinds.txt"))
        | {row["noun"].rstrip("!") for row in word_list("outlet_nouns")},
        thing_labels=dict.fromkeys((noun[-1] for noun in organisation_nouns if noun not in _NO_ENDINGS), ORG)
        | dict.fromkeys((noun[-1] for noun in place_nouns), LOC)
        | _by_word("no_surnames.txt"),
        given_names=frozenset(_lines("given_names.txt")) | genders.keys(),
        genders=genders,
        weak_genders=_by_word("census_given_names.txt") | genders,
        person_heads=frozenset().union(*nouns, (phrase[-1] for phrase in titles)),
        relatives=frozenset(phrase[-1] for phrase, _ in relations),
    )


def _nouns(name: str) -> dict[Phrase, bool]:
    """The nouns of a list, with whether they make a name in lower case too (a star says so)."""
    return {tuple(line.removesuffix("*").split()): line.endswith("*") for line in _lines(name)}


def _by_word(name: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in _lines(name))
    return {word: value for value, _, words in lines for word in words.split()}


def _parties() -> Iterator[tuple[Phrase, tuple[str, bool]]]:
    for line in _lines("parties.txt"):
        party, _, forms = line.partition(": ")
        for form in _split(forms):
            yield tuple(form.rstrip("*").split()), (party, not form.endswith("*"))


def _lengths(phrases: Iterable[Phrase]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[-1], set()).add(len(phrase))
    return {last: sorted(lengths, reverse=True) for last, lengths in found.items()}


def split_phrase(name: str) -> Phrase:
    """The tokens of a name as spaCy's English tokenizer cuts them, near enough for the word lists."""
    words: list[str] = []
    for word in name.split():
        for mark in ("'s", "’s"):
            if word.endswith(mark) and len(word) > len(mark):
                words += [word[: -len(mark)], mark]
                break
        else:
            words += _hyphenated(word)
    return tuple(words)


def _hyphenated(word: str) -> list[str]:
    pieces: list[str] = []
    for piece in word.split("-"):
        pieces += [piece, "-"] if piece else ["-"]
    return [piece for piece in pieces[:-1] if piece]


def _lines(name: str) -> Iterator[str]:
    text = (files("copydesk_entities") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _pair(line: str) -> tuple[str, str]:
    left, _, right = line.partition("\t")
    return left, right


def _split(words: str) -> list[str]:
    """The words of a column."""
    return words.split("|") if words else []


def _titles(kind: RoleKind) -> Iterator[tuple[Phrase, str]]:
    """Every spelling of a title of a kind, with the title itself."""
    for row in word_list("titles"):
        if row["kind"] != kind:
            continue
        title = row["title"]
        yield split_phrase(title), title
        if "-" in title:
            yield (title,) if " " not in title else tuple(title.split()), title
        if " " in title:
            yield split_phrase(title.replace(" ", "-")), title
        for other in _split(row["spellings"]):
            yield split_phrase(other), title
            for phrase in _abbreviations(other):
                yield phrase, title


def _abbreviations(name: str) -> Iterator[Phrase]:
    """Tokenizers leave a full stop with some abbreviations and cut it from others: "Lt. Gen." is either."""
    phrases: list[Phrase] = [()]
    for word in name.split():
        ways: list[Phrase] = [(word,)]
        if word.endswith(".") and len(word) > 1:
            ways.append((word[:-1], "."))
        phrases = [(*phrase, *way) for phrase in phrases for way in ways]
    yield from phrases


def _known() -> Iterator[tuple[Phrase, Known]]:
    for line in _lines("groups.txt"):
        name, sure = line.rstrip("?"), not line.endswith("?")
        yield split_phrase(name), Known(NORP, name, sure)
    for name in (name for row in word_list("places") for name in _split(row["names"])):
        yield split_phrase(name.rstrip("?")), Known(LOC, name.rstrip("?"), sure=not name.endswith("?"))
    outlets = ((row["name"], row["names"]) for row in word_list("outlets") if row["alone"])
    for name, others in (*map(_pair, _lines("organisations.tsv")), *outlets):
        key, sure = name.rstrip("?"), not name.endswith("?")
        for other in (key, *_split(others)):
            yield split_phrase(other), Known(ORG, key, sure)
    for row in word_list("countries"):
        country, key = row["country"], row["country"].rstrip("?")
        for people in _split(row["people"]):
            yield split_phrase(people), Known(NORP, people)
        for adjective in _split(row["adjectives"]):
            yield split_phrase(adjective), Known(NORP, key, adjective=True, country=True)
        for name in (country, *_split(row["names"])):
            known = Known(LOC, key, sure=not name.endswith("?"), country=True)
            yield split_phrase(name.rstrip("?").removeprefix("the ")), known
