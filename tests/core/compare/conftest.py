"""Stories told in short: `Ann Lee|PERSON` marks an entity, and two versions of them."""

from __future__ import annotations

import re

import pytest

from copydesk import Document, Entity, Mention, Quote, Span


@pytest.fixture
def story():
    """A document of `[Ann Lee|PERSON] came.`: an entity for each mark, with one mention of its name."""

    def make(marked, id="story", *, prefix="", quotes=()):
        text, entities, end = "", [], 0
        for match in re.finditer(r"\[([^|\]]+)\|(\w+)\]", marked):
            text += marked[end : match.start()]
            start, end = len(text), match.end()
            text += match[1]
            entity_id = f"{prefix}e{len(entities)}"
            entities.append(Entity(start=start, end=len(text), id=entity_id, label=match[2], name=match[1]))
        text += marked[end:]
        mentions = [Mention(start=one.start, end=one.end, kind="name", entity=one.ref) for one in entities]
        said = [
            Quote(
                start=text.index(words),
                end=text.index(words) + len(words),
                kind="indirect",
                content=(Span(text.index(words), text.index(words) + len(words)),),
                speaker=None if speaker is None else entities[speaker].ref,
            )
            for words, speaker in quotes
        ]
        document = Document(text, id=id).with_annotations([*entities, *mentions], provides=[Entity, Mention])
        return document.with_annotations(said, provides=[Quote]) if quotes else document

    return make
