"""The stages of the recipe: each reads the data and what earlier stages left, and writes one file or folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import assemble as assembling
import labelling
import spacy
import torch
from corpora import NEWS, TWEETS, Sample, load_name_data, read_docs, to_sample
from measure import table
from settings import NAMES, NAMES_TAIL, SYNTAX, SYNTAX_TAIL, LabelSettings, SyntaxTeacherSettings, TeacherSettings
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from student import Source, train_student
from substitution import name_stock, substituted
from syntax_teacher import train_syntax_teacher
from teacher import train_teacher
from unstopped import unstopped

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
    sources, dev = _name_sources(run, (0.36, 0.24, 0.33, 0.07))
    train_student(HERE / "names.cfg", sources, dev, out, NAMES, run.seed)


def names_tail(run: Run, out: Path) -> None:
    """Train that network on, with more news."""
    sources, dev = _name_sources(run, (0.45, 0.30, 0.22, 0.03))
    train_student(HERE / "names.cfg", sources, dev, out, NAMES_TAIL, run.seed + 1, run.out / "names")


def _name_sources(run: Run, shares: tuple[float, float, float, float]) -> tuple[list[Source], list[Doc]]:
    """Labelled news and treebanks, its copies with other names, the gold corpora and tweets; and the dev documents."""
    vocab = Vocab()
    data = load_name_data(run.data, run.seed)
    gold = [sample for sample in [*data.gold, *data.mixture] if sample.corpus != NEWS]
    labelled = _docs(run.out / "names.spacy", vocab)
    stock = name_stock(data.mixture, [*data.gold, *data.news])
    copies = substituted([to_sample(doc, NEWS) for doc in labelled], stock, 0.6, run.seed)

    def docs(samples: list[Sample]) -> list[Doc]:
        return [labelling.name_doc(vocab, sample, sample.tags) for sample in samples]

    tweets = [sample for sample in gold if sample.corpus in TWEETS]
    edited = [sample for sample in gold if sample.corpus not in TWEETS]
    sources = [
        Source(found, share)
        for found, share in zip((labelled, docs(copies), docs(edited), docs(tweets)), shares, strict=True)
    ]
    dev = [doc for name in NAME_DEV for doc in read_docs(run.data, name, vocab)]
    return sources, dev + docs(data.held_out)


def syntax(run: Run, out: Path) -> None:
    """Train the network that tags and parses, on the treebanks and what the teacher parsed."""
    vocab = Vocab()
    gold = Source(read_docs(run.data, "ud_train", vocab), 0.55)
    parsed = Source(_docs(run.out / "syntax.spacy", vocab), 0.45)
    train_student(HERE / "syntax.cfg", [gold, parsed], read_docs(run.data, "ud_dev", vocab), out, SYNTAX, run.seed)


def syntax_tail(run: Run, out: Path) -> None:
    """Train that network on, with little but the treebanks, and with headings."""
    vocab = Vocab()
    docs = read_docs(run.data, "ud_train", vocab)
    gold, headings = Source(docs, 0.6), Source(unstopped(docs, vocab, 0.25, run.seed), 0.3)
    parsed = Source(_docs(run.out / "syntax.spacy", vocab), 0.1)
    dev, start = read_docs(run.data, "ud_dev", vocab), run.out / "syntax"
    train_student(HERE / "syntax.cfg", [gold, headings, parsed], dev, out, SYNTAX_TAIL, run.seed, start)


def assemble(run: Run, out: Path) -> None:
    """Write the pipeline that ships."""
    assembling.assemble(run.out / "syntax-tail", run.out / "names-tail", out)


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
