"""White space of any kind is white space: a no-break space between two words changes nothing."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from copydesk import Context
from copydesk_quotes.component import Quotes, QuotesConfig
from copydesk_quotes.reading.tree import Tree
from copydesk_quotes.rules.frames import frames_of

# Word, head (its number among the words), label, tag, part of speech, lemma.
SENTENCES = {
    "according to": (
        """
        The 1 det DT DET the
        bridge 3 nsubj:pass NN NOUN bridge
        is 3 aux:pass VBZ AUX be
        closed 3 ROOT VBN VERB close
        according 6 case VBG VERB accord
        to 4 fixed IN ADP to
        Anna 3 obl NNP PROPN Anna
        . 3 punct . PUNCT .
        """,
        [("Anna", "according to", "The bridge is closed")],
    ),
    "pointed out": (
        """
        Anna 1 nsubj NNP PROPN Anna
        pointed 1 ROOT VBD VERB point
        out 1 compound:prt RP ADP out
        that 5 mark IN SCONJ that
        it 5 nsubj PRP PRON it
        rained 1 ccomp VBD VERB rain
        . 1 punct . PUNCT .
        """,
        [("Anna", "pointed out", "that it rained")],
    ),
}

COMPLAINED = """
Anna 1 nsubj NNP PROPN Anna
complained 1 ROOT VBD VERB complain
because 5 case IN ADP because
of 2 fixed IN ADP of
the 5 det DT DET the
plan 1 obl NN NOUN plan
. 1 punct . PUNCT .
"""


def parsed(vocab, rows, space):
    """The parse of a sentence; a space that is not the plain one is a token, as it is for a tokenizer."""
    width = 1 if space == " " else 2
    words, heads, deps, tags, pos, lemmas = [], [], [], [], [], []
    for number, (word, head, dep, tag, part, lemma) in enumerate(rows):
        if number and width == 2:
            words.append(space)
            heads.append(width * (number - 1))
            deps, tags, pos, lemmas = [*deps, "dep"], [*tags, "_SP"], [*pos, "SPACE"], [*lemmas, space]
        words.append(word)
        heads.append(width * int(head))
        deps, tags, pos, lemmas = [*deps, dep], [*tags, tag], [*pos, part], [*lemmas, lemma]
    spaces = [width == 1] * len(words)
    return Doc(vocab, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u3000"])
@pytest.mark.parametrize("name", SENTENCES)
def test_rules_read_over_white_space(name, space, blank, on_page):
    table, expected = SENTENCES[name]
    doc = parsed(blank.vocab, [line.split() for line in table.strip().splitlines()], space)
    quotes = Quotes(QuotesConfig(engine="rules", minimum_confidence=0.1))
    quotes.setup(Context())
    document = on_page(doc.text, doc)

    def text(spans):
        return " … ".join(document.text_of(span).replace(space, " ") for span in spans)

    found = [(text(quote.source), text(quote.cue), text(quote.content)) for quote in quotes.process(document)]
    assert found == expected


def test_a_preposition_of_two_words_is_no_part_of_the_content(blank, on_page):
    doc = parsed(blank.vocab, [line.split() for line in COMPLAINED.strip().splitlines()], "\u00a0")
    tree = Tree(on_page(doc.text, doc).parse)
    [frame] = frames_of(tree, tree.texts.index("complained"))
    [(first, last)] = frame.content
    assert (frame.name, [word for word in tree.texts[first:last] if not word.isspace()]) == (
        "because of",
        ["the", "plan"],
    )
