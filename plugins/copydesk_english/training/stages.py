"""The stages of the recipe: each reads the data and what earlier stages left, and writes one file or folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import assemble as assembling
import labelling
import spacy
import torch
from corpora import NEWS, TWEETS, load_name_data, read_docs, to_sample
from measure import table
from settings import NAMES, SYNTAX, LabelSettings, SyntaxTeacherSettings, TeacherSettings
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from student import Source, train_student
from substitution import name_stock, substituted
from syntax_teacher import train_syntax_teacher
from teacher import train_teacher

import copydesk_english

HERE = Path(__file__).parent
NAME_DEV = ("ner_gmb_dev", "ner_gum_dev")


@dataclass(frozen=True)
class Run:
    """Where everything is: the data, the working folder, the pretrained encoder, perhaps a pipeline to compare with."""

    data: Path
    out: Path
    encoder: Path
    baseline: Path | None
    seed: int


def name_teacher(run: Run, out: Path) -> None:
    """Fine-tune the encoder for names."""
    torch.set_num_threads(1)
    dev = {name: read_docs(run.data, name) for name in NAME_DEV}
    train_teacher(load_name_data(run.data, run.seed), dev, run.encoder, out, TeacherSettings(), run.seed)


def syntax_teacher(run: Run, out: Path) -> None:
    """Fine-tune the encoder for tags and dependencies."""
    torch.set_num_threads(1)
    train, dev = read_docs(run.data, "ud_train"), read_docs(run.data, "ud_dev")
    train_syntax_teacher(train, dev, run.encoder, out, SyntaxTeacherSettings(), run.seed)


def label_names(run: Run, out: Path) -> None:
    """Let the name teacher label all text."""
    torch.set_num_threads(1)
    data = load_name_data(run.data, run.seed)
    labelling.label_names(data, run.data, run.out / "name-teacher.pt", run.encoder, out, LabelSettings())


def label_syntax(run: Run, out: Path) -> None:
    """Let the syntax teacher parse news and encyclopaedia."""
    torch.set_num_threads(1)
    labelling.label_syntax(run.data, run.out / "syntax-teacher.pt", run.encoder, out, LabelSettings())


def names(run: Run, out: Path) -> None:
    """Train the network that finds names, on what the teacher labelled and on the gold corpora and their copies."""
    vocab = Vocab()
    data = load_name_data(run.data, run.seed)
    gold = [sample for sample in [*data.gold, *data.mixture] if sample.corpus != NEWS]
    docs = {
        tweets: [labelling.name_doc(vocab, s, s.tags) for s in gold if (s.corpus in TWEETS) == tweets]
        for tweets in (False, True)
    }
    labelled = _docs(run.out / "names.spacy", vocab)
    stock = name_stock(data.mixture, [*data.gold, *data.news])
    copies = substituted([to_sample(doc, NEWS) for doc in labelled], stock, 0.6, run.seed)
    sources = [
        Source(labelled, 0.36),
        Source([labelling.name_doc(vocab, copy, copy.tags) for copy in copies], 0.24),
        Source(docs[False], 0.33),
        Source(docs[True], 0.07),
    ]
    dev = [doc for name in NAME_DEV for doc in read_docs(run.data, name, vocab)]
    dev += [labelling.name_doc(vocab, sample, sample.tags) for sample in data.held_out]
    train_student(HERE / "names.cfg", sources, dev, out, NAMES, run.seed)


def syntax(run: Run, out: Path) -> None:
    """Train the network that tags and parses, on the treebanks and what the teacher parsed."""
    vocab = Vocab()
    gold = Source(read_docs(run.data, "ud_train", vocab), 0.55)
    parsed = Source(_docs(run.out / "syntax.spacy", vocab), 0.45)
    train_student(HERE / "syntax.cfg", [gold, parsed], read_docs(run.data, "ud_dev", vocab), out, SYNTAX, run.seed)


def assemble(run: Run, out: Path) -> None:
    """Write the pipeline that ships."""
    assembling.assemble(run.out / "syntax", run.out / "names", out)


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
