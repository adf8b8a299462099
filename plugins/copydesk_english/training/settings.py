"""Every number of the recipe, with what is known about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpora import ADJUDICATED, OFFICIAL, UNER


@dataclass(frozen=True)
class TeacherSettings:
    """Fine-tuning of an encoder. ``new_rate`` times the learning rate holds for what starts from nothing."""

    learn_rate: float = 1.5e-4
    new_rate: float = 5.0
    warmup: int = 100
    weight_decay: float = 0.01
    clip: float = 1.0
    batch_pieces: int = 1024
    piece_words: int = 128
    evaluate_every: int = 400
    save_every: int = 100


@dataclass(frozen=True)
class NameTeacherSettings(TeacherSettings):
    """What the name teacher reads: how often each corpus, and shares of tweets, of news (automatic labels) and of copies."""

    label_smoothing: float = 0.05
    corpus_dropout: float = 0.4
    gold_tail: float = 0.25
    rounds: Mapping[str, float] = field(
        default_factory=lambda: {
            UNER: 2.0,
            ADJUDICATED: 3.0,
            OFFICIAL: 0.4,
            "ner_crossner_ai": 0.5,
            "ner_crossner_science": 0.5,
        }
    )
    tweets: float = 0.4
    # Shares of the texts that are read in capitals, and without any.
    upper: float = 0.03
    lower: float = 0.03
    news: float = 0.25
    copies: float = 0.12


@dataclass(frozen=True)
class SyntaxTeacherSettings(TeacherSettings):
    """Fine-tuning on the treebanks."""

    clip: float = 5.0
    epochs: int = 6


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

    piece_words: int = 100
    news_share: float = 1.0
    # The raw files, and the share of their texts. Old speeches are not what the pipeline will read.
    raw: Mapping[str, float] = field(
        default_factory=lambda: {"masc.tokenized": 1.0, "wikipedia.tokenized": 1.0, "state_union": 0.3}
    )
    syntax_raw: Mapping[str, float] = field(default_factory=lambda: {"masc.tokenized": 1.0})
    syntax_words: int = 120
    syntax_text: tuple[str, ...] = ("ner_gmb_train", "ner_wikigold", "ner_crossner_politics", "ner_crossner_literature")


@dataclass(frozen=True)
class SentenceSettings:
    """Training of the network that finds sentence starts, and how sure it must be; ``tried`` is shown on the dev set.

    On the dev set, which is half web text, 0.6 and 0.1 are better (sentences 84.7, with 0.9 and 0.1 83.8, the parser alone
    82.7). But on news 0.6 breaks before names where a stop would never stand, twice as often as the parser does; 0.9 does not.
    """

    epochs: int = 6
    learn_rate: float = 1e-3
    warmup: int = 100
    dropout: float = 0.2
    batch_words: int = 1000
    hidden_width: int = 64
    width: int = 128
    surely: float = 0.9
    surely_not: float = 0.1
    tried: tuple[tuple[float, float], ...] = ((1.1, -0.1), (0.5, 0.5), (0.6, 0.1), (0.9, 0.1), (0.9, 0.3))

    def component(self) -> dict[str, object]:
        """The settings of the component, as spaCy's configuration has them."""
        listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": self.width, "upstream": "tok2vec"}
        return {
            "surely": self.surely,
            "surely_not": self.surely_not,
            "model": {
                "@architectures": "copydesk.SentenceStarts.v1",
                "tok2vec": listener,
                "width": self.width,
                "hidden_width": self.hidden_width,
            },
        }


@dataclass(frozen=True)
class NameStudentSettings:
    """Training of the network that finds names. ``smoothing`` is for labels that no teacher has seen."""

    steps: int
    learn_rate: float = 1e-3
    warmup: int = 100
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_words: int = 1500
    evaluate_every: int = 500
    smoothing: float = 0.05
    upper: float = 0.04
    lower: float = 0.03


@dataclass(frozen=True)
class NameShares:
    """Shares of the words that the student of names reads.

    Open text as the teacher labels it, copies of that with other names, edited gold corpora, what was decided by reading,
    web text, and tweets.
    """

    labelled: float
    copies: float
    edited: float
    adjudicated: float
    web: float
    tweets: float


NAMES = NameStudentSettings(steps=12000)
NAME_SHARES = NameShares(labelled=0.45, copies=0.17, edited=0.18, adjudicated=0.03, web=0.13, tweets=0.04)
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
