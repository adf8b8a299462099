"""Measures the entities plugin: names with and without it, the seed story, and the linking of people.

    python tests/accuracy/measure_entities.py [--model NAME_OR_FOLDER]

The data is found through the environment variable COPYDESK_DATA.
"""

import argparse
import csv
import json
import os
import re
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

import spacy

from copydesk import Context, Document, Mention, Trait
from copydesk_entities.annotations import LabelledMention
from copydesk_entities.component import Entities, EntitiesConfig
from copydesk_structure.structure import Structure

SAME = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "NORP": "NORP"}
NER_FILES = ("ner-worldwide.jsonl", "ner-uner-ewt.jsonl")
CHAINS = ("kartapolov", "putin", "russia", "syria", "is")


def data_folder():
    """The folder of the data, or None."""
    folder = os.environ.get("COPYDESK_DATA")
    return Path(folder) if folder and Path(folder).is_dir() else None


def load_model(name=None):
    """A spaCy pipeline: the bundled one unless another is named."""
    if name is None:
        import copydesk_english

        return copydesk_english.load()
    return spacy.load(name)


def component(**settings):
    """The component, ready."""
    entities = Entities(EntitiesConfig(**settings))
    entities.setup(Context())
    return entities


@cache
def structure():
    """The component that finds headlines and quotations for it, ready."""
    component = Structure()
    component.setup(Context())
    return component


def prepared(doc):
    """A document with its parse, and the headline and quotations that the component reads."""
    document = Document(doc.text)
    return document.with_annotations(structure().process(document), provides=Structure.provides).with_doc(doc)


def annotate(entities, document):
    """A document with what the component finds."""
    return document.with_annotations(entities.process(document), provides=entities.provides)


def names_in(document):
    """The places that name somebody or something: start, end, label, entity."""
    own = {mention.id: mention.label for mention in document[LabelledMention]}
    for mention in document[Mention]:
        if mention.kind == "name":
            label = own.get(mention.id) or document.resolve(mention.entity).label
            yield mention.start, mention.end, label, mention.entity


def scores(right, wrong, missed):
    """Precision, recall and F1."""
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def trimmed(text, start, end):
    """A span without its article and possessive, as the scorer of the test sets compares it."""
    if match := re.match(r"(?i)(the|a|an)\s+", text[start:end]):
        start += match.end()
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    return start, end


