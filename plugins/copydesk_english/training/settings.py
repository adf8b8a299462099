"""Every number of the recipe, with what is known about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TeacherSettings:
    """Fine-tuning of the encoder: one pass over the gold corpora and the mixture, about 40 minutes of one core."""

    learn_rate: float = 2e-4
    warmup: int = 100
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    batch_pieces: int = 2048
    piece_words: int = 128
    corpus_dropout: float = 0.4
    gold_tail: float = 0.25
    evaluate_every: int = 400


@dataclass(frozen=True)
class SyntaxTeacherSettings:
    """Fine-tuning of the encoder on the treebanks, about 30 minutes of one core."""

    learn_rate: float = 2e-4
    warmup: int = 100
    weight_decay: float = 0.01
    batch_pieces: int = 2048
    piece_words: int = 128
    epochs: int = 4
    evaluate_every: int = 300


@dataclass(frozen=True)
class StudentSettings:
    """Training of a pipeline that ships."""

    steps: int
    select: tuple[str, ...]
    show: tuple[str, ...]
    learn_rate: float = 1e-3
    warmup: int = 200
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_words: int = 1500
    label_docs: int = 100_000
    evaluate_every: int = 500


@dataclass(frozen=True)
class LabelSettings:
    """How the teachers label."""

    piece_words: int = 128
    news_share: float = 0.75
    syntax_words: int = 300
    # The teacher wins over the news corpus's own (automatic) labels from this probability on, and is silent below.
    sure: float = 0.6
    # Share of the texts that are added once more in capitals, as in headlines, with the same names.
    upper_share: float = 0.05
    syntax_text: tuple[str, ...] = ("ner_gmb_train", "ner_wikigold", "ner_crossner_politics", "ner_crossner_literature")


# No selection for names: the dev sets' labels are partly automatic, and the last weights have the smallest rate.
NAMES = StudentSettings(
    steps=9000,
    select=(),
    show=("ents_f", "ents_p", "ents_r"),
    batch_words=1400,
    label_docs=500,
    evaluate_every=1000,
)
# After many rounds over the same news: with more dropout on more of what people labelled, and with more news.
NAMES_TAILS = {
    name: StudentSettings(
        steps=steps,
        select=(),
        show=NAMES.show,
        learn_rate=6e-4,
        warmup=50,
        dropout=dropout,
        batch_words=NAMES.batch_words,
        label_docs=NAMES.label_docs,
        evaluate_every=1000,
    )
    for name, steps, dropout in (("gold", 3000, 0.3), ("news", 4000, 0.1))
}
SYNTAX = StudentSettings(
    steps=6000,
    select=("tag_acc", "dep_uas", "dep_las", "sents_f"),
    show=("tag_acc", "morph_acc", "dep_uas", "dep_las", "sents_f"),
    dropout=0.15,
    batch_words=1500,
)
# Text of news ends nearly every sentence with a full stop. The treebanks' headlines and lists, which don't, come last.
SYNTAX_TAILS = {
    name: StudentSettings(
        steps=steps,
        select=SYNTAX.select,
        show=SYNTAX.show,
        learn_rate=4e-4,
        warmup=50,
        dropout=SYNTAX.dropout,
        batch_words=SYNTAX.batch_words,
        evaluate_every=250,
    )
    for name, steps in (("plain", 1000), ("headings", 1500))
}
