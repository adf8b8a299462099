"""Measures the quotes plugin on PolNeAR's development articles and on the seed story.

    python tests/accuracy/measure_quotes.py [--model NAME_OR_FOLDER] [--engine learned|rules] [--errors]

The data, and the scorer that comes with it, are found through the environment variable COPYDESK_DATA.
Raw text goes in; the seed story goes through the shipped pipeline `quotes`.
"""

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

import spacy

from copydesk import Context, Document, Mention, Pipeline, Quote, Span
from copydesk_quotes.component import Quotes, QuotesConfig
from copydesk_structure.structure import Structure

SEED = "000_61dc31c604257eeb"


def data_folder():
    """The folder of the data, or None."""
    folder = os.environ.get("COPYDESK_DATA")
    return Path(folder) if folder and Path(folder).is_dir() else None


def scorer_of(data):
    """The scorer that comes with the data, as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", data / "eval" / "score_quotes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_model(name=None):
    """A spaCy pipeline: the bundled one unless another is named."""
    if name is None:
        import copydesk_english

        return copydesk_english.load()
    return spacy.load(name)


def ready(made):
    """A component, set up."""
    made.setup(Context())
    return made


def structured(texts, docs):
    """Documents with their sections, quotations and parses."""
    structure = ready(Structure())
    for text, doc in zip(texts, docs, strict=True):
        document = Document(text)
        yield document.with_annotations(structure.process(document), provides=structure.provides).with_doc(doc)


def predict(articles, docs, engine):
    """Predictions in the scorer's form, and the CPU seconds that they took."""
    quotes = ready(Quotes(QuotesConfig(engine=engine)))
    documents = list(structured([article["text"] for article in articles], docs))
    begin = time.process_time()
    found = [list(quotes.process(document)) for document in documents]
    cost = time.process_time() - begin
    roles = ("source", "cue", "content")
    predictions = {
        article["id"]: [{role: [list(span) for span in getattr(item, role)] for role in roles} for item in items]
        for article, items in zip(articles, found, strict=True)
    }
    return predictions, cost


def measure(data, model=None, engine="learned", *, errors=False):
    """Scores on the development articles that published comparisons use, and the share of CPU on top of the parse."""
    scorer = scorer_of(data)
    ids = set((data / "data" / "polnear" / "dev-ids.txt").read_text().split())
    articles = scorer.load_split("dev", str(data / "data" / "polnear"), ids)
    nlp = load_model(model)
    begin = time.process_time()
    docs = list(nlp.pipe([article["text"] for article in articles], batch_size=8))
    parse = time.process_time() - begin
    predictions, cost = predict(articles, docs, engine)
    scores = scorer.run_score(articles, predictions, {}, f"engine {engine}")
    scores["cpu"] = cost / parse
    words = sum(len(article["text"].split()) for article in articles)
    print(f"CPU on top of the parse: +{100 * cost / parse:.0f} % ({words / cost / 1000:.0f} k words/s)")
    if errors:
        print_errors(scorer, articles, docs, predictions)
    return scores


def print_errors(scorer, articles, docs, predictions):
    """The 20 most frequent kinds of error: what went wrong, with which kind of quote and which kind of cue."""
    kinds = Counter()
    for article, doc in zip(articles, docs, strict=True):
        text = article["text"]
        marks = scorer.mask_of(scorer.quote_pairs(text), len(text))
        found = [(letters(item["content"], text), item) for item in predictions[article["id"]]]
        weight = 1 / len(article["gold"])
        for gold in article["gold"].values():
            right = set()
            for item in gold:
                kind = scorer.kind_of(item["content"], text, marks)
                wanted = letters(item["content"], text)
                share, at = max(
                    ((len(wanted & have) / len(wanted | have), n) for n, (have, _) in enumerate(found)), default=(0, -1)
                )
                place = f"{kind}, {cue_kind(doc, item)}"
                if share < 0.5:
                    kinds[f"{'missed' if share == 0 else 'wrong content'}: {place}"] += weight
                    continue
                right.add(at)
                source = {i for start, end in found[at][1]["source"] for i in range(start, end)}
                named = {i for start, end in item["source"] for i in range(start, end)}
                if bool(source) != bool(named) or (named and not source & named):
                    what = (
                        "wrong source" if source and named else "source not found" if named else "source where none is"
                    )
                    kinds[f"{what}: {place}"] += weight
            for number, (_, item) in enumerate(found):
                if number not in right and not any(letters(one["content"], text) & found[number][0] for one in gold):
                    kind = scorer.kind_of(item["content"], text, marks)
                    kinds[f"invented: {kind}, {cue_kind(doc, item)}"] += weight
    print("\nThe 20 most frequent kinds of error:")
    for name, count in kinds.most_common(20):
        print(f"{count:6.0f}  {name}")