def ner(nlp, entities, path):
    """F1 of the pipeline alone and with the plugin: typed, untyped, and by label; and the time of both."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    labels = {SAME[label] for row in rows for *_, label in row["spans"] if label in SAME}
    begin = time.process_time()
    docs = list(nlp.pipe((row["text"] for row in rows), batch_size=32))
    parsing = time.process_time() - begin
    documents = [prepared(doc) for doc in docs]
    begin = time.process_time()
    documents = [annotate(entities, document) for document in documents]
    finding = time.process_time() - begin
    found = [list(names_in(document)) for document in documents]
    alone, more = Counter(), Counter()
    for row, doc, layer in zip(rows, docs, found, strict=True):
        text = row["text"]
        gold = {(*trimmed(text, start, end), SAME[label]) for start, end, label in row["spans"] if label in SAME}
        by_model = {
            (*trimmed(text, e.start_char, e.end_char), SAME[e.label_]) for e in doc.ents if SAME.get(e.label_) in labels
        }
        by_plugin = {
            (*trimmed(text, start, end), SAME[label]) for start, end, label, _ in layer if SAME.get(label) in labels
        }
        for counts, predicted in ((alone, by_model), (more, by_plugin)):
            for kind, one, two in (
                ("typed", predicted, gold),
                ("untyped", {p[:2] for p in predicted}, {g[:2] for g in gold}),
            ):
                counts[kind, "right"] += len(one & two)
                counts[kind, "wrong"] += len(one - two)
                counts[kind, "missed"] += len(two - one)
            for label in labels:
                one = {p for p in predicted if p[2] == label}
                two = {g for g in gold if g[2] == label}
                counts[label, "right"] += len(one & two)
                counts[label, "wrong"] += len(one - two)
                counts[label, "missed"] += len(two - one)
    kinds = ["typed", "untyped", *sorted(labels)]
    result = {
        kind: tuple(100 * scores(*(c[kind, what] for what in ("right", "wrong", "missed")))[2] for c in (alone, more))
        for kind in kinds
    }
    return result, finding / parsing


def seed(nlp, entities, folder):
    """Mentions F1, broken chains, and the roles with their holder, on the seed story."""
    gold = json.loads(next(folder.glob("*.gold.json")).read_text(encoding="utf-8"))
    text = (folder / gold["doc"]["path"]).read_text(encoding="utf-8")
    document = annotate(entities, prepared(nlp(text)))
    wanted = {
        (*trimmed(text, m["start"], m["end"]), SAME[m["label"]]): m["entity"]
        for m in gold["mentions"]
        if m["form"] in {"name", "adjectival"} and m["label"] in SAME
    }
    found = {
        (*trimmed(text, start, end), SAME.get(label, label)): entity for start, end, label, entity in names_in(document)
    }
    both = wanted.keys() & found.keys()
    mentions = scores(len(both), len(found) - len(both), len(wanted) - len(both))
    chain_of = {span[:2]: entity for span, entity in found.items()}
    broken = {}
    for chain in CHAINS:
        ids = {chain_of.get(span[:2]) for span, entity in wanted.items() if entity == chain}
        mixed = {e for span, e in wanted.items() if chain_of.get(span[:2]) in ids and e != chain}
        if len(ids) != 1 or None in ids or mixed:
            broken[chain] = sorted(document.text[s:e] for s, e, _ in (k for k, v in wanted.items() if v == chain))
    holders = {}
    for span, entity in wanted.items():
        holders.setdefault(chain_of.get(span[:2]), entity)
    stated = {(trait.start, trait.end, holders.get(trait.entity)) for trait in document[Trait]}
    roles = [(r["start"], r["end"], r["entity"]) in stated for r in gold["roles"]]
    return mentions, broken, sum(roles), len(roles)


MARKED = Path(__file__).with_name("roles_marked.csv")


def roles(nlp, entities, folder, half):
    """How many of the roles marked in a half of PolNeAR dev are found with their holder, and how many are marked.

    A role is found where a trait of the one named there shares a word with what is marked.
    """
    lines = [line for line in MARKED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    marked = {}
    for row in csv.DictReader(lines):
        if row["half"] == half:
            places = tuple(int(row[key]) for key in ("start", "end", "holder_start", "holder_end"))
            marked.setdefault(row["article"], []).append(places)
    found = 0
    for article, places in marked.items():
        text = (folder / "data/polnear/dev/text" / f"{article}.txt").read_text(encoding="utf-8")
        document = annotate(entities, prepared(nlp(text)))
        traits = [trait for trait in document[Trait] if trait.kind == "role"]
        for start, end, first, last in places:
            found += any(
                mention.start < last and first < mention.end
                for trait in traits
                if trait.start < end and start < trait.end
                for mention in document.of(Mention, document.resolve(trait.entity))
            )
    return found, sum(map(len, marked.values()))


GROUP = re.compile(
    r"(?:the|about|many|children|critics|all) |.*(?:ists|ians|ans|ims|eks|tics|ers|eers)$", re.IGNORECASE
)


def named_people(text, mentions):
    """The mentions of people by name in an article, with their chains.

    The annotation has whole phrases ("U.S. Senator John Cornyn", "the mayor", "Muslims"). A phrase is a person's name
    where its last word before a possessive has a capital (an organisation after "of" not counted), and where it is
    no group, no initials alone, and no office alone.
    """
    for mention in mentions:
        phrase = re.sub(r"['’]s?$", "", mention["text"])
        core = (
            re.split(r" of [A-Z]|, ", phrase)[0]
            if not re.search(r"^(?:Governor|Minister|Director|Chairman) of", phrase)
            else phrase
        )
        last = core.split()[-1]
        office = re.search(
            r"(?:Director|Chairman|President|Republican|minister|CEO|prosecutor|Democrat MP|Commanders?)\b", last
        )
        if mention["type"] != "person" or not last[0].isupper() or last.isupper() or office or GROUP.match(phrase):
            continue
        if re.match(r"(?:Director|Chairman|Republican|Critics|former|an) ", phrase):
            continue
        yield mention["start"], mention["start"] + len(phrase), mention["entity"]


def people(nlp, entities, path):
    """B³ of the chains of people named in the articles; a person whom the plugin missed stands alone."""
    gold, system = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = [name for name in names_in(annotate(entities, prepared(nlp(row["text"])))) if name[2] == "PERSON"]
        for start, end, chain in named_people(row["text"], row["mentions"]):
            inside = [entity for first, last, _, entity in found if start <= first and last <= end]
            place = (row["id"], start, end)
            gold[place] = (row["id"], chain)
            system[place] = (row["id"], inside[-1]) if inside else place
    return b_cubed(gold, system), gold, system


def b_cubed(gold, system):
    """B³ of two partitions of the same mentions: precision, recall, F1."""
    precision = recall = 0.0
    for mention in gold:
        mine = {other for other in gold if system[other] == system[mention]}
        theirs = {other for other in gold if gold[other] == gold[mention]}
        precision += len(mine & theirs) / len(mine) / len(gold)
        recall += len(mine & theirs) / len(theirs) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def report(nlp, entities, folder):
    """Every figure, a line each."""
    for name in NER_FILES:
        result, ratio = ner(nlp, entities, folder / "data/english/test" / name)
        for kind, (alone, more) in result.items():
            yield f"{name:22} F1 {kind:8} pipeline {alone:5.1f}   with entities {more:5.1f}"
        yield f"{name:22} time of entities over time of the parse {ratio:.3f}"
    (precision, recall, f1), broken, right, stated = seed(nlp, entities, folder / "seeds")
    yield f"seed   named mentions P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    yield f"seed   broken chains of {', '.join(CHAINS)}: {broken or 'none'}"
    yield f"seed   roles with holder {right} of {stated}"
    for half in ("dev", "held"):
        found, count = roles(nlp, entities, folder, half)
        yield f"roles marked in PolNeAR dev, half {half}: found with holder {found} of {count}"
    (precision, recall, f1), gold, _ = people(nlp, entities, folder / "data/wikinews/articles.jsonl")
    yield f"people B³ P {precision:.3f} R {recall:.3f} F1 {f1:.3f} over {len(gold)} mentions"


def main():
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="a spaCy package or folder; the bundled pipeline by default")
    arguments = parser.parse_args()
    folder = data_folder()
    if folder is None:
        sys.stdout.write("COPYDESK_DATA names no folder with data; nothing is measured.\n")
        return
    for line in report(load_model(arguments.model), component(), folder):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
