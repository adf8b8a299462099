"""A spaCy parse made by rule: enough for a component to have something to read, and no model."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from copydesk.parsing import SharedParse

Scheme = Literal["ud", "spacy"]
"""Whose names dependency and entity labels have: Universal Dependencies, or spaCy's own English models."""

LAYERS = frozenset({"tag", "pos", "lemma", "dep", "sents", "ents"})
"""What the toy parse can hold; spaCy computes all else from these."""

LONGEST_SENTENCE = 60
"""In tokens; a text without full stops has sentences of so many."""

_CLASSES = {
    "DET": ("DT", "a an the this that these those"),
    "PRON": ("PRP", "i you he she it we they him her them who"),
    "ADP": ("IN", "in on at of to by for from with after before under over about against"),
    "CCONJ": ("CC", "and or but"),
    "AUX": ("VBZ", "is are was were be been has have had will would can could"),
    "VERB": ("VBD", "said says say told tell tells added adds went go goes found find made makes met meets"),
}
_CLASS_OF = {word: (pos, tag) for pos, (tag, words) in _CLASSES.items() for word in words.split()}
_LEMMAS = {
    **dict.fromkeys(("said", "says"), "say"),
    **dict.fromkeys(("told", "tells"), "tell"),
    **dict.fromkeys(("added", "adds"), "add"),
    **dict.fromkeys(("went", "goes"), "go"),
    **dict.fromkeys(("found", "finds"), "find"),
    **dict.fromkeys(("made", "makes"), "make"),
    **dict.fromkeys(("met", "meets"), "meet"),
    **dict.fromkeys(("is", "are", "was", "were", "been"), "be"),
    **dict.fromkeys(("has", "had"), "have"),
    "would": "will",
    "could": "can",
    "an": "a",
    "him": "he",
    "her": "she",
    "them": "they",
}
_STOPS = frozenset(".!?…")

_LABELS: dict[Scheme, dict[str, str]] = {
    "ud": {"subject": "nsubj", "object": "obj", "case": "case", "oblique": "obl", "root": "root", "space": "dep"},
    "spacy": {"subject": "nsubj", "object": "dobj", "case": "prep", "oblique": "pobj", "root": "ROOT", "space": "dep"},
}
_ENTITY_LABELS: dict[Scheme, tuple[str, ...]] = {
    "ud": ("PERSON", "ORG", "LOC", "NORP"),
    "spacy": ("PERSON", "ORG", "GPE", "FAC"),
}


@cache
def toy_tokenizer() -> SharedParse:
    """The tokenizer of toy parses; one for the whole process."""
    return new_tokenizer()


def new_tokenizer() -> SharedParse:
    """A tokenizer with a vocabulary of its own, as each lane of a pipeline has one."""
    from copydesk.parsing import SharedParse

    return SharedParse("blank:en", {})


def toy_parse(
    text: str, *, scheme: Scheme = "ud", layers: Collection[str] = LAYERS, tokenizer: SharedParse | None = None
) -> Doc:
    """The text as spaCy's English tokenizer splits it, annotated by these rules.

    * A few function words and verbs of speaking have their part of speech and lemma; another word is PROPN
      when it is capitalised, NUM when it has a digit, PUNCT or SPACE, or else NOUN.
    * A sentence ends after a full stop, question or exclamation mark, or after 60 tokens.
    * Its root is its first verb, or else its first word. The noun next before the root is its
      subject, the first after it its object; a determiner hangs on the word after it, a noun after
      a preposition on that preposition's other side or on the preposition (as `scheme` has it);
      all else hangs on the root.
    * Capitalised words in a row are an entity, but for a single one at the head of a sentence; its
      label depends on its length.

    It is the same for the same text, and its cost is linear. It is no analysis of English: a test
    of what a component finds should bring its own `Doc`.

    Args:
        text: at most 1,000,000 code points, as for every spaCy parse.
        scheme: "ud" has the labels of Universal Dependencies (obj, obl) and PERSON, ORG, LOC, NORP;
            "spacy" those of spaCy's own English models (dobj, pobj; GPE, FAC).
        layers: which of tag, pos, lemma, dep, sents, ents it has.
        tokenizer: whose vocabulary it has; by default one that all toy parses share.
    """
    from spacy.tokens import Doc

    tokens = (tokenizer or toy_tokenizer()).tokenize(text)
    words, spaces = [], []
    for token in tokens:
        words.append(token.text)
        spaces.append(bool(token.whitespace_))
    classes = [_class_of(word) for word in words]
    starts = _sentence_starts(words)
    heads, deps = _dependencies([pos for pos, _ in classes], starts, _LABELS[scheme])
    first = set(starts)
    annotation: dict[str, list[object]] = {}
    if "tag" in layers:
        annotation["tags"] = [tag for _, tag in classes]
    if "pos" in layers:
        annotation["pos"] = [pos for pos, _ in classes]
    if "lemma" in layers:
        annotation["lemmas"] = [_LEMMAS.get(word.lower(), word.lower()) for word in words]
    if "dep" in layers:
        annotation["heads"], annotation["deps"] = list(heads), list(deps)
    elif "sents" in layers:
        annotation["sent_starts"] = [number in first for number in range(len(words))]
    if "ents" in layers:
        annotation["ents"] = list(_entities([pos for pos, _ in classes], first, _ENTITY_LABELS[scheme]))
    # spaCy's stubs want one exact type for each keyword.
    return Doc(tokens.vocab, words=words, spaces=spaces, **annotation)  # type: ignore[arg-type]


