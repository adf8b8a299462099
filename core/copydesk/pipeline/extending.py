"""`extends:`: one pipeline file laid over another.

Files are merged as trees, so that each value still knows the file, line and column it stands in.
"""

from __future__ import annotations

from copydesk.errors import Problem
from copydesk.nearest import did_you_mean
from copydesk.yaml_reader import Node, Way

_ADDED_TO = ("plugins", "given", "observers")
"""Keys whose lists are added to those of the base."""


def extended(base: Node, own: Node, problems: list[Problem]) -> Node:
    """A file laid over what it extends.

    Args:
        base: the tree of what it extends, itself extended already.
        own: the tree of the file.
        problems: what is wrong is added to it.
    """
    return _Merger(problems, base, own).merged()


class _Merger:
    """One file laid over what it extends."""

    def __init__(self, problems: list[Problem], base: Node, own: Node) -> None:
        self._problems = problems
        self._base = base
        self._own = own

    def merged(self) -> Node:
        own, base = self._own, self._base
        if not (isinstance(own.value, dict) and isinstance(base.value, dict)):
            return own  # which is a problem already
        merged = Node({**base.value, **own.value}, own.line, own.column, {**base.keys, **own.keys}, own.path)
        for key in ("extends", "without"):
            merged.value.pop(key, None)
        for key in _ADDED_TO:
            if (both := self._added(key)) is not None:
                merged.value[key] = both
        for key in ("limits", "input", "output"):
            if key in own.value and key in base.value:
                merged.value[key] = _over(base.value[key], own.value[key])
        if (steps := self._steps()) is not None:
            merged.value["steps"] = steps
            merged.keys["steps"] = base.keys["steps"]
        return merged

    def _added(self, key: str) -> Node | None:
        base, own = self._base.get(key), self._own.get(key)
        if base is None or own is None or not (isinstance(base.value, list) and isinstance(own.value, list)):
            return None
        return Node([*base.value, *own.value], own.line, own.column, path=own.path)

    def _steps(self) -> Node | None:
        base, own = self._base.get("steps"), self._own.get("steps")
        if base is None or not isinstance(base.value, list):
            return None
        left_out = self._left_out(base.value)
        steps = [step for step in base.value if _id(step) not in left_out]
        for index, step in enumerate(own.value if own is not None and isinstance(own.value, list) else ()):
            if _id(step) is not None:
                self._lay(steps, step, ("steps", index))
        if not steps:
            self._problems.append(self._own.problem("no step is left", ("without",)))
        return Node(steps, base.line, base.column, path=base.path)

    def _left_out(self, steps: list[Node]) -> set[str]:
        named = self._own.get("without")
        ids = [step_id for step in steps if (step_id := _id(step)) is not None]
        left_out: set[str] = set()
        for index, node in enumerate(named.value if named is not None and isinstance(named.value, list) else ()):
            if not isinstance(node.value, str):
                continue  # already a problem of the file's shape
            if node.value not in ids:
                self._problem(
                    f"{self._base.path} has no step '{node.value}'{did_you_mean(node.value, ids)}", ("without", index)
                )
            left_out.add(node.value)
        return left_out

    def _lay(self, steps: list[Node], step: Node, way: Way) -> None:
        """Change the step of this id, or put a new one in its place."""
        ids = [_id(each) for each in steps]
        wanted, places = _id(step), [key for key in ("before", "after") if step.get(key) is not None]
        if wanted in ids:
            index = ids.index(wanted)
            if places:
                self._problem(f"'{wanted}' is a step of {self._base.path} and stays in its place", (*way, places[0]))
            elif _text(steps[index], "use") != _text(step, "use"):
                self._problem(
                    f"the step '{wanted}' of {self._base.path} uses {_text(steps[index], 'use')}; give this one its own "
                    f"`id:`, or leave the other out by `without: [{wanted}]`",
                    (*way, "use"),
                )
            else:
                steps[index] = _changed(steps[index], step)
        elif not places:
            known = did_you_mean(str(wanted), [each for each in ids if each is not None])
            self._problem(
                f"'{wanted}' is no step of {self._base.path}{known.rstrip('?')}. A new step says before or after which one "
                "it comes, by `before:` or `after:`",
                (*way, "id" if step.get("id") else "use"),
            )
        elif len(places) > 1:
            self._problem("a step comes before one or after one, not both", (*way, "after"))
        else:
            [place] = places
            neighbour = _text(step, place)
            if neighbour in ids:
                steps.insert(ids.index(neighbour) + (place == "after"), step)
            elif neighbour is not None:
                known = did_you_mean(neighbour, [each for each in ids if each is not None])
                self._problem(f"there is no step '{neighbour}' here{known}", (*way, place))

    def _problem(self, message: str, way: Way) -> None:
        self._problems.append(self._own.problem(message, way))


def _id(step: Node) -> str | None:
    return _text(step, "id") or _text(step, "use")


def _text(node: Node, key: str) -> str | None:
    child = node.get(key)
    return child.value if child is not None and isinstance(child.value, str) else None


def _changed(base: Node, own: Node) -> Node:
    """A step of the base with other settings."""
    settings = own.get("with")
    if settings is None or settings.value is None:
        return base
    before = base.get("with")
    merged = settings if before is None or before.value is None else _over(before, settings)
    step = Node({**base.value, "with": merged}, base.line, base.column, dict(base.keys), base.path)
    step.keys["with"] = own.keys["with"]
    return step


def _over(base: Node, own: Node) -> Node:
    """One mapping laid over another, key by key."""
    if not (isinstance(base.value, dict) and isinstance(own.value, dict)):
        return own
    return Node({**base.value, **own.value}, own.line, own.column, {**base.keys, **own.keys}, own.path)
