"""Whether a story speaks of a time as past or to come: by the verb that governs it, or the words around it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import Literal

from copydesk_numbers.language.pack import Language
from copydesk_numbers.tape.classes import CLASSES, in_set
from copydesk_numbers.tape.tape import Tape
from copydesk_numbers.times.moments import Moment
from copydesk_numbers.times.rules import Stretch
from copydesk_numbers.values import Parse

_C = CLASSES
_OF, _TO, _FOR, _BEFORE, _COMMA = _C["of"], _C["to"], _C["for"], _C["before"], _C["comma"]
When = Literal["past", "future", "soon", "nearest"]
"""Soon: of a plan or timetable, as the day of the story itself may be. Nearest: of what was planned, and may have been or be to come."""
_STEPS = 8  # from an expression up to its verb
_WITHIN, _BEHIND, _BEHIND_FRONT = 18, 8, 14  # words before and behind an expression in which a verb may govern it
_PHRASE = 9  # words of a noun phrase before a time in it: "ahead of the state's contest on Sunday"
_OBJECT = 4  # words from a verb of asking to its infinitive: "urged the five men to vote"
_ASKED, _ASKED_FAR = 12, 7  # words from such an infinitive to its day, or to its month: "to vote for him on Sunday"
_LENGTHS = in_set("anyperiod") | {_C["duration"]}
_ASIDES = frozenset(("\N{EM DASH}", "\N{EN DASH}"))
_LONGEST_ASIDE = 24  # words between two dashes
_ARTICLES = frozenset((_C["a"], _C["the"]))
_IN_PHRASE = frozenset(_C[name] for name in ("plain", "s", "quote", "dash"))
_PREPOSITIONS = frozenset(_C[name] for name in ("on", "in", "at", "by"))
_NO_WISH = frozenset((_C["to"], _C["will"], _C["not"]))
_SENTENCE_ENDS = frozenset((_C["dot"], _C["break"], _C["exclaim"], _C["colon"]))
_PRESENT = frozenset(("VBZ", "VBP"))
_PRESENT_HELPERS = _PRESENT | {"MD"}
_HELPERS = frozenset(("aux", "auxpass", "aux:pass", "cop", "mark"))
_ASIDE = 6  # words from a verb of speech to its time: "said in an interview Sunday"
_NEXT = 2  # words from a verb to its time: "said on Monday", "scheduled for Sunday"
_FRONT = 2  # words from the start of a sentence to a time that opens it
_SHORTEST_PAST = 3  # letters that are too few for an ending of the past: "bed"
_WEAK, _WEAK_FAR = 8, 12  # words within which a participle says something of a day, or, before it, of a month


_OF_CUES = (
    "modals", "conditions", "future_verbs", "planned", "refused", "scheduled_verbs", "preparing", "speech_verbs", "perfect_helpers", "past_verbs",
    "before_infinitives",
)  # fmt: skip


@cache
def _cues(language: Language) -> frozenset[str]:
    """The words that may say when something is, beside participles."""
    return frozenset().union(*map(language.group, _OF_CUES))


def _is_possessor(tape: Tape, index: int) -> bool:
    """Whether a time has something: the Tuesday of "Tuesday's vote"."""
    return tape.class_at(index + 1) == _C["quote"] and tape.class_at(index + 2) == _C["s"]


def belongs(tape: Tape, index: int) -> bool:
    """Whether a time is part of what a noun behind it names: "the November ballot"."""
    noun = tape.class_at(index + 1) == _C["plain"] and not tape.is_in(index + 1, "stop")
    return noun and tape.is_in(index - 1, "articles")


class Tense:
    """Says when the event of a time expression is: by the words near it, and by the verb that governs it where those say nothing.

    Args:
        language: its groups `future_verbs`, `past_verbs`, `scheduled_verbs`, `planned`, `conditions`, `before_infinitives` …
        parse: of the text, where there is one.
    """

    def __init__(self, language: Language, parse: Parse | None) -> None:
        self._language = language
        self._parse = parse
        self._cues = _cues(language)
        self._passive = language.group("passive_infinitives")
        self._since = language.group("since")
        self._openers = language.group("clause_openers")
        self._endings = language.past_endings

    def of(self, tape: Tape, index: int) -> When | None:
        """Past or future; None where nothing says it."""
        before = index - 2 if tape.class_at(index - 1) == _C["the"] else index - 1
        opening = tape.written(index, index + 1).partition(" ")[0].lower()
        if tape.is_in(before, "since") or opening in self._since:
            return "past"  # "since the September vote", "since September"
        thing = tape.things[index]
        far = isinstance(thing, Moment) and thing.weekday is None
        toward = self._goes_to(tape, index)
        if toward == "event" or (toward == "time" and far):
            return "future"
        if toward in ("plan", "timetable") and not far:
            return "nearest" if toward == "plan" else "soon"
        if toward == "apart":
            return None
        found = self._by_words(tape, index, far=far)
        if found is None and (toward is not None or (isinstance(thing, Stretch) and thing.start is None)):
            return "future"  # "before Tuesday's vote", "going into Tuesday's vote": what has passed says so
        if found is None and self._parse is not None:
            return self._by_parse(self._parse, tape.starts[index], tape, far=far)
        return found

    @staticmethod
    def _goes_to(tape: Tape, index: int) -> Literal["event", "time", "plan", "timetable", "apart"] | None:
        """Whether a preposition looks forward to a time, or to the event that has it: "ahead of the state's vote on Sunday".

        Apart: what is said before "days before the vote on Sunday" is of another time.
        """
        at = index - 1
        if tape.class_at(at) == _C["the"]:
            at -= 1
        if tape.is_in(at, "towards"):
            return "time"
        if tape.class_at(at) == _FOR and any(
            tape.is_in(k, "preparing") or tape.is_in(k, "qualifying") for k in range(at - 1, at - 1 - _OBJECT, -1)
        ):
            return "event"  # "prepare for Tuesday's debate"
        if tape.class_at(at) == _FOR and _is_possessor(tape, index):
            return "plan"  # "recorded for Sunday's show"
        at = index - 2 if tape.class_at(index - 1) in _PREPOSITIONS else index - 1
        for k in range(at, max(-1, at - _PHRASE), -1):
            char = tape.classes[k]
            if tape.is_in(k, "coming"):
                return "event"  # "the looming contest in July"
            if tape.is_in(k, "planned") and tape.class_at(k - 1) in _ARTICLES:
                return "timetable"  # "a planned rally on Saturday"
            if char == _BEFORE and tape.class_at(k - 1) in _LENGTHS:
                return "apart"
            if char == _OF:
                return "event" if tape.is_in(k - 1, "ahead_of") else None
            if char == _TO and tape.class_at(k - 1) == _C["up"]:
                before = k - 3 if tape.class_at(k - 2) == _C["dash"] else k - 2
                return "event" if tape.is_in(before, "up_to_events") else None
            if (char not in _IN_PHRASE or tape.is_in(k, "stop")) and not tape.is_in(k, "articles"):
                return None
        return None

    # ------------------------------------------------------------------ with a parse

    def _by_parse(self, parse: Parse, start: int, tape: Tape, *, far: bool) -> When | None:
        first = token = bisect_right(parse.starts, start) - 1
        if token >= 0 and self._is_timetable(parse, parse.heads[token], tape):
            return "soon"
        for _ in range(_STEPS):
            if token < 0:
                return None
            if parse.tags[token][:2] == "VB":
                when = self._tense(parse, token, tape)
                if when is None and self._is_present(parse, token):
                    ahead = far and token < first and parse.heads[first] == token
                    return "future" if ahead else None  # "it does not give them an edge in November"
                if when is not None:
                    return when
            head = parse.heads[token]
            if head == token:
                return None
            token = head
        return None

    def _is_timetable(self, parse: Parse, head: int, tape: Tape) -> bool:
        """Whether a time hangs on a verb in the present that is none of speech: "if he wins the caucus Monday"."""
        if parse.tags[head] == "IN":
            head = parse.heads[head]  # spaCy's own labels put the preposition between
        if parse.tags[head] == "VBG":
            return self._is_present(parse, head)  # "she is holding a rally on Friday"
        word = tape.text[parse.starts[head] : parse.ends[head]].lower()
        return parse.tags[head] in _PRESENT and not any(
            word in self._language.group(group) for group in ("speech_verbs", "perfect_helpers", "states")
        )

    @staticmethod
    def _is_present(parse: Parse, verb: int) -> bool:
        """Whether a verb or its helper is in the present or modal: "gives", "does not give", "is giving", "could give"."""
        helped = any(
            parse.heads[k] == verb and parse.tags[k] in _PRESENT_HELPERS and parse.labels[k] in _HELPERS
            for k in range(max(0, verb - _STEPS), verb)
        )
        return parse.tags[verb] in _PRESENT or helped

    def _tense(self, parse: Parse, verb: int, tape: Tape) -> When | None:
        """The tense of a verb with its helpers: "will meet", "is expected to meet", "had met"."""
        helpers = [
            tape.text[parse.starts[k] : parse.ends[k]].lower()
            for k in range(max(0, verb - _STEPS), verb)
            if parse.heads[k] == verb and parse.labels[k] in _HELPERS
        ]
        if any(word in self._language.group("future_verbs") for word in helpers):
            return "future"
        tag = parse.tags[verb]
        if tag == "VB" and any(word in self._language.group("infinitive") for word in helpers):
            head = parse.lemmas[parse.heads[verb]].lower()
            return "soon" if head in self._language.group("before_infinitives") else None
        if tag == "VBD" or any(word in self._language.group("past_helpers") for word in helpers):
            return "past"
        if tag == "VBN" and not helpers:
            return "past"
        return None

    # ------------------------------------------------------------------ by the words

    @staticmethod
    def is_spoken(tape: Tape, index: int) -> bool:
        """Whether something is said at a time: "said in an interview Sunday", "On Friday, he told"."""
        for step in (-1, 1):
            for at in range(index + step, index + step * (_ASIDE + 1), step):
                if tape.class_at(at) in _SENTENCE_ENDS:
                    break
                if tape.is_in(at, "of_speech"):
                    return True
        return False

    def _by_words(self, tape: Tape, index: int, *, far: bool) -> When | None:
        """The nearest verb before an expression in its sentence, or else the first one behind it.

        Conditions and wishes say something of what is `far`, as months are; a weekday near them is most often past.
        """
        words, classes = tape.words, tape.classes
        fronted = index < _FRONT or any(
            classes[at] in _SENTENCE_ENDS or words[at] in self._openers for at in range(index - _FRONT, index)
        )
        for at in range(index - 1, max(-1, index - 1 - _WITHIN), -1):
            ends = (classes[at] in _SENTENCE_ENDS and not tape.glued(at + 1)) or words[at] == ";"
            if ends or (words[at] in self._openers and self._opens(tape, at)):
                fronted = fronted or tape.class_at(at + 1) in _PREPOSITIONS  # "On the eve of a vote in March, he spoke"
                break
            if at == 0:
                fronted = fronted or classes[at] in _PREPOSITIONS
            when = self._of_word(tape, at, index - at, far=far) if self._may_tell(tape, at) else None
            if when is not None:
                return when
        if not fronted and self._ends_before(tape, index):
            return None
        aside = -1
        for at in range(index + 1, min(len(words), index + 1 + (_BEHIND_FRONT if fronted else _BEHIND))):
            if classes[at] in _SENTENCE_ENDS and not tape.is_in(at - 1, "titles"):
                break
            if fronted and at > aside and words[at] in _ASIDES:
                aside = self._aside(tape, at)
            if at < aside:
                continue  # "On Monday, Lee - who had backed Roe - will speak"
            if not fronted and (classes[at] == _COMMA or words[at] in self._openers):
                break
            if not self._may_tell(tape, at):
                continue
            if fronted and self._is_main_past(tape, at):
                return "past"
            if fronted and tape.class_at(index + 1) != _C["quote"] and self._is_scheduled(tape, at):
                return "soon"  # "On Tuesday, Democrats vote"
            when = self._of_word(tape, at, index - at, far=far)
            if when is not None:
                return self._of_subject(tape, index, when, far=far, fronted=fronted)
        return None

    @staticmethod
    def _aside(tape: Tape, at: int) -> int:
        """Where what is said between two dashes ends; the first dash where there is no second one."""
        for k in range(at + 1, min(len(tape.words), at + _LONGEST_ASIDE)):
            if tape.classes[k] in _SENTENCE_ENDS:
                return at
            if tape.words[k] == tape.words[at]:
                return k
        return at

    @staticmethod
    def _of_subject(tape: Tape, index: int, when: When, *, far: bool, fronted: bool) -> When | None:
        """What a verb says of a time that belongs to a noun before it: little."""
        if not far and when in ("future", "soon") and (not fronted or _is_possessor(tape, index)):
            return (
                "nearest"  # "Tuesday's vote will haunt them", "his speech on Tuesday will": of last Tuesday or the next
            )
        return None if far and when == "past" and belongs(tape, index) else when

    def _may_tell(self, tape: Tape, at: int) -> bool:
        """Whether a word may say when something is; most words of a story say nothing of it."""
        word = tape.words[at]
        if word in self._cues or word.endswith(self._endings) or tape.classes[at] == _TO:
            return True
        return at > 0 and tape.words[at - 1] in self._passive

    @staticmethod
    def _ends_before(tape: Tape, index: int) -> bool:
        """Whether an expression is the end of what comes first: what is said behind "days before Tuesday's vote" is of other times."""
        thing = tape.things[index]
        return isinstance(thing, Stretch) and thing.start is None

    def _is_main_past(self, tape: Tape, at: int) -> bool:
        """Whether the verb of a sentence that a time opens is past, whatever is said or planned: "On Friday, he agreed to go"."""
        if tape.is_in(at, "speech_verbs"):
            return not tape.is_in(at - 1, "future_verbs")
        plan = tape.is_in(at, "before_infinitives") and tape.words[at].endswith(tape.language.past_endings)
        has = any(
            tape.is_in(k, "perfect_helpers") for k in range(at - _OBJECT, at)
        )  # "On Friday, he has a talk planned"
        return plan and not has and not (tape.is_in(at - 1, "before_infinitives") or tape.is_in(at - 1, "past_verbs"))

    @staticmethod
    def _opens(tape: Tape, at: int) -> bool:
        """Whether an opener of clauses is one here: the "that" of "that he came", not of "that number on Monday"."""
        noun = tape.class_at(at) == _C["that"] and tape.class_at(at + 1) == _C["plain"]
        return not (noun and tape.class_at(at + 2) in _PREPOSITIONS)

    def _of_word(self, tape: Tape, at: int, distance: int, *, far: bool) -> When | None:
        """What one word says; `distance` in words, negative behind the expression."""
        if far and tape.is_in(at, "modals") and tape.things[at] is None:
            return "future"
        if far and tape.is_in(at, "conditions"):
            done = any(self._is_done(tape, k) for k in range(at + 1, at + max(distance, 1)))
            return None if done else "future"  # "if it breaks", not "if he managed"
        if tape.is_in(at, "future_verbs") or (0 < distance <= _NEXT and tape.is_in(at, "planned")):
            unreal = tape.is_in(at, "unreal") and tape.is_in(at + 1, "perfect_helpers")
            return None if unreal else "future"  # "would have been"
        if 0 < distance <= _NEXT and tape.is_in(at, "refused") and tape.is_in(at - 1, "negations"):
            return "past"  # "he would not say Tuesday who will pay"
        if self._is_scheduled(tape, at):
            if not 0 < distance <= _WEAK:
                return None
            return "future" if tape.is_in(at - 1, "future_verbs") else "soon"
        if distance > 0 and tape.is_in(at, "preparing") and tape.class_at(at + 1) == _C["for"]:
            return "soon"  # "girding for a fight at the debate Thursday", "prepared for it Thursday"
        if tape.class_at(at) == _C["to"]:
            return self._of_infinitive(tape, at, distance)
        if tape.is_in(at - 1, "passive_infinitives"):
            wish = self._is_done(tape, at) and tape.class_at(at - 2) not in _NO_WISH
            return "soon" if wish and not tape.words[at - 1].endswith(tape.language.participle_endings) else None
        if tape.is_in(at, "speech_verbs"):
            return "past" if -_NEXT <= distance <= _ASIDE else None
        if tape.is_in(at, "perfect_helpers"):
            done = any(tape.words[k : k + 1] and self._is_done(tape, k) for k in (at + 1, at + 2))
            return "past" if done else None
        if tape.is_in(at, "past_verbs"):
            return "past"
        if (
            -_WEAK <= distance <= (_WEAK_FAR if far else _WEAK)
            and self._is_done(tape, at)
            and tape.classes[at] == _C["plain"]
        ):
            return None if tape.is_in(at, "before_infinitives") or self._is_no_verb(tape, at) else "past"
        return None

    def _of_infinitive(self, tape: Tape, at: int, distance: int) -> When | None:
        """What the "to" of an infinitive says by the word that it hangs on."""
        noun = tape.class_at(at + 1) in _ARTICLES or tape.is_in(at + 1, "possessives")
        if noun:
            return None  # "agreed to meet on Monday", not "agreed to a call on Monday"
        if tape.is_in(at - 1, "before_infinitives"):
            past = tape.is_in(at - 1, "planned") and tape.is_in(at - 2, "past_verbs")
            return "nearest" if past else "soon"  # "was scheduled to meet on Monday": it may have met
        if tape.class_at(at - 1) == _C["comma"] and tape.is_in(at + 1, "passive_infinitives"):
            return "future"  # "an address, to be delivered Sunday"
        thing = tape.things[at + distance]
        near = isinstance(thing, Moment) and thing.weekday is not None
        asked = any(tape.is_in(k, "asking") for k in range(at - 1, at - 1 - _OBJECT, -1))
        if not asked or not 0 < distance <= (_ASKED if near else _ASKED_FAR):
            return None
        return "future" if near else "soon"

    @staticmethod
    def _is_scheduled(tape: Tape, at: int) -> bool:
        """Whether a word is the verb of an event in the timetable; not in "Meet the Press", "the vote", "the vote-rich city"."""
        verb = tape.is_in(at, "scheduled_verbs") and tape.written(at, at + 1).islower()
        before = tape.class_at(at - 1) == _C["to"] or tape.is_in(at - 1, "articles")
        return verb and not before and tape.class_at(at + 1) != _C["dash"]

    @staticmethod
    def _is_no_verb(tape: Tape, at: int) -> bool:
        """Whether a participle only looks like a verb: "the wounded", "followed by"."""
        if tape.is_in(at - 1, "present_helpers"):
            return True  # "chances are helped", "is expected"
        return tape.is_in(at - 1, "articles") or (tape.is_in(at, "sequences") and tape.class_at(at + 1) == _C["by"])

    @staticmethod
    def _is_done(tape: Tape, at: int) -> bool:
        """Whether a word looks like a participle or a verb in the past."""
        word = tape.words[at]
        ends = word.endswith(tape.language.past_endings) and len(word) > _SHORTEST_PAST
        return (ends and not tape.is_in(at, "no_participles")) or tape.is_in(at, "past_verbs")
