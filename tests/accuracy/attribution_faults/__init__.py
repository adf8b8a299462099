"""Seeded faults: what a careless edit does to the sourcing of a story, one fault to a copy.

Each operator gives the copies that it can make of a story. A copy says what was edited, so that a
check's finding counts only where it is new and at the fault, or at its evidence. Where the story has
no place for a fault, an operator first adds a sound passage (the copy's `base`), and spoils that.
A place where the text is well sourced after the edit too is not one: operators look for what is left.
"""

from attribution_faults import figures, people, statements
from attribution_faults.copies import Copy, Operator

OPERATORS: dict[str, tuple[Operator, frozenset[str]]] = {
    "strip an attribution": (statements.strip_attribution, frozenset({"ATT101"})),
    "put off an attribution": (statements.delay_attribution, frozenset({"ATT102"})),
    "repeat a quotation for another speaker": (statements.repeat_quote, frozenset({"ATT106"})),
    "delete a full-name introduction": (people.delete_introduction, frozenset({"ATT201"})),
    "move it later": (people.move_introduction, frozenset({"ATT202"})),
    "delete a role": (people.delete_role, frozenset({"ATT203"})),
    "delete the paragraphs with X's statement": (people.delete_statement, frozenset({"ATT204"})),
    "named source to “A source”": (statements.replace_source("A source", "says"), frozenset({"ATT301"})),
    "named source to “Experts”": (statements.replace_source("Experts", "say"), frozenset({"ATT302"})),
    "give somebody another office": (people.conflicting_office, frozenset({"ATT401"})),
    "contradict the reference table": (people.contradict_reference, frozenset({"ATT403"})),
    "misspell one surname": (people.misspell, frozenset({"ATT201", "ATT404"})),
    "“told Sky News”": (statements.tell_an_outlet, frozenset({"ATT501"})),
    "“according to Tass”": (statements.pass_on_by_outlet, frozenset({"ATT501"})),
    "named source to “Local media”": (statements.replace_source("Local media", "say"), frozenset({"ATT502"})),
    "strip the source of a figure": (figures.strip_source_of_figure, frozenset({"ATT601"})),
    "strip the source of an added figure": (figures.strip_source_of_added_figure, frozenset({"ATT601"})),
    "repeat a figure with another value": (figures.contradict_figure, frozenset({"ATT602"})),
    "alter a total or a percentage": (figures.break_arithmetic, frozenset({"ATT603"})),
    "remove the date": (figures.remove_date, frozenset({"ATT607"})),
    "drop a closing quotation mark": (statements.drop_closing_mark, frozenset({"ATT701"})),
    "alter the headline's quotation": (figures.alter_headline_quote, frozenset({"ATT801"})),
    "alter the headline's number": (figures.alter_headline_number, frozenset({"ATT802"})),
    "swap two introduced speakers": (people.swap_speakers, frozenset({"ATT201", "ATT202", "ATT401", "ATT404"})),
}

__all__ = ["OPERATORS", "Copy", "Operator"]
