"""The seed article with the layers of its gold annotation."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from copydesk import (
    Document,
    Entity,
    Mention,
    Quantity,
    Quotation,
    Quote,
    Section,
    Sentence,
    Span,
    TimeExpression,
    Trait,
)
from copydesk_structure.quotations.finding import quotations
from copydesk_structure.sentences import sentences
from copydesk_structure.wordlists import WordLists

_KINDS = {"cardinal": "cardinal", "ordinal": "ordinal"}
_LABELS = {"GPE": "LOC", "FAC": "LOC"}


def data_folder() -> Path | None:
    """The shared data, where COPYDESK_DATA says it is."""
    named = os.environ.get("COPYDESK_DATA")
    return Path(named) if named and Path(named).is_dir() else None


def seed(data: Path) -> Document:
    """The seed as a document with gold layers."""
    [gold_path] = (data / "seeds").glob("*.gold.json")
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    text = (data / "seeds" / gold["doc"]["path"]).read_text(encoding="utf-8").rstrip("\n")
    provides = (Section, Sentence, Quotation, Entity, Mention, Trait, Quote, Quantity, TimeExpression)
    sections, words = _sections(text), WordLists()
    said = [Sentence(start=s.start, end=s.end) for part in sections for s in sentences(text, part.span, words)]
    marks = quotations(text, [section.span for section in sections], words)
    annotations = [
        *sections, *said, *marks, *_entities(gold), *_roles(gold), *_quotes(gold), *_figures(gold), *_times(gold)
    ]  # fmt: skip
    return Document(text, id="seed").with_annotations(annotations, provides=provides)


def _sections(text: str) -> list[Section]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Section(start=start, end=start + len(line), kind="paragraph" if found else "headline"))
        start += len(line) + 1
    return found


def _entities(gold: dict[str, Any]) -> list[Entity | Mention]:
    """Each entity at its first name, and a mention for each of its names; entities without one stand at the start."""
    found: dict[str, Entity] = {}
    mentions: list[Mention] = []
    for key, entity in gold["entities"].items():
        found[key] = Entity(start=0, end=0, id=key, label="ORG", name=entity["canonical"] or key)
    for mention in gold["mentions"]:
        if mention["form"] not in ("name", "adjectival"):
            continue
        key = mention["entity"]
        names = [m["text"] for m in gold["mentions"] if m["entity"] == key and m["form"] == "name"]
        if found[key].end == 0:
            found[key] = Entity(
                start=mention["start"],
                end=mention["end"],
                id=key,
                label=_LABELS.get(mention["label"], mention["label"]),
                name=max(names, key=len) if names else found[key].name,
            )
        mentions.append(Mention(start=mention["start"], end=mention["end"], kind="name", entity=key))
    return [*found.values(), *mentions]


def _roles(gold: dict[str, Any]) -> list[Trait]:
    found = []
    countries = {"Russia": "russia", "France": "france"}
    for role in gold["roles"]:
        if role.get("implied"):
            continue  # by inference from the headline; the text states none
        normalised = role.get("normalised") or {}
        if isinstance(normalised, str):
            normalised = {"office": normalised}
        title = normalised.get("office") or (None if role["kind"] == "affiliation" else role["text"].lower())
        organisation = "ru_general_staff" if "General Staff" in role["text"] else None
        found.append(
            Trait(
                start=role["start"],
                end=role["end"],
                entity=role["entity"],
                value=title,
                kind=role["kind"] if role["kind"] in ("affiliation", "description") else "role",
                role=None if role["kind"] in ("affiliation", "description") else role["kind"],
                place=countries.get(normalised.get("country", "")),
                organisation=organisation,
            )
        )
    return found


def _quotes(gold: dict[str, Any]) -> list[Quote]:
    """The quotes with content; a medium counts as the relay where it is an outlet or document."""
    kinds = {"partial_headline": "direct", "partial": "direct"}
    found = []
    for quote in gold["quotes"]:
        if quote["kind"] == "speech_mention_without_content":
            continue
        content = quote.get("full_content") or quote["span"]
        relay = (quote.get("relay") or {}).get("span") or quote.get("medium")
        found.append(
            Quote(
                start=content["start"],
                end=content["end"],
                kind=kinds.get(quote["kind"], quote["kind"]),
                content=(_span(content),),
                cue=(_span(quote["cue"]),) if quote["cue"] else (),
                source=(_span(quote["speaker_span"]),) if quote["speaker_span"] else (),
                speaker=quote["speaker_entity"],
                relay=(_span(relay),) if relay else (),
            )
        )
    return found


def _figures(gold: dict[str, Any]) -> list[Quantity]:
    found = []
    for number in gold["numbers"]:
        counted = number.get("counted") or {}
        where = _span(counted) if "start" in counted else None
        if number["kind"] in _KINDS:
            found.append(
                Quantity(
                    start=number["start"],
                    end=number["end"],
                    kind=number["kind"],
                    low=number["value"],
                    high=number["value"],
                    number=_span(number),
                    counted=where,
                    counted_head=where,
                )
            )
    return found


def _times(gold: dict[str, Any]) -> list[TimeExpression]:
    return [
        TimeExpression(
            start=item["start"],
            end=item["end"],
            kind={"date": "date", "duration": "duration", "set": "set"}.get(item["kind"], "duration"),
            timex=item["timex"],
            anchored=False if "anchor" in item or item["timex"].startswith("XXXX") else None,
        )
        for item in gold["dates"]
    ]


def _span(item: dict[str, Any]) -> Span:
    return Span(item["start"], item["end"])
