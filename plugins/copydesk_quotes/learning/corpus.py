"""Reads PolNeAR: articles with the attributions of one or more annotators, in brat stand-off form."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import DocBin

from copydesk import Document, Pipeline
from copydesk.model.parse import Parse
from copydesk.parsing import load_model
from copydesk_quotes.reading.places import Places
from copydesk_quotes.reading.stretches import paragraphs_of, stretches_of
from copydesk_quotes.reading.tree import Tree

ROLES = ("source", "cue", "content")
ATTRIBUTES = ["LEMMA", "TAG", "POS", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]


@dataclass
class Article:
    """A text, and for each annotator a list of {"source": spans, "cue": spans, "content": spans}."""

    id: str
    text: str
    annotators: list = field(default_factory=list)


def articles(folder: Path) -> list[Article]:
    """The articles of a folder with `text` and `attributions`."""
    files = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rpartition("_")[0]].append(path)
    found = []
    for name, paths in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="").read()
        found.append(Article(name, text, [_attributions(path, text) for path in paths]))
    return found


def parsed(items: list[Article], model: str, cache: Path | None = None):
    """The articles with their parses; parses are kept in the folder `cache`, if one is given."""
    nlp = load_model(model)
    path = cache / f"{len(items)}-{items[0].id[-4:]}-{nlp.meta['name']}-{nlp.meta['version']}.spacy" if cache else None
    if path is not None and path.exists():
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    else:
        docs = list(nlp.pipe([item.text for item in items], batch_size=8))
        if path is not None:
            DocBin(attrs=ATTRIBUTES, docs=docs).to_disk(path)
    return list(zip(items, docs, strict=True))


def places_of(docs):
    """For each parse the document as the engines read it; its quotation marks come from the step `structure`."""
    structure = Pipeline.from_dict({"name": "structure", "steps": [{"use": "structure"}]})
    for doc, result in zip(docs, structure.pipe([Document(doc.text) for doc in docs]), strict=True):
        document = result.document
        yield Places(doc.text, Tree(Parse(doc)), stretches_of(document), paragraphs_of(document))


def _attributions(path: Path, text: str):
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := re.match(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t", line):
            spans[match[1]] = [tuple(map(int, pair.split())) for pair in match[2].split(";")]
        elif match := re.match(r"E\d+\t\S+?:T\d+(.*)$", line):
            events.append(re.findall(r"(\w+):(T\d+)", match[1]))
    found = []
    for event in events:
        roles = defaultdict(list)
        for role, name in event:
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        item = {role: _joined(roles[role], text) for role in ROLES}
        if item["content"]:
            found.append(item)
    return sorted(found, key=lambda item: item["content"])


def _joined(spans, text):
    """In order, without white space at the edges; parts that only white space separates are one."""
    joined = []
    for first, last in sorted(set(spans)):
        start, end = first, last
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            continue
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
