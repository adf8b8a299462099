"""A story with the marks of a model, so that no test hangs on the weights of one.

`[Jane Roe|PERSON]` is a name that the model found, `word{TAG}` a tag where the small tagger below
would give another.
"""

import re
from functools import cache

import pytest
import spacy
from spacy.tokens import Doc, Span

from copydesk import Context, Document, Quotation
from copydesk_entities.component import Entities, EntitiesConfig

MARK = re.compile(r"\[([^\]|]+)\|([A-Z_]+)\]|\{([A-Z$]+)\}")
SPACY_LABELS = {"LOC": "GPE"}
TAGS = {
    "DT": "the a an this all",
    "IN": "of for at to in with from on by as after before under into about that because against",
    "CC": "and or but",
    "PRP": "he she it they him them we i",
    "PRP$": "his her its their our my",
    "WP": "who",
    "VBZ": "is has says discusses meets serves declines",
    "VBD": "was were had said told met spoke left arrived added discussed declined warned wrote agreed served "
    "became resigned smiled asked replied visited called confirmed won lost opened flew welcomed attended ruled ended thanked sat",
    "VBN": "been appointed elected named retired led backed",
    "VB": "be act wait comment leave",
    "MD": "would will could may",
    "RB": "also not earlier later never now",
    "JJ": "former deputy prime chief foreign military new regional central general senior far-right retired brave local next big",
    "NNS": "officials talks troops remarks rebels police brothers people",
    "CD": "two three",
}
TAG_OF = {word: tag for tag, words in TAGS.items() for word in words.split()}
SUBJECTS = {"ud": ("nsubj", "nsubj:pass"), "spacy": ("nsubj", "nsubjpass")}


@cache
def english():
    return spacy.blank("en")


def tag_of(text, opens):
    lower = text.lower()
    if text in {"'s", "’s", "'", "’"}:
        return "POS"
    if text == "-":
        return "HYPH"
    if not text[:1].isalnum():
        return (
            "_SP"
            if text.isspace()
            else text
            if text in {",", ".", ":", "(", ")"}
            else "``"
            if text in {"“", '"'}
            else "."
        )
    if lower in TAG_OF and (not text[0].isupper() or opens):
        return TAG_OF[lower]
    if text[0].isupper():
        return "NNP"
    if text[0].isdigit():
        return "CD"
    return "NN"


def parsed(marked, scheme="ud"):
    """The Doc of a marked story, in one label scheme or the other."""
    plain, ents, tags, at = [], [], {}, 0
    length = 0
    for match in MARK.finditer(marked):
        before = marked[at : match.start()]
        plain.append(before)
        length += len(before)
        if match[3]:
            tags[length] = match[3]
        else:
            ents.append((length, length + len(match[1]), match[2]))
            plain.append(match[1])
            length += len(match[1])
        at = match.end()
    plain.append(marked[at:])
    text = "".join(plain)
    tokens = english().make_doc(text)
    opens, starts, tagged, deps = True, [], [], []
    for token in tokens:
        starts.append(opens)
        tagged.append(tags.get(token.idx + len(token.text)) or tag_of(token.text, opens))
        opens = token.text in {".", "!", "?"} or "\n" in token.text or (opens and not token.text[0].isalnum())
    for i, tag in enumerate(tagged):
        verb = next((j for j in range(i + 1, min(i + 4, len(tagged))) if tagged[j] != "NNP"), None)
        subject = tag in {"NNP", "PRP", "NN"} and verb is not None and tagged[verb] in {"VBD", "VBZ", "MD"}
        deps.append(SUBJECTS[scheme][i % 2] if subject else "dep")
    heads, root = [], 0
    for i, start in enumerate(starts):
        root = i if start and not (i and starts[i - 1]) else root
        heads.append(root)
    doc = Doc(
        english().vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
        tags=tagged,
        deps=deps,
        heads=heads,
    )
    assert doc.text == text
    labels = SPACY_LABELS if scheme == "spacy" else {}
    spans = [doc.char_span(start, end, label=labels.get(label, label)) for start, end, label in ents]
    assert all(isinstance(span, Span) for span in spans), (marked, ents)
    doc.ents = spans
    return doc


def quotations(text):
    """The quotations of a story whose marks are all in pairs."""
    for match in re.finditer(r'“[^”]*”|"[^"]*"', text):
        yield Quotation(start=match.start(), end=match.end(), inner=(match.start() + 1, match.end() - 1))


def annotated(marked, scheme="ud", *, annotations=(), metadata=None, **settings):
    """A marked story with what the component finds in it."""
    component = Entities(EntitiesConfig(**settings))
    component.setup(Context(nlp=english()))
    doc = parsed(marked, scheme)
    document = Document(doc.text, metadata=metadata).with_doc(doc)
    document = document.with_annotations([*quotations(doc.text), *annotations])
    return document.with_annotations(component.process(document), provides=component.provides)


@pytest.fixture(params=["ud", "spacy"])
def scheme(request):
    """Each label scheme in turn."""
    return request.param


@pytest.fixture
def story():
    """`story(marked, scheme="ud", **settings)` is the annotated document."""
    return annotated