def letters(spans, text):
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def cue_kind(doc, item):
    """Verb, noun, … and how the content hangs on it."""
    if not item["cue"]:
        return "no cue"
    cue = doc.char_span(*item["cue"][0], alignment_mode="expand")
    content = doc.char_span(*item["content"][0], alignment_mode="expand")
    if cue is None or content is None:
        return "no token"
    cue, content = cue.root, content.root
    relation = content.dep_ if content.head == cue else "above" if cue.head == content else "elsewhere"
    return f"{cue.pos_.lower()} cue, content {relation}"


def measure_seed(data, model=None):
    """The quotes of the seed story: found, with the right source, and with the right speaker, per kind.

    Of a partial quotation the words in quotation marks must be found, whatever of its clause is taken with them.
    Where the gold has sources that a reader may take as well, any of them is right; a quote without source has None.
    """
    gold = json.loads((data / "seeds" / f"{SEED}.gold.json").read_text(encoding="utf-8"))
    text = (data / "seeds" / f"{SEED}.txt").read_text(encoding="utf-8")
    marks = scorer_of(data).mask_of(scorer_of(data).quote_pairs(text), len(text))
    pipeline = Pipeline.load("quotes")
    if model:
        pipeline = Pipeline.from_dict({**pipeline.to_dict(), "model": model})
    document = pipeline(text)
    rows = []
    for item in gold["quotes"]:
        if item["kind"] == "speech_mention_without_content":
            continue
        places = span_places(item.get("full_content", item["span"]))
        partial = item["kind"].startswith("partial")
        kept = {place for place in range(len(text)) if marks[place]} if partial else set(range(len(text)))
        best = max(document[Quote], key=lambda quote: shared(quote, places, kept))
        found = shared(best, places, kept) >= 0.5
        if item["speaker_span"] is None:
            rows.append((item["id"], item["kind"], found, None, None))
            continue
        named = [span_places(item["speaker_span"])]
        named += [span_places(span) for span in mentions(gold, item.get("ambiguous_speaker", ()))]
        source = any(place in span for span in named for piece in best.source for place in range(*piece))
        known = {
            name.entity
            for span in named
            for name in document[Mention].within(Span(min(span), max(span) + 1))
            if name.kind == "name"
        }
        rows.append((item["id"], item["kind"], found, found and source, found and best.speaker in known))
    return rows


def span_places(span):
    """The places of a span of the gold."""
    return set(range(span["start"], span["end"]))


def mentions(gold, entities):
    """The gold's mentions of some entities."""
    return [mention for mention in gold["mentions"] if mention.get("entity") in entities]


def shared(quote, want, kept):
    """How much the content of a quote and a gold span share, of both together; of both only what is kept."""
    have = {place for piece in quote.content for place in range(piece.start, piece.end)} & kept
    return len(have & want) / len(have | want)


def main():
    data = data_folder()
    if data is None:
        print("COPYDESK_DATA names no folder: nothing to measure on", file=sys.stderr)
        return
    options = argparse.ArgumentParser()
    options.add_argument("--model")
    options.add_argument("--engine", choices=("learned", "rules"))
    options.add_argument("--errors", action="store_true")
    given = options.parse_args()
    for engine in (given.engine,) if given.engine else ("learned", "rules"):
        measure(data, given.model, engine, errors=given.errors)
    print("\nSeed story: quote, kind, found, source, speaker")
    for row in measure_seed(data, given.model):
        print("  ", *row)


if __name__ == "__main__":
    main()
