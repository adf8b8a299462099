"""Links entities to a table of names."""

import csv
from collections.abc import Iterator

from copydesk import Component, Config, ConfigPath, Context, Document, Entity, Merged, fold
from pydantic import Field


class GlossaryConfig(Config):
    """Settings of glossary."""

    table: ConfigPath = Field(description="A CSV file with the columns `name` and `id`; several names may have one id.")


class Glossary(Component[GlossaryConfig]):
    """Gives entities their ids in a table of names, and joins entities that have one id."""

    name = "glossary"
    api = 1
    requires = (Entity,)
    revises = (Entity,)

    def setup(self, context: Context) -> None:
        with self.config.table.open(encoding="utf-8", newline="") as file:
            self._ids = {fold(row["name"]): row["id"] for row in csv.DictReader(file)}

    def process(self, document: Document) -> Iterator[Entity | Merged]:
        known: dict[str, Entity] = {}
        for entity in document[Entity]:
            link = self._ids.get(fold(entity.name))
            if link is None:
                yield entity
            elif link in known:
                yield Merged(entity.id, known[link].id)
            else:
                known[link] = entity
                yield entity.replace(link=link)
