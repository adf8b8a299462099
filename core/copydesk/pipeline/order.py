"""Whether the steps of a pipeline can work in their order: one forward pass over what they read and provide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Any

from copydesk.errors import InvalidPipelineError, Problem
from copydesk.model.annotation import Annotation, full_name, root_of
from copydesk.model.vocabulary import Entity
from copydesk.pipeline.step import PARSE, Step
from copydesk.plugins.check import Check

Kind = type[Annotation] | str
"""An annotation type, or the name of a layer."""


def order_problems(
    steps: Sequence[Step | None],
    given: Collection[str] = (),
    *,
    checks: Sequence[type[Check[Any]]] = (),
    plugins: Sequence[str] = (),
) -> list[tuple[int, str]]:
    """What is wrong with the order of steps: (index, message).

    Args:
        steps: in order. None stands for one that could not be built: it may provide anything, so nothing
            after it is said to be missing.
        given: names of layers that documents bring.
        checks: those of the pipeline's plugins; a step that runs checks reads what they read.
        plugins: names that a repair may suggest.
    """
    problems: list[tuple[int, str]] = []
    there: list[Kind] = list(given)
    for index, step in enumerate(steps):
        if step is None:
            break
        for kind, needed in _wanted(step, checks):
            if _is_there(kind, there):
                continue
            verb = _verb(step, kind, needed=needed)
            later = next((other for other in steps[index + 1 :] if other and _is_there(kind, _makes(other))), None)
            if later is not None:
                message = (
                    f"'{step.id}' {verb} {_name(kind)}, which '{later.id}' provides only after it; "
                    f"move '{later.id}'{_at_line(later)} before '{step.id}'"
                )
                problems.append((index, message))
            elif needed and None not in steps:
                repair = _namesake(step, kind, steps) or _repair(step, kind, plugins)
                problems.append((index, f"'{step.id}' {verb} {_name(kind)}; {repair}"))
        there += _makes(step)
    return sorted([*problems, *_two_of_entities(steps, given), *_rival_types(steps)], key=lambda problem: problem[0])


def _wanted(step: Step, checks: Sequence[type[Check[Any]]]) -> list[tuple[Kind, bool]]:
    """What a step reads, and whether it can't do without."""
    component = step.component
    wanted: dict[Kind, bool] = dict.fromkeys(component.requires, True)
    optional: list[Kind] = [*component.reads]
    if component.runs_checks:
        optional += [kind for check in checks for kind in (*check.requires, *check.reads)]
    for kind in optional:
        wanted.setdefault(kind, False)
    for kind in component.revises:
        wanted.setdefault(root_of(kind), True)  # unless it `reads` it too: then it may do without
    return list(wanted.items())


def _is_there(kind: Kind, there: Sequence[Kind]) -> bool:
    """Whether a type or layer is among those that are there. An extension of a type fulfils what needs the type."""
    for other in there:
        if isinstance(kind, str) or isinstance(other, str):
            if _layer(kind) == _layer(other):
                return True
        elif issubclass(other, kind):
            return True
    return False


def _makes(step: Step) -> list[Kind]:
    return [*step.component.provides, *step.component.revises]


def _two_of_entities(steps: Sequence[Step | None], given: Collection[str]) -> list[tuple[int, str]]:
    """An entity is there once in a document, so one step finds them; others link, join and correct them."""
    makers = [
        (index, step)
        for index, step in enumerate(steps)
        if step is not None and any(issubclass(kind, Entity) for kind in step.component.provides)
    ]
    if Entity.layer in given:
        return [
            (index, f"'{step.id}' provides Entity, which `given:` says the documents bring; leave one of both out")
            for index, step in makers
        ]
    problems: list[tuple[int, str]] = []
    for index, step in makers[1:]:
        first = makers[0][1]
        message = (
            f"'{step.id}' provides Entity, and so does '{first.id}'{_at_line(first)}; a document has each entity once, so "
            "a second finder names Entity in its `revises`: use one that does, or leave one of both out"
        )
        problems.append((index, message))
    return problems


def _rival_types(steps: Sequence[Step | None]) -> list[tuple[int, str]]:
    """Two types must not share a layer."""
    problems: list[tuple[int, str]] = []
    owner: dict[str, type[Annotation]] = {}
    for index, step in enumerate(steps):
        if step is None:
            continue
        component = step.component
        for kind in (*component.requires, *component.reads, *component.provides, *component.revises):
            if isinstance(kind, str):
                continue
            root = root_of(kind)
            other = owner.setdefault(kind.layer, root)
            if other is not root:
                message = (
                    f"'{step.id}' means {full_name(root)} by the layer '{kind.layer}', an earlier step means "
                    f"{full_name(other)}; rename one of the classes, or give it a `namespace` of its own"
                )
                problems.append((index, message))
    return problems


def _verb(step: Step, kind: Kind, *, needed: bool) -> str:
    if kind in {root_of(revised) for revised in step.component.revises}:
        return "revises"
    return "needs" if needed else "reads"


def _namesake(step: Step, kind: Kind, steps: Sequence[Step | None]) -> str:
    """The repair where a step makes another type of the same name, such as that of another plugin; else empty."""
    if isinstance(kind, str):
        return ""
    for other in steps:
        for made in (*other.component.provides, *other.component.revises) if other is not None else ():
            if other is not None and made.__name__ == kind.__name__ and root_of(made) is not root_of(kind):
                return (
                    f"it means {full_name(kind)}, and '{other.id}'{_at_line(other)} provides {full_name(made)}: name that one "
                    f"in '{step.id}', or add a step that provides the other"
                )
    return ""


def _repair(step: Step, kind: Kind, plugins: Sequence[str]) -> str:
    before = f"before line {step.line}" if step.line else f"before '{step.id}'"
    # Which plugin provides a type is known only once it is imported, and none is imported that the
    # pipeline does not name; but plugins tend to be called after what they provide.
    near = get_close_matches(_layer(kind).rpartition(".")[2], plugins, n=1, cutoff=0.6)
    example = f", e.g. {near[0]}" if near else " (`copydesk plugins NAME` shows what a plugin provides)"
    return f"add a step that provides it {before}{example}; or say `given: [{_layer(kind)}]`, if the documents bring it"


def _layer(kind: Kind) -> str:
    return kind if isinstance(kind, str) else kind.layer


def _name(kind: Kind) -> str:
    return f"the layer '{kind}'" if isinstance(kind, str) else kind.__name__


def _at_line(step: Step) -> str:
    return f" (line {step.line})" if step.line else ""


def check_order(steps: Sequence[Step], given: Collection[str] = (), checks: Sequence[type[Check[Any]]] = ()) -> None:
    """Refuse steps in an order that cannot work.

    Raises:
        InvalidPipelineError: with all problems.
    """
    problems = [
        Problem(steps[index].path or "<python>", steps[index].line or index + 1, 1, message)
        for index, message in order_problems(steps, given, checks=checks)
    ]
    ids = [step.id for step in steps]
    problems += [
        Problem("<python>", index + 1, 1, f"two steps have the id '{id}'; give one a Step with its own id")
        for index, id in enumerate(ids)
        if id in ids[:index]
    ]
    problems += [
        Problem("<python>", index + 1, 1, f"'{PARSE}' is what the shared parse is called; give the Step another id")
        for index, id in enumerate(ids)
        if id == PARSE
    ]
    if not steps:
        problems.append(Problem("<python>", 1, 1, "a pipeline has at least one step"))
    if problems:
        raise InvalidPipelineError(problems)
