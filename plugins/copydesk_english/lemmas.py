"""spaCy's rule lemmatizer for English at a fraction of its cost: its rules are asked once for each word form and analysis.

spaCy's class keeps some of its answers, asks its rules again for the others at every token, and never forgets any.
Here all answers are kept, and all forgotten when they become many. Words whose lemma no rule gives, by part of speech ("am" as AUX), are
in a table of their own, :data:`FORMS`; spaCy has such exceptions only for parts of speech that have rules too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc, Token

if TYPE_CHECKING:
    from thinc.types import Ints2d

__all__ = ["FORMS", "FormLemmatizer"]

#: The table of lemmas: part of speech, word in lower case, lemma.
FORMS = "lemma_forms"

#: Distinct forms (word, part of speech, morphology) whose lemmas are kept, about 250 bytes each.
_CACHE_SIZE = 100_000


class FormLemmatizer(EnglishLemmatizer):
    """Gives each token the lemma of the table of forms, or the one that spaCy's class gives; modes are as its documentation has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lemmas: dict[tuple[int, int, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas that are missing (all of them, where ``overwrite`` is set) and return the same object.

        Raises ValueError where tables are missing.
        """
        if not self._validated:
            self._validate_tables()
        if len(self._lemmas) > _CACHE_SIZE:
            self._lemmas.clear()
            self.cache.clear()
        add = doc.vocab.strings.add
        lemmas: list[int] = []
        for i, (orth, pos, morph, there) in enumerate(doc.to_array(["ORTH", "POS", "MORPH", "LEMMA"]).tolist()):
            if there and not self.overwrite:
                lemmas.append(there)
                continue
            form = (orth, pos, morph)
            text = self._lemmas.get(form)
            if text is None:
                text = self._lemmas[form] = self._of_form(doc[i]) or self.lemmatize(doc[i])[0]
            # The string is kept, not its number: spaCy may have forgotten what the number stood for.
            lemmas.append(add(text))
        return doc.from_array(["LEMMA"], cast("Ints2d", np.array(lemmas, dtype="uint64")))

    def _of_form(self, token: Token) -> str | None:
        """The lemma of the table of forms, where there is one."""
        words: dict[str, str] = self.lookups.get_table(FORMS, {}).get(token.pos_, {})
        return words.get(token.lower_)


@Language.factory(
    "copydesk_lemmatizer",
    assigns=["token.lemma"],
    default_config={
        "model": None,
        "mode": "rule",
        "overwrite": False,
        "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"},
    },
    default_score_weights={"lemma_acc": 1.0},
)
def _make_lemmatizer(
    nlp: Language, name: str, model: None, mode: str, overwrite: bool, scorer: Callable[..., Any] | None
) -> FormLemmatizer:
    return FormLemmatizer(nlp.vocab, model, name, mode=mode, overwrite=overwrite, scorer=scorer)
