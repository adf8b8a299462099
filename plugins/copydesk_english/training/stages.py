"""The stages of the recipe: each reads the data and what earlier stages left, and writes one file or folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import assemble as assembling
import labelling
import spacy
import torch
from accurate import words_of, write_accurate
from adjudication import load_adjudicated
from averaging import average
from columns import load_columns
from corpora import (
    ADJUDICATED,
    NEWS,
    NEWS_DEV,
    TWEETS,
    UNER,
    NameData,
    Sample,
    load_name_data,
    pieces,
    read_docs,
    to_sample,
)
from guideline import agreed, load_guideline
from measure import table
from name_student import Soft, SoftSource, one_hot, train_name_student
from sentence_starts import train_sentence_starts
from settings import (
    NAME_SHARES,
    NAMES,
    SYNTAX,
    SYNTAX_TAILS,
    LabelSettings,
    NameTeacherSettings,
    SentenceSettings,
    SyntaxTeacherSettings,
)
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from student import Source, train_student
from substitution import name_stock, substituted
from syntax_teacher import train_syntax_teacher
from teacher import train_teacher
from treebank import MORE_GENRES, read_conllu
from unstopped import unstopped

import copydesk_english

HERE = Path(__file__).parent
NAMES_CONFIG = HERE / "names.cfg"


@dataclass(frozen=True)
class Run:
    """Where everything is: the data, the working folder, the pretrained encoder, perhaps a pipeline to compare with."""

    data: Path
    out: Path
    encoder: Path
    baseline: Path | None
    seed: int


def name_data(run: Run) -> NameData:
    """All corpora of names, those that come in columns among the gold ones, and labelled by one guideline."""
    data = load_name_data(run.data, run.seed)
    labels = load_guideline(run.data)
    columns = [sample for samples in load_columns(run.data).values() for sample in samples]
    gold = [*agreed([*data.gold, *columns], labels), *load_adjudicated(ADJUDICATED)]
    return replace(data, gold=gold, mixture=agreed(data.mixture, labels))


def name_dev(run: Run, data: NameData) -> dict[str, list[Sample]]:
    """What names are chosen by: news, other genres, and what was held out of the web and the encyclopaedia."""
    genres = [to_sample(doc, "ner_gum") for doc in read_docs(run.data, "ner_gum_dev")]
    web = [sample for sample in data.held_out if sample.corpus == "ner_ewtdev"]
    rest = [sample for sample in data.held_out if sample.corpus != "ner_ewtdev"]
    return {"news": load_adjudicated(NEWS_DEV), "genres": genres, "web": web, "encyclopaedia": rest}


def name_teacher(run: Run, out: Path) -> None:
    """Fine-tune the encoder for names."""
    torch.set_num_threads(1)
    data = name_data(run)
    train_teacher(data, name_dev(run, data), run.encoder, out, NameTeacherSettings(), run.seed)


def treebanks(run: Run, vocab: Vocab) -> list[Doc]:
    """The treebanks to train on."""
    more = run.data / "train" / f"{MORE_GENRES}.conllu"
    return [*read_docs(run.data, "ud_train", vocab), *read_conllu(more, vocab)]


def syntax_teacher(run: Run, out: Path) -> None:
    """Fine-tune the encoder for tags and dependencies."""
    torch.set_num_threads(1)
    vocab = Vocab()
    train_syntax_teacher(
        treebanks(run, vocab), read_docs(run.data, "ud_dev", vocab), run.encoder, out, SyntaxTeacherSettings(), run.seed
    )


def label_names(run: Run, out: Path) -> None:
    """Let the accurate pipeline's encoder, which is the name teacher, label open text."""
    news = [to_sample(doc, NEWS) for doc in read_docs(run.data, NEWS)]
    labelling.label_names(news, run.data, run.out / "accurate", out, LabelSettings())


def label_syntax(run: Run, out: Path) -> None:
    """Let the accurate pipeline's encoder, which is the syntax teacher, parse news and encyclopaedia."""
    labelling.label_syntax(run.data, run.out / "accurate", out, LabelSettings())


def names(run: Run, out: Path) -> None:
    """Train the network that finds names, from the layers of the one that ships.

    On the corpora, open text as the teacher labelled it, and copies of that with other names.
    """
    data = name_data(run)
    labelled = labelling.read_labelled(run.out / "names.spacy")
    stock = name_stock(data.mixture, [*data.gold, *data.news])
    # No teacher has seen the copies; its opinion of the original stands for them.
    copies = substituted([soft.sample for soft in labelled], stock, 0.6, run.seed)
    sources = [
        SoftSource(labelled, NAME_SHARES.labelled),
        _corpus_source(copies, NAME_SHARES.copies),
        *_gold_sources(data),
    ]
    train_name_student(NAMES_CONFIG, sources, name_dev(run, data), out, NAMES, run.seed, copydesk_english.load())


