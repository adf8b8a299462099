"""Train the network that finds sentence starts: stage ``sentences``.

It reads the vectors of the network that tags and parses, which stay as they are. So that a full stop is not all that it
looks for, it reads each text a second time with a quarter of the stops left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from settings import SentenceSettings
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from student import rate
from thinc.api import Adam, Model, set_dropout_rate, use_ops

import copydesk_english.sentences  # noqa: F401  # registers the component

Vectors = NDArray[np.float32]
Text = tuple[Vectors, NDArray[np.float32]]
NAME = "sentences"


def train_sentence_starts(
    nlp: Language, docs: Sequence[Doc], dev: Sequence[Doc], out: Path, settings: SentenceSettings, seed: int
) -> None:
    """Train on ``docs``, print what several settings of sureness give on ``dev``, and write ``nlp`` with the component.

    ``nlp`` tags and parses; the component is put before its parser.
    """
    fix_random_seed(seed)
    with use_ops("numpy", use_blis=False):
        component = nlp.add_pipe("copydesk_sentences", NAME, before="parser", config=settings.component())
        head = component.model.layers[1]
        texts = [text for text in vectors(nlp, docs) if len(text[0]) > 1]
        head.initialize(X=[rows for rows, _ in texts[:10]], Y=[starts for _, starts in texts[:10]])
        _fit(head, texts, settings, random.Random(seed))
    for surely, surely_not in settings.tried:
        component.cfg = {"surely": surely, "surely_not": surely_not}
        scores = nlp.evaluate([_raw(nlp, doc) for doc in dev])
        shown = "  ".join(f"{name} {100 * scores[name]:.2f}" for name in ("sents_f", "dep_uas", "dep_las"))
        print(f"surely {surely} surely not {surely_not}: {shown}", flush=True)
    component.cfg = {"surely": settings.surely, "surely_not": settings.surely_not}
    nlp.to_disk(out)


def vectors(nlp: Language, docs: Sequence[Doc]) -> Iterator[Text]:
    """For each Doc the vectors of its words, of shape (words, width), and whether a sentence begins there: (words, 1)."""
    tok2vec = nlp.get_pipe("tok2vec")
    for doc in docs:
        plain = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        starts = [float(token.i == 0 or token.is_sent_start is True) for token in doc]
        yield tok2vec.predict([plain])[0], np.array(starts, dtype="float32")[:, None]


def _fit(head: Model[Any, Any], texts: list[Text], settings: SentenceSettings, rng: random.Random) -> None:
    optimizer = Adam(settings.learn_rate, beta2=0.999, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    batches = list(_batches(texts, settings, rng))
    lost, words = 0.0, 0
    for step, batch in enumerate(batches):
        optimizer.learn_rate = settings.learn_rate * rate(step, len(batches), settings.warmup)
        set_dropout_rate(head, settings.dropout)
        found, backprop = head.begin_update([rows for rows, _ in batch])
        # The derivative of the cross entropy by what comes before the sigmoid is the difference; thinc's layer multiplies
        # by the sigmoid's own, which is taken out here.
        gradients = []
        for p, (_, starts) in zip(found, batch, strict=True):
            sure = np.clip(p, 1e-4, 1 - 1e-4)
            gradients.append((sure - starts) / (sure * (1 - sure)) / settings.batch_words)
            lost -= float(np.log(np.where(starts > 0, sure, 1 - sure)).sum())
            words += len(starts)
        backprop(gradients)
        head.finish_update(optimizer)
        if (step + 1) % 500 == 0:
            print(f"step {step + 1} of {len(batches)} loss {lost / words:.4f}", flush=True)
            lost, words = 0.0, 0


def _batches(texts: list[Text], settings: SentenceSettings, rng: random.Random) -> Iterator[list[Text]]:
    batch: list[Text] = []
    size = 0
    for _ in range(settings.epochs):
        rng.shuffle(texts)
        for text in texts:
            batch.append(text)
            size += len(text[0])
            if size >= settings.batch_words:
                yield batch
                batch, size = [], 0


def _raw(nlp: Language, doc: Doc) -> Example:
    """The text as it comes, cut by the pipeline's own tokenizer."""
    return Example(nlp.make_doc(doc.text), doc)
