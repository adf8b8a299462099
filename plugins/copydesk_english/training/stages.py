"""The stages of the recipe: each reads the data and what earlier stages left, and writes one file or folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import assemble as assembling
import labelling
import spacy
import torch
from adjudication import load_adjudicated
from averaging import average
from columns import load_columns
from corpora import ADJUDICATED, NEWS, NEWS_DEV, TWEETS, UNER, NameData, Sample, load_name_data, read_docs, to_sample
from guideline import agreed, load_guideline
from measure import table
from settings import (
    NAME_SHARES,
    NAMES,
    SYNTAX,
    SYNTAX_TAILS,
    LabelSettings,
    NameShares,
    NameTeacherSettings,
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
from votes import voted

import copydesk_english

HERE = Path(__file__).parent


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
    return {"news": load_adjudicated(NEWS_DEV), "genres": genres, "held out": data.held_out}


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
    """Let the name teacher label all text."""
    torch.set_num_threads(1)
    data = name_data(run)
    labelling.label_names(data, run.data, run.out / "name-teacher.pt", run.encoder, out, LabelSettings())


def label_syntax(run: Run, out: Path) -> None:
    """Let the syntax teacher parse news and encyclopaedia."""
    torch.set_num_threads(1)
    labelling.label_syntax(run.data, run.out / "syntax-teacher.pt", run.encoder, out, LabelSettings())


def names(run: Run, out: Path) -> None:
    """Train the network that finds names on, with what the teacher labelled and with the gold corpora and their copies."""
    start = run.out / "names-start"
    bundled = copydesk_english.load()
    for name in bundled.component_names:
        if name != "ner":
            bundled.remove_pipe(name)
    bundled.to_disk(start)
    sources, dev = _name_sources(run, NAME_SHARES)
    train_student(HERE / "names.cfg", sources, dev, out, NAMES, run.seed, start)


def _name_sources(run: Run, shares: NameShares) -> tuple[list[Source], list[Doc]]:
    """What the student reads, each with its share; and the dev documents."""
    vocab = Vocab()
    data = name_data(run)
    gold = [sample for sample in [*data.gold, *data.mixture] if sample.corpus != NEWS]
    labels = load_guideline(run.data)
    labelled = voted(agreed([to_sample(doc, NEWS) for doc in _docs(run.out / "names.spacy", vocab)], labels))
    stock = name_stock(data.mixture, [*data.gold, *data.news])
    copies = substituted(labelled, stock, 0.6, run.seed)

    def docs(samples: Iterable[Sample]) -> list[Doc]:
        return [labelling.name_doc(vocab, sample, sample.tags) for sample in samples]

    sources = [
        Source(docs(labelled), shares.labelled),
        Source(docs(copies), shares.copies),
        Source(docs(s for s in gold if s.corpus not in (UNER, ADJUDICATED, *TWEETS)), shares.edited),
        Source(docs(s for s in gold if s.corpus == ADJUDICATED), shares.adjudicated),
        Source(docs(s for s in gold if s.corpus == UNER), shares.web),
        Source(docs(s for s in gold if s.corpus in TWEETS), shares.tweets),
    ]
    return sources, docs(sample for samples in name_dev(run, data).values() for sample in samples)


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
    average(list(tails.values()), out)


def assemble(run: Run, out: Path) -> None:
    """Write the pipeline that ships. Where only names were trained, syntax stays as it is."""
    syntax = run.out / "syntax-tails"
    assembling.assemble(syntax if syntax.exists() else None, run.out / "names", out)


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
