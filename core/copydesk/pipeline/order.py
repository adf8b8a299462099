"""Whether the steps of a pipeline can work in their order: one forward pass over requires and provides."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from copydesk.annotation import Annotation
from copydesk.errors import InvalidPipelineError, Problem
from copydesk.pipeline.step import PARSE, Step


def order_problems(steps: Sequence[Step | None], plugins: Sequence[str] = ()) -> list[tuple[int, str]]:
    """What is wrong with the order of steps: (index, message), one forward pass over requires and provides.

    A None stands for a step that could not be built: it may provide anything, so nothing after it is
    said to be missing. `plugins` are the names that a repair may suggest.
    """
    problems: list[tuple[int, str]] = []
    provided: set[type[Annotation]] = set()
    for index, step in enumerate(steps):
        if step is None:
            break
        component = step.component
        for kind in (*component.requires, *component.requires_optional):
            if kind in provided:
                continue
            later = next(
                (other for other in steps[index + 1 :] if other is not None and kind in other.component.provides), None
            )
            optional = kind not in component.requires
            if later is not None:
                verb = "reads" if optional else "needs"
                problems.append(
                    (
                        index,
                        (
                            f"'{step.id}' {verb} {kind.__name__}, which '{later.id}' provides only after it; "
                            f"move '{later.id}'{_at_line(later)} before '{step.id}'"
                        ),
                    )
                )
            elif not optional and None not in steps:
                problems.append((index, f"'{step.id}' needs {kind.__name__}; {_repair(step, kind, plugins)}"))
        provided.update(component.provides)
    return problems


def _repair(step: Step, kind: type[Annotation], plugins: Sequence[str]) -> str:
    before = f"before line {step.line}" if step.line else f"before '{step.id}'"
    # Which plugin provides a type is known only once it is imported, and none is imported that the
    # pipeline does not name; but plugins tend to be called after what they provide.
    near = get_close_matches(kind.layer, plugins, n=1, cutoff=0.6)
    example = f", e.g. {near[0]}" if near else " (`copydesk plugins NAME` shows what a plugin provides)"
    return f"add a step that provides it {before}{example}"


def _at_line(step: Step) -> str:
    return f" (line {step.line})" if step.line else ""


def check_order(steps: Sequence[Step]) -> None:
    """Refuse steps in an order that cannot work.

    Raises:
        InvalidPipelineError: with all problems.
    """
    problems = [
        Problem(steps[index].path or "<python>", steps[index].line or index + 1, 1, message)
        for index, message in order_problems(steps)
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