def names_mean(run: Run, out: Path) -> None:
    """Average that network with the one that ships, from which its training began."""
    average([spacy.load(run.out / "names"), copydesk_english.load(enable=["ner"])], out)


def _gold_sources(data: NameData) -> list[SoftSource]:
    special = (UNER, ADJUDICATED, *TWEETS)
    return [
        _corpus_source([s for s in data.gold if s.corpus not in special], NAME_SHARES.edited),
        _corpus_source([s for s in data.gold if s.corpus == ADJUDICATED], NAME_SHARES.adjudicated),
        _corpus_source([s for s in data.gold if s.corpus == UNER], NAME_SHARES.web),
        _corpus_source([s for s in data.gold if s.corpus in TWEETS], NAME_SHARES.tweets),
    ]


def _corpus_source(samples: Iterable[Sample], share: float) -> SoftSource:
    parts = [part for sample in samples for part in pieces(sample, LabelSettings().piece_words)]
    return SoftSource([Soft(part, one_hot(part, NAMES.smoothing)) for part in parts], share)


def accurate(run: Run, out: Path) -> None:
    """Write the teachers as the encoders of the accurate pipeline."""
    data = name_data(run)
    words = words_of([*data.gold, *data.mixture])
    write_accurate(run.out / "name-teacher.pt", run.out / "syntax-teacher.pt", run.encoder, words, out)


def syntax(run: Run, out: Path) -> None:
    """Train the network that tags and parses, on the treebanks and what the teacher parsed."""
    vocab = Vocab()
    gold = Source(treebanks(run, vocab), 0.55)
    parsed = Source(_docs(run.out / "syntax.spacy", vocab), 0.45)
    train_student(HERE / "syntax.cfg", [gold, parsed], read_docs(run.data, "ud_dev", vocab), out, SYNTAX, run.seed)


def syntax_tails(run: Run, out: Path) -> None:
    """Train that network on, with little but the treebanks: once as they are, once with headings too; and average."""
    vocab = Vocab()
    docs, dev = treebanks(run, vocab), read_docs(run.data, "ud_dev", vocab)
    headings = unstopped(docs, vocab, 0.25, run.seed)
    parsed = _docs(run.out / "syntax.spacy", vocab)
    mixtures = {
        "plain": [Source(docs, 0.9), Source(parsed, 0.1)],
        "headings": [Source(docs, 0.6), Source(headings, 0.3), Source(parsed, 0.1)],
    }
    tails = {name: run.out / f"syntax-tail-{name}" for name in mixtures}
    for name, sources in mixtures.items():
        if not tails[name].exists():
            train_student(
                HERE / "syntax.cfg", sources, dev, tails[name], SYNTAX_TAILS[name], run.seed, run.out / "syntax"
            )
    average([spacy.load(tail) for tail in tails.values()], out)


def sentences(run: Run, out: Path) -> None:
    """Train the network that finds sentence starts, on the vectors of the network that parses: the new one, or that which ships."""
    syntax = run.out / "syntax-tails"
    path = syntax if syntax.exists() else copydesk_english.MODEL_PATH
    nlp = copydesk_english.load(path=path, exclude=["sentences", "ner", "lemmatizer"])
    docs = treebanks(run, nlp.vocab)
    docs += unstopped(docs, nlp.vocab, 0.25, run.seed)
    train_sentence_starts(nlp, docs, read_docs(run.data, "ud_dev", nlp.vocab), out, SentenceSettings(), run.seed)


def assemble(run: Run, out: Path) -> None:
    """Write the pipeline that ships. What was not trained stays as it is."""
    trained = {"syntax": run.out / "sentences", "names": run.out / "names-mean"}
    assembling.assemble({name: path for name, path in trained.items() if path.exists()}, out)


def evaluate(run: Run, out: Path) -> None:
    """Measure it on the tests, next to the pipeline to compare with."""
    pipelines: dict[str, Language] = {}
    if run.baseline is not None:
        pipelines["baseline"] = spacy.load(run.baseline)
    pipelines["copydesk"] = copydesk_english.load(path=run.out / "model")
    lines = []
    for line in table(pipelines, run.data):
        print(line, flush=True)
        lines.append(line + "\n")
    out.write_text("".join(lines), encoding="utf8")


def _docs(path: Path, vocab: Vocab) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(vocab))
