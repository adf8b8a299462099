"""He and she: a walk over the story that keeps in mind who was mentioned, and asks the model whom a pronoun means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from copydesk_entities.chains.chain import Chain
from copydesk_entities.labels import LOC, ORG, PERSON
from copydesk_entities.lexicon import Lexicon, word_set
from copydesk_entities.names.board import Board, Name
from copydesk_entities.references.candidates import (
    BARE,
    DEFINITE,
    INDEFINITE,
    OWNED,
    Candidate,
    Kind,
    Place,
    Recent,
    Stranger,
)
from copydesk_entities.references.features import (
    OBJECT_FORM,
    OWNER_FORM,
    SELF_FORM,
    SUBJECT_FORM,
    Pronoun,
    rows,
)
from copydesk_entities.references.resolved import Resolved
from copydesk_entities.references.syntax import PASSIVE, Syntax
from copydesk_entities.text.words import POSSESSIVES, Words
from copydesk_entities.traits.phrases import title_ending_at

if TYPE_CHECKING:
    from copydesk_entities.references.features import Integers

GENDERS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_PLACED = word_set("place_prepositions")
_SPEECH = word_set("speech")
_WITH_HEARERS = word_set("verbs_with_hearers")
"""Behind these stands who is spoken to: "told | Roe"."""
_FEMININE, _MASCULINE = word_set("feminine"), word_set("masculine")
_PERSON_NOUNS, _MEN, _WOMEN = word_set("person_nouns"), word_set("person_nouns_m"), word_set("person_nouns_f")
_OWNERS = frozenset(("his", "her", "their", "my", "our", "its", "your")) | POSSESSIVES
_INDEFINITE = frozenset(("a", "an", "another", "one", "any", "every", "each"))
_MODIFIERS = frozenset(("JJ", "NN", "HYPH", "CD", "NNP", "VBN", "JJS", "POS"))
_MOST = 10
"""How many people a pronoun is compared with."""
_SENTENCES = 4
"""How many sentences back they are looked for."""
_AHEAD = 2
"""How many of those named next are looked at."""
_WORDS_AHEAD = 40
_DESCRIBED = 0.65
"""How sure it is that "the lawyer" is the only person around."""
_SPEAKS_ON = 0.8
"""How sure it is that who spoke last speaks on, at least."""
_BEFORE = {
    **dict.fromkeys(("with", "against", "alongside"), 1),
    "by": 2,
    **dict.fromkeys(("of", "from"), 3),
    **dict.fromkeys(("to", "for"), 4),
    **dict.fromkeys(("in", "on", "at", "about", "as", "than", "like", "after", "before", "under", "into", "over"), 5),
    **dict.fromkeys(("and", "or", "&"), 6),
    **dict.fromkeys(("(", "[", "–", "—", "-"), 7),
    ",": 8,
    "that": 9,
}

Judge = Callable[[Pronoun, list[Candidate], "Integers"], list[float]]
"""How likely each candidate is, and last, how likely it is nobody of them."""


def find_pronouns(
    board: Board,
    syntax: Syntax,
    names: Iterable[Name],
    chains: dict[int, Chain],
    nouns: Iterable[Resolved],
    stated: set[int],
    lexicon: Lexicon,
    judge: Judge,
) -> list[Resolved]:
    """Whom he and she mean, in order of place.

    Args:
        board: the names of the document.
        syntax: its tree.
        names: its names, institutions in lower case included.
        chains: the chain of each name, by the name's identity.
        nouns: descriptions whose entity is known.
        stated: the words of roles that have a holder.
        lexicon: the word lists.
        judge: the model.
    """
    return _Walk(board, syntax, names, chains, nouns, stated, lexicon, judge).run()


class _Walk:
    def __init__(
        self,
        board: Board,
        syntax: Syntax,
        names: Iterable[Name],
        chains: dict[int, Chain],
        nouns: Iterable[Resolved],
        stated: set[int],
        lexicon: Lexicon,
        judge: Judge,
    ) -> None:
        words = board.words
        self._board, self._words, self._chains, self._lexicon, self._judge = board, words, chains, lexicon, judge
        self._syntax = syntax
        self._recent = Recent()
        self._last: dict[str, tuple[Place, Candidate | None]] = {}
        self._stated = stated
        self._nouns = {one.start: one for one in nouns}
        names = list(names)
        things = {id(chains[id(name)]) for name in names if not _could_be_somebody(words, name, chains[id(name)])}
        self._people = [
            name for name in sorted(names, key=lambda name: name.start) if id(chains[id(name)]) not in things
        ]
        self._strangers: dict[str, Stranger] = {}

    def run(self) -> list[Resolved]:
        words = self._words
        names = {name.start: name for name in self._people}
        found: list[Resolved] = []
        pronouns = [i for i in words.where(GENDERS.keys()) if self._board.at(i) is None]
        if not pronouns:
            return []
        nouns = [
            i for i in words.where(self._lexicon.person_heads) if i not in self._stated and self._board.at(i) is None
        ]
        for i in sorted({*names, *pronouns, *nouns, *self._nouns}):
            if i in names:
                name = names[i]
                self._recent.add(self._place(self._chains[id(name)], name.start, name.end, "name"))
            elif i in self._nouns:
                one = self._nouns[i]
                self._recent.add(self._place(one.chain, one.start, one.end, "noun"))
            elif words.lowers[i] in GENDERS:
                resolved = self._resolve(i)
                if resolved is not None:
                    found.append(resolved)
            elif words.tags[i] == "NN":
                described = self._stranger(i)
                if described is not None:
                    found.append(described)
        return found

    def _resolve(self, i: int) -> Resolved | None:
        pronoun = self._pronoun(i)
        candidates = self._without_named(pronoun, self._candidates(pronoun))
        chances = self._judge(pronoun, candidates, rows(self._syntax, pronoun, candidates, self._lexicon.weak_genders))
        best = max(range(len(chances)), key=chances.__getitem__)
        speaker = self._speaks_on(pronoun, candidates)
        if speaker is not None:
            best, chances[speaker] = speaker, max(chances[speaker], _SPEAKS_ON)
        if best == len(candidates):
            self._last[pronoun.gender] = pronoun.place, None
            return None
        chain = candidates[best].chain
        pronoun.place.chain = chain
        self._recent.add(pronoun.place)
        candidate = self._recent.get(chain)
        assert candidate is not None
        if candidate.gender is None and chances[best] > 0.6:
            candidate.gender = pronoun.gender
        self._last[pronoun.gender] = pronoun.place, candidate
        return Resolved(i, i + 1, "pronoun", chain, round(chances[best], 3)) if chain.names else None

    def _speaks_on(self, pronoun: Pronoun, candidates: list[Candidate]) -> int | None:
        """Who spoke last speaks on: "“…,” he said." behind "“…,” said John Roe, who met Bill Poe."."""
        place = pronoun.place
        if not place.speaks or place.quotation >= 0 or self._quotation_before(place) < 0:
            return None
        spoke = [i for i, one in enumerate(candidates) if one.spoke >= 0]
        last = max(spoke, key=lambda i: candidates[i].spoke, default=None)
        if last is None or not candidates[last].chain.names:
            return None
        since = candidates[last].spoke
        others = (one.last for one in candidates if one is not candidates[last])
        acted = any(
            m.role <= PASSIVE and since < m.start < place.start and not self._is_told_by(m, since) for m in others
        )
        return None if acted else last

    def _is_told_by(self, mention: Place, spoke: int) -> bool:
        """Whether somebody acts only within what the speaker's sentence tells: "said Roe, who agreed that Poe won"."""
        same = self._words.sentence[mention.start] == self._words.sentence[spoke]
        return same and bool(self._syntax.above(mention.clause))

    def _without_named(self, pronoun: Pronoun, candidates: list[Candidate]) -> list[Candidate]:
        """Who speaks is nobody whom the quotation names: of "“Roe is right,” he said" not Roe."""
        place = pronoun.place
        if not place.speaks or place.quotation >= 0:
            return candidates
        said = self._quotation_before(place)
        return [
            one
            for one in candidates
            if one.last.quotation < 0 or (one.last.quotation != said and one.last.start < place.start)
        ]

    def _quotation_before(self, place: Place) -> int:
        """The quotation that ends a few words before it, on its line; -1 where none does."""
        words = self._words
        before = range(max(0, place.start - 4), place.start)
        return next((words.quotation[i] for i in before if words.quoted[i] and words.line[i] == place.line), -1)

    def _pronoun(self, i: int) -> Pronoun:
        words, syntax = self._words, self._syntax
        lower = words.lowers[i]
        place = self._place(_NOBODY, i, i + 1, "pronoun")
        owned = syntax.owned(place.token)
        if lower.endswith("self"):
            form = SELF_FORM
        elif lower in {"he", "she"}:
            form = SUBJECT_FORM
        else:
            owner = words.tags[i] == "PRP$" or owned is not None or lower == "hers"
            form = OWNER_FORM if owner and lower != "him" else OBJECT_FORM
        kind = 0
        if form == OWNER_FORM and owned is not None:
            noun = words.lowers[min(words.first_word[owned], len(words) - 1)]
            kind = 1 if noun in self._lexicon.relatives else 2 if noun in self._lexicon.person_heads else 0
        above = syntax.above(place.token)
        gender = GENDERS[lower]
        fronted = self._fronted(place)
        return Pronoun(
            place, form, gender, above, -1 if owned is None else owned, kind, self._last.get(gender), fronted
        )

    def _fronted(self, place: Place) -> bool:
        """Whether it stands in a clause that comes before the predicate on which that hangs."""
        above = self._syntax.above(place.clause)
        return bool(above) and above[0] > place.token

    def _candidates(self, pronoun: Pronoun) -> list[Candidate]:
        place = pronoun.place
        found: list[Candidate] = []
        for one in islice(self._recent.backwards(), 3 * _MOST):
            if place.sentence - one.last.sentence > _SENTENCES or len(found) == _MOST:
                break
            if not _conflicts(one.chain, pronoun):
                found.append(one)
        ahead = 0
        at = bisect_right(self._people, place.start, key=lambda name: name.start)
        known = {id(one.chain) for one in found}
        for name in self._people[at : at + _MOST]:
            if name.start - place.start > _WORDS_AHEAD or ahead == _AHEAD:
                break
            chain = self._chains[id(name)]
            if id(chain) not in known and not _conflicts(chain, pronoun):
                known.add(id(chain))
                ahead += 1
                seen = self._recent.get(chain)
                later = self._place(chain, name.start, name.end, "name")
                found.append(Candidate(chain, later) if seen is None else replace(seen, last=later))
        return found

    def _stranger(self, i: int) -> Resolved | None:
        """Note somebody without a name; the description of a person, where it can only be that."""
        words, board = self._words, self._board
        if i + 1 < len(words) and (words.tags[i + 1] in {"NN", "NNS"} or words.texts[i + 1] == "-"):
            return None
        name = board.at(i + 1) if i + 1 < len(words) else None
        if name is not None and name.label == PERSON:
            return None
        at = i
        while at and i - at < 5 and board.at(at - 1) is None and words.tags[at - 1] in _MODIFIERS:
            at -= 1
        before = words.lowers[at - 1] if at else ""
        noun = words.lowers[i]
        introduced = (
            OWNED
            if before in _OWNERS or words.lowers[at] in POSSESSIVES
            else INDEFINITE
            if before in _INDEFINITE
            else DEFINITE
            if before in {"the", "this", "that"}
            else BARE
        )
        chain = self._strangers.get(noun)
        if chain is None and introduced == DEFINITE and not words.quoted[i]:
            described = self._described(at - 1, i)
            if described is not None:
                self._recent.add(self._place(described.chain, at - 1, i + 1, "noun"))
                return described
        if chain is None or introduced in {INDEFINITE, OWNED}:
            gender = "m" if noun in _MEN | _MASCULINE else "f" if noun in _WOMEN | _FEMININE else None
            chain = self._strangers[noun] = Stranger(PERSON, gender=gender, introduced=introduced)
        self._recent.add(self._place(chain, at, i + 1, "noun"))
        return None

    def _described(self, start: int, noun: int) -> Resolved | None:
        """Of "The lawyer left": the only person of this sentence and the one before, if they act and nobody is a lawyer yet."""
        words = self._words
        title = title_ending_at(words, self._lexicon, noun + 1)
        if title is None or title[2] != "occupation" or title[0] != start + 1:
            return None
        near = [
            one
            for one in islice(self._recent.backwards(), _MOST)
            if one.last.sentence >= words.told[start] - 1 and one.chain.label == PERSON
        ]
        acts = words.is_subject(start, noun + 1)
        if len(near) != 1 or not acts or not near[0].chain.names or near[0].last.role > PASSIVE:
            return None
        return Resolved(start, noun + 1, "description", near[0].chain, _DESCRIBED, title[1])

    def _place(self, chain: Chain, start: int, end: int, kind: Kind) -> Place:
        words, syntax = self._words, self._syntax
        token = syntax.head_of(start, end)
        before = words.lowers[start - 1] if start else ""
        if start > 1 and before in {"the", "a", "an", "his", "her"}:
            before = words.lowers[start - 2]
        return Place(
            chain,
            start,
            end,
            kind,
            token,
            syntax.role(token),
            syntax.clause(token),
            len(syntax.above(token)),
            syntax.listed(token),
            words.told[start],
            words.line[start],
            words.quotation[start],
            speaks(words, start, end),
            _BEFORE.get(before, 0),
        )


_NOBODY = Chain(PERSON)


def _conflicts(chain: Chain, pronoun: Pronoun) -> bool:
    """Whether a title, a role or the given name says that it is not he, or not she."""
    return chain.gender is not None and chain.gender != pronoun.gender


def _could_be_somebody(words: Words, name: Name, chain: Chain) -> bool:
    """A person; or a name that the model took for a place's or organisation's, that no list knows, and that nowhere
    stands as only those do: "in Albany", "the Guardian".
    """
    if chain.label == PERSON:
        return True
    before = words.lowers[name.start - 1] if name.start else ""
    other = chain.label in {LOC, ORG} and chain.key is None and " " not in chain.full
    return other and before not in _PLACED and before not in {"the", "between", "at"}


def speaks(words: Words, start: int, end: int) -> bool:
    """Whether the words are the subject of a verb of speech, by the parse or because they stand beside one."""
    if start and words.lowers[start - 1] in _SPEECH - _WITH_HEARERS:
        return True
    if end < len(words) and words.lowers[end] in _SPEECH:
        return True
    return any(verb in _SPEECH for verb in words.verbs_of(start, end))
