"""ATT403: what the story says of a person against a reference table of the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from pydantic import Field, PrivateAttr, model_validator

from copydesk import Config, ConfigPath, Entity, Finding, Span, Trait, fold
from copydesk_attribution.distance import within_distance
from copydesk_attribution.offices import country_of, office_of
from copydesk_attribution.rule import StoryCheck
from copydesk_attribution.story.story import Story
from copydesk_attribution.story.words import word_spans
from copydesk_attribution.table import ReferenceTable, Tenure, read_table

_NOT_NOW = frozenset({"former", "formerly", "then", "ex", "late", "previously", "once", "was", "served", "retired"})
_NOT_AT_ALL = frozenset(
    {
        "not",
        "never",
        "no",
        "n't",
        "would-be",
        "candidate",
        "next",
        "future",
        "incoming",
        "hopeful",
        "nominee",
        "designate",
    }
)


class RoleContradictsReferenceConfig(Config):
    """Options of role-contradicts-reference."""

    reference: ConfigPath | None = Field(
        None, description="The table, YAML or CSV. Without one the check finds nothing."
    )
    as_of: date | None = Field(None, description="The day the story speaks of; by default the document's `date`.")
    fuzzy_names: bool = Field(False, description="Also take a full name that differs in one letter for the person's.")

    _table: ReferenceTable | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _read(self) -> RoleContradictsReferenceConfig:
        if self.reference is not None:
            self._table = read_table(self.reference)
        return self

    @property
    def table(self) -> ReferenceTable | None:
        """The table, read when the options were made."""
        return self._table


class RoleContradictsReference(StoryCheck[RoleContradictsReferenceConfig]):
    """An office that the story gives somebody, and that your reference table says they did not hold.

    It runs only with the option `reference`: a table of who held which office, when. For each office in the
    story whose holder is in the table, it reports those that no row of that person allows: another office,
    or the same for another country, or at another time. The time is `as_of`, or the document's `date`; without
    either it reports only offices that the person never held. The table must therefore be complete for the
    people that it lists; persons it does not list, and names that two of its persons share, are left alone.

    ## Why

    A wrong title is a plain error of fact, and one that no reader forgives: it is printed beside the name.
    That the sentence reads well hides it, so a list is needed that knows better.

    ## Reported

    > Russian Foreign Affairs Minister Laurent Fabius told France Inter …

    with a row that has him as foreign minister of France from 2012-05-16 to 2016-02-11.

    ## Not reported

    > French Foreign Minister Laurent Fabius told France Inter …

    > Laurent Fabius, the former French foreign minister, …

    "Former", "then" and the past tense ask only whether the office was ever held; an office that is denied
    or only hoped for is passed over.

    ## The table

    YAML, a list of rows, or CSV with a header; the columns are name, aliases, office, country, from, to, source.

        - name: Laurent Fabius
          aliases: [Fabius]
          office: foreign minister
          country: France
          from: 2012-05-16
          to: 2016-02-11
          source: Journal officiel
    """

    code = "ATT403"
    name = "role-contradicts-reference"
    severity = "error"
    maturity = "stable"
    requires = (Entity, Trait)

    def inspect(self, story: Story) -> Iterable[Finding]:
        """Each office that the table does not allow."""
        table = self.config.table
        if table is None:
            return
        when = self.config.as_of.isoformat() if self.config.as_of else document_date(story)
        for holder, roles in story.roles.items():
            tenures = self._tenures(table, story, holder)
            if not tenures:
                continue
            for role in roles:
                if role.value and role.role == "office" and not self._allowed(story, role, tenures, when):
                    where = self._with_holder(story, role)
                    yield self.finding(
                        where,
                        f"“{story.text[role.start : role.end]}”: the reference table has {tenures[0].name} as "
                        f"{'; '.join(tenure.describe() for tenure in tenures[:3])}.",
                    )

    def _tenures(self, table: ReferenceTable, story: Story, holder: str) -> Sequence[Tenure]:
        forms = dict.fromkeys(
            name
            for entity in story.mentions_of(holder)
            for name in (entity.name, story.text[entity.start : entity.end])
        )
        for form in forms:
            if found := table.tenures(form):
                return found
        if self.config.fuzzy_names:
            for form in forms:
                near = [name for name in table.names if " " in name and within_distance(fold(form), name, 1)]
                if len(near) == 1 and " " in form:
                    return table.tenures(near[0])
        return ()

    def _allowed(self, story: Story, role: Trait, tenures: Sequence[Tenure], when: str | None) -> bool:
        near = _words_near(story, role)
        if near & _NOT_AT_ALL or any(word.endswith("n't") for word in near):
            return True
        office, country = office_of(role.value or ""), country_of(story, role)
        for tenure in tenures:
            same_office = tenure.office == office or (bool(office.name) and office.name in tenure.office.name.split())
            same_country = not country or not tenure.country or fold(country) == fold(tenure.country)
            in_time = when is None or bool(near & _NOT_NOW) or tenure.held_on(when)
            if same_office and same_country and in_time:
                return True
        return False

    def _with_holder(self, story: Story, role: Trait) -> Span:
        """The office together with the name beside it."""
        for entity in story.mentions_of(role.entity):
            if 0 <= entity.start - role.end <= 2:
                return Span(role.start, entity.end)
            if 0 <= role.start - entity.end <= 2:
                return Span(entity.start, role.end)
        return Span.of(role)


def document_date(story: Story) -> str | None:
    """The date in the document's metadata, as an ISO date, where it is one."""
    value = story.document.metadata.get("date")
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return None


def _words_near(story: Story, role: Trait) -> set[str]:
    sentence = story.sentence(role)
    start = max(role.start - 30, sentence.start if sentence else 0)
    found = word_spans(story.text, Span(start, role.end))
    return {
        part for word in found for part in story.text[word.start : word.end].casefold().replace("’", "'").split("-")
    }
