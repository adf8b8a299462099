"""Which components of a spaCy pipeline run: those that assign what some step uses, and what these need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from copydesk.errors import PipelineError
from copydesk.nearest import did_you_mean

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_DERIVED = {
    **dict.fromkeys(
        ("head", "children", "lefts", "rights", "n_lefts", "n_rights", "subtree", "ancestors", "conjuncts"), "dep"
    ),
    **dict.fromkeys(("left_edge", "right_edge", "is_ancestor", "has_head"), "dep"),
    **dict.fromkeys(("is_sent_start", "is_sent_end", "sent_start", "sent"), "sents"),
    **dict.fromkeys(("ent_type", "ent_iob", "ent_id", "ent_kb_id"), "ents"),
}
"""What spaCy computes from what."""

_MADE_BY_COMPONENTS = {
    "dep": ("token.dep", "token.head"),
    "tag": ("token.tag",),
    "pos": ("token.pos",),
    "morph": ("token.morph",),
    "lemma": ("token.lemma",),
    "sents": ("doc.sents", "token.is_sent_start", "token.sent_start"),
    "ents": ("doc.ents",),
}
"""Attributes that only a component can assign, and how spaCy's components say that they do."""


def select(nlp: Language, model: str, uses: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of the components that assign what is used, and of those that these need."""
    wanted: dict[str, Sequence[str]] = {}
    chosen: set[str] = set()
    for attribute, steps in uses.items():
        for made in made_by_components(attribute, steps):
            wanted.setdefault(made, steps)
        # What this module knows nothing about (doc.cats, doc.spans, …), components may say that they assign.
        chosen |= {name for name in nlp.pipe_names if _plain(attribute) in _assigns(nlp, name)}
    for made, steps in wanted.items():
        makers = _makers(nlp, made)
        if not makers:
            raise PipelineError(
                f"model '{model}' does not provide {_MADE_BY_COMPONENTS[made][0]}, "
                f"which {_steps(steps)}; choose a model that does, such as copydesk_english"
            )
        chosen |= makers
    if "lemma" in wanted:
        chosen |= _makers(nlp, "pos")  # rule lemmatizers look up the part of speech; other kinds need none
    if wanted.keys() & {"tag", "pos", "morph", "lemma"}:
        chosen |= _attribute_rulers(nlp)  # mends exceptions
    chosen |= _boundaries_before_parsers(nlp, chosen)
    for name in nlp.pipe_names:
        if set(getattr(nlp.get_pipe(name), "listening_components", ())) & chosen:
            chosen.add(name)
    return tuple(name for name in nlp.pipe_names if name in chosen)


def _makers(nlp: Language, made: str) -> set[str]:
    """The names of the components that assign something."""
    makers = {name for name in nlp.pipe_names if set(_MADE_BY_COMPONENTS[made]) & _assigns(nlp, name)}
    if made in {"pos", "morph"} and not makers and (rulers := _attribute_rulers(nlp)):
        # In spaCy's own models the attribute ruler maps tags to parts of speech and their features.
        makers = rulers | {name for name in nlp.pipe_names if "token.tag" in _assigns(nlp, name)}
    return makers


def _boundaries_before_parsers(nlp: Language, chosen: set[str]) -> set[str]:
    """The names of the components that set sentences before a chosen parser, which keeps to them and parses accordingly."""
    parsers = [i for i, name in enumerate(nlp.pipe_names) if name in chosen and "token.dep" in _assigns(nlp, name)]
    return _makers(nlp, "sents") & set(nlp.pipe_names[: max(parsers, default=0)])


def _attribute_rulers(nlp: Language) -> set[str]:
    return {name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == "attribute_ruler"}


def _assigns(nlp: Language, name: str) -> frozenset[str]:
    return frozenset(nlp.get_pipe_meta(name).assigns)


def _steps(steps: Sequence[str]) -> str:
    names = ", ".join(f"'{step}'" for step in steps)
    return f"step {names} uses" if len(steps) == 1 else f"steps {names} use"


def _plain(attribute: str) -> str:
    """`token.head.lemma_` -> `token.head`; spaCy's names of what a component assigns have no further parts."""
    owner, _, rest = attribute.partition(".")
    return f"{owner}.{rest.split('.')[0].removesuffix('_')}"


def made_by_components(attribute: str, steps: Sequence[str]) -> tuple[str, ...]:
    """What components must assign for this attribute to mean something; nothing where tokenizing is enough."""
    from spacy.tokens import Doc, Span, Token

    owner, _, name = _plain(attribute).partition(".")
    if name == "noun_chunks":
        return ("dep", "pos")
    if (owner, name) == ("span", "root"):
        return ("dep",)
    made = _DERIVED.get(name, name)
    if made in _MADE_BY_COMPONENTS:
        return (made,)
    kind = {"doc": Doc, "span": Span, "token": Token}[owner]
    if not hasattr(kind, name) and not hasattr(kind, f"{name}_"):  # whitespace_ has no number beside it
        known = [member for member in dir(kind) if not member.startswith("_")]
        raise PipelineError(
            f"'{attribute}', which {_steps(steps)}, is no attribute of spaCy's {kind.__name__}{did_you_mean(name, known)}"
        )
    return ()


def missing_in(doc: Doc, uses: Sequence[str]) -> tuple[str, ...]:
    """Those of the used attributes that a Doc lacks: nobody has assigned them."""
    return tuple(
        attribute
        for attribute in uses
        if any(not _has(doc, made) for made in made_by_components(attribute, ["a step"]))
    )


def _has(doc: Doc, made: str) -> bool:
    if not len(doc):
        return True
    name = {
        "dep": "DEP",
        "tag": "TAG",
        "pos": "POS",
        "morph": "MORPH",
        "lemma": "LEMMA",
        "sents": "SENT_START",
        "ents": "ENT_IOB",
    }[made]
    return bool(doc.has_annotation(name))