@lru_cache(10_000)
def _class_of(word: str) -> tuple[str, str]:
    if word.isspace():
        return "SPACE", "_SP"
    if known := _CLASS_OF.get(word.lower()):
        return known
    if any(char.isdigit() for char in word):
        return "NUM", "CD"
    if not any(char.isalnum() for char in word):
        return "PUNCT", word if word in {",", ".", ":"} else "."
    return ("PROPN", "NNP") if word[0].isupper() else ("NOUN", "NN")


def _sentence_starts(words: list[str]) -> list[int]:
    starts: list[int] = []
    start = 0
    for number, word in enumerate(words):
        if number == start:
            starts.append(number)
        following = words[number + 1] if number + 1 < len(words) else ""
        closed = word[-1] in _STOPS and not (following and all(char in "\"'”’)]" for char in following))
        closed = closed or (word in {'"', "”", "’", ")", "]"} and number > start and words[number - 1][-1] in _STOPS)
        if closed or number - start + 1 >= LONGEST_SENTENCE:
            start = number + 1
    return starts


def _dependencies(pos: list[str], starts: list[int], labels: dict[str, str]) -> tuple[list[int], list[str]]:
    heads = [0] * len(pos)
    deps = ["dep"] * len(pos)
    for start, end in pairwise([*starts, len(pos)]):
        inside = range(start, end)
        verbs = [number for number in inside if pos[number] == "VERB"]
        words = [number for number in inside if pos[number] not in {"PUNCT", "SPACE"}]
        root = (verbs or words or [start])[0]
        nouns = [number for number in words if pos[number] in {"NOUN", "PROPN", "PRON"} and number != root]
        subject = max((number for number in nouns if number < root), default=None)
        target = min((number for number in nouns if number > root), default=None)
        for number in inside:
            heads[number] = root
            deps[number] = {"PUNCT": "punct", "SPACE": labels["space"], "CCONJ": "cc", "AUX": "aux"}.get(
                pos[number], "dep"
            )
            before = pos[number - 1] if number > start else ""
            after = pos[number + 1] if number + 1 < end else ""
            if number == subject:
                deps[number] = labels["subject"]
            elif number == target and before != "ADP":
                deps[number] = labels["object"]
            elif pos[number] == "DET" and after in {"NOUN", "PROPN"}:
                heads[number], deps[number] = number + 1, "det"
            elif pos[number] == "ADP":
                if labels["case"] == "case" and after in {"NOUN", "PROPN", "PRON"} and number + 1 != root:
                    heads[number] = number + 1
                deps[number] = labels["case"]
            elif before == "ADP" and pos[number] in {"NOUN", "PROPN", "PRON"}:
                if labels["case"] == "prep" and number - 1 != root:
                    heads[number] = number - 1
                deps[number] = labels["oblique"]
        heads[root], deps[root] = root, labels["root"]
    return heads, deps


def _entities(pos: list[str], first: set[int], labels: tuple[str, ...]) -> list[str]:
    tags = ["O"] * len(pos)
    number = 0
    while number < len(pos):
        end = number
        while end < len(pos) and pos[end] == "PROPN" and end - number < len(labels):
            end += 1
        if end - number > 1 or (end > number and number not in first):
            label = labels[(end - number) % len(labels)]
            tags[number:end] = [f"B-{label}", *[f"I-{label}"] * (end - number - 1)]
        number = max(end, number + 1)
    return tags
