"""The stages of the recipe: each reads the data and what earlier stages left, and writes one file or folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import assemble as assembling
import labelling
import spacy
import torch
from averaging import average
from corpora import NEWS, TWEETS, Sample, load_name_data, read_docs, to_sample
from measure import table
from settings import NAMES, NAMES_TAILS, SYNTAX, SYNTAX_TAILS, LabelSettings, SyntaxTeacherSettings, TeacherSettings
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


def names_tails(run: Run, out: Path) -> None:
    """Train that network on twice, with more news and with more of the gold corpora; and average all three."""
    shares = {"gold": (0.25, 0.25, 0.42, 0.08), "news": (0.45, 0.30, 0.22, 0.03)}
    tails = {name: run.out / f"names-tail-{name}" for name in shares}
    for name, folder in tails.items():
        if not folder.exists():
            sources, dev = _name_sources(run, shares[name])
            train_student(HERE / "names.cfg", sources, dev, folder, NAMES_TAILS[name], run.seed + 1, run.out / "names")
    average([run.out / "names", *tails.values()], out)


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


def syntax_tails(run: Run, out: Path) -> None:
    """Train that network on, with little but the treebanks: once as they are, once with headings too; and average."""
    vocab = Vocab()
    docs, dev = read_docs(run.data, "ud_train", vocab), read_docs(run.data, "ud_dev", vocab)
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
    average(list(tails.values()), out)


def assemble(run: Run, out: Path) -> None:
    """Write the pipeline that ships."""
    assembling.assemble(run.out / "syntax-tails", run.out / "names-tails", out)


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
