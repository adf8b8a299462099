"""What a step does to the layers of a document: pure functions over layers and references.

A layer is a list of entries: annotations, or the JSON objects that they were read as. References are followed
in entries of types that are known here; in others they are kept as they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from copydesk.errors import AnnotationError
from copydesk.model.annotation import Annotation, full_name, kind_of_layer, root_of
from copydesk.model.reference import ANY_LAYER, Merged, RefField

Entry = Annotation | dict[str, Any]
Entries = dict[str, list[Entry]]
Key = tuple[str, str]
"""Layer and id of an annotation."""


class Losses(NamedTuple):
    """What was lost with what went: annotations that could not stand without it, and references to it."""

    removed: int = 0
    cleared: int = 0


def field(entry: Entry, name: str) -> Any:
    """A base field of an entry."""
    return entry.get(name) if isinstance(entry, dict) else getattr(entry, name)


def place(entry: Entry) -> tuple[int, int, str]:
    """The sort key of a layer: by start, of those that start together the longest first."""
    return (field(entry, "start"), -field(entry, "end"), field(entry, "id"))


def add(entries: Entries, added: Sequence[Annotation], *, text: str) -> set[str]:
    """Add annotations to layers, in place; returns the layers that changed.

    What another step said already, word for word, is not said again. Of two that differ and have one id, the
    later gets another, and references to it among `added` follow.

    Raises:
        AnnotationError: two of `added` have one id and a third refers to it; or a type claims another's layer.
    """
    renamed, kept = _distinct(entries, added, text)
    if renamed:
        kept = [_renamed(annotation, renamed) for annotation in kept]
    changed: set[str] = set()
    for annotation in kept:
        layer = annotation.layer
        if layer not in changed:
            changed.add(layer)
            entries[layer] = list(entries.get(layer, ()))
        entries[layer].append(annotation)
    for layer in changed:
        entries[layer].sort(key=place)
    return changed


def _distinct(entries: Entries, added: Sequence[Annotation], text: str) -> tuple[dict[Key, str], list[Annotation]]:
    """The annotations that are new, each with an id of its own, and the ids that changed for it."""
    taken: dict[str, dict[str, Entry]] = {}
    own: set[Key] = set()
    renamed: dict[Key, str] = {}
    twice: set[Key] = set()
    kept: list[Annotation] = []
    numbers: Counter[Key] = Counter()
    for annotation in added:
        layer = annotation.layer
        known = taken.get(layer)
        if known is None:
            known = taken[layer] = {field(entry, "id"): entry for entry in entries.get(layer, ())}
        other = known.get(annotation.id)
        key = (layer, annotation.id)
        if other is None:
            own.add(key)
        elif _says_the_same(other, annotation, text):
            continue
        else:
            if key in own:
                twice.add(key)
            id = _free(known, annotation.id, numbers, key)
            renamed.setdefault(key, id)
            annotation = annotation.model_copy(update={"id": id})  # noqa: PLW2901  # from here on it is this one
        known[annotation.id] = annotation
        kept.append(annotation)
    if twice:
        _refuse_ambiguous(kept, twice)
    # A key of `own` was first used in this output: the annotation that kept the id is the one that is meant.
    return {key: id for key, id in renamed.items() if key not in own}, kept


def _free(known: Mapping[str, Entry], id: str, numbers: Counter[Key], key: Key) -> str:
    while True:
        numbers[key] += 1
        candidate = f"{id}.{numbers[key] + 1}"
        if candidate not in known:
            return candidate


def _refuse_ambiguous(added: Iterable[Annotation], twice: set[Key]) -> None:
    for annotation in added:
        for reference, id in annotation.refs():
            if (reference.target.layer, id) in twice:
                kind = reference.target.__name__
                raise AnnotationError(
                    f"two different annotations have the id {str(id)!r}, and {annotation.id!r} refers to it; give each its "
                    f"own: id={kind}.make_id(start, end, 'b')"
                )


def _renamed(annotation: Annotation, renamed: Mapping[Key, str]) -> Annotation:
    entry, _ = _relinked(annotation, type(annotation), renamed, frozenset())
    assert isinstance(entry, Annotation)
    return entry


def _says_the_same(known: Entry, annotation: Annotation, text: str) -> bool:
    if isinstance(known, dict):
        said = annotation.to_json(text)
        return {**known, "step": None, "text": said["text"]} == {**said, "step": None}
    if root_of(type(known)) is not root_of(type(annotation)):
        raise AnnotationError(
            f"{full_name(type(known))} and {full_name(type(annotation))} both claim the layer '{annotation.layer}'; "
            "one of them must have another namespace"
        )
    return type(known) is type(annotation) and known.model_copy(update={"step": annotation.step}) == annotation


def revise(
    entries: Entries, layer: str, revised: Sequence[Annotation], merged: Sequence[Merged], step: str | None
) -> tuple[dict[Key, str], set[Key]]:
    """Make `revised` the whole layer, in place.

    Who is there under an id that was there keeps its maker; where it differs, it says that `step` revised it.

    Returns:
        The ids that were joined into others, and those that are gone.

    Raises:
        AnnotationError: two have one id; or something was merged that was not there, or into nothing.
    """
    before = {field(entry, "id"): entry for entry in entries.get(layer, ())}
    after: dict[str, Annotation] = {}
    for annotation in revised:
        if annotation.id in after:
            raise AnnotationError(
                f"the revised layer '{layer}' has the id {annotation.id!r} twice; return each annotation once, and give what "
                f"is new an id of its own: id={type(annotation).__name__}.make_id(start, end, 'b')"
            )
        after[annotation.id] = _signed(annotation, before.get(annotation.id), step)
    joined: dict[Key, str] = {}
    for old, into in merged:
        if old not in before:
            continue  # of another type that the step revises
        if old in after:
            raise AnnotationError(f"{old!r} was merged into {into!r} and returned all the same; return only the latter")
        joined[layer, old] = into
    joined = {key: _end_of(joined, layer, key[1]) for key in joined}
    if lost := [(old, into) for (_, old), into in joined.items() if into not in after]:
        raise AnnotationError(f"{lost[0][0]!r} was merged into {lost[0][1]!r}, which the step did not return")
    entries[layer] = sorted(after.values(), key=place)
    gone = {(layer, id) for id in before.keys() - after.keys() if (layer, id) not in joined}
    return joined, gone


def check_merged(merged: Iterable[Merged], joined: Mapping[Key, str]) -> None:
    """Refuse what was merged without having been there.

    Raises:
        AnnotationError: no layer that the step revises had it.
    """
    known = {id for _, id in joined}
    if unknown := [one.old for one in merged if one.old not in known]:
        raise AnnotationError(f"{unknown[0]!r} was merged, but no layer that the step revises had it")


def _end_of(joined: Mapping[Key, str], layer: str, id: str) -> str:
    seen = {id}
    while (layer, id) in joined:
        id = joined[layer, id]
        if id in seen:
            raise AnnotationError(f"{id!r} was merged into itself")
        seen.add(id)
    return id


def _signed(annotation: Annotation, before: Entry | None, step: str | None) -> Annotation:
    if before is None:
        return annotation if step is None else annotation.model_copy(update={"step": step})
    known = before if isinstance(before, Annotation) else root_of(type(annotation)).from_json(before)
    maker, revisers = known.step, known.revised_by
    same = annotation.model_copy(update={"step": maker, "revised_by": revisers})
    if same.to_json() == known.to_json():
        return same
    if step is None or step in revisers:
        return same
    return same.model_copy(update={"revised_by": (*revisers, step)})


def relink(entries: Entries, joined: Mapping[Key, str], gone: Iterable[Key]) -> tuple[set[str], Losses]:
    """Follow, in place, what was joined or is gone: references are rewritten, emptied, or take their annotation along.

    Returns:
        The layers that changed, and what was lost.
    """
    dead = set(gone)
    if not joined and not dead:
        return set(), Losses()
    _spread(entries, dead, joined)
    changed: set[str] = set()
    removed = cleared = 0
    for layer, items in entries.items():
        kind = kind_of_layer(layer)
        kept: list[Entry] = []
        touched = False
        for entry in items:
            if (layer, field(entry, "id")) in dead:
                removed += 1
                touched = True
                continue
            linked, emptied = _relinked(entry, type(entry) if isinstance(entry, Annotation) else kind, joined, dead)
            cleared += emptied
            touched = touched or linked is not entry
            kept.append(linked)
        if touched:
            entries[layer] = kept
            changed.add(layer)
    return changed, Losses(removed, cleared)


def _spread(entries: Entries, dead: set[Key], joined: Mapping[Key, str]) -> None:
    """Add to `dead` what cannot stand without it: each reference is looked at once."""
    needed_by: defaultdict[Key, list[Key]] = defaultdict(list)
    for layer, items in entries.items():
        for entry in items:
            for reference, target in references(entry, layer):
                if reference.required and target not in joined:
                    needed_by[target].append((layer, field(entry, "id")))
    queue = list(dead)
    while queue:
        for key in needed_by.get(queue.pop(), ()):
            if key not in dead:
                dead.add(key)
                queue.append(key)


def references(entry: Entry, layer: str) -> Iterator[tuple[RefField, Key]]:
    """What an entry refers to; nothing where its type is not known."""
    kind = type(entry) if isinstance(entry, Annotation) else kind_of_layer(layer)
    for reference in kind.ref_fields() if kind is not None else ():
        value = field(entry, reference.name)
        for id in value if reference.many and isinstance(value, list | tuple) else (value,):
            if isinstance(id, str):
                yield reference, (_target_layer(reference, id), str(id))


def _target_layer(reference: RefField, id: str) -> str:
    layer = reference.target.layer
    # `Ref[Annotation]` says in the reference itself where it points; read from JSON, the id's own form must do.
    return layer if layer != ANY_LAYER else getattr(id, "layer", None) or id.partition(":")[0]


def _relinked(
    entry: Entry, kind: type[Annotation] | None, joined: Mapping[Key, str], dead: set[Key] | frozenset[Key]
) -> tuple[Entry, int]:
    """The entry with its references rewritten and emptied, and how many were emptied."""
    if kind is None or not kind.ref_fields():
        return entry, 0
    changes: dict[str, Any] = {}
    emptied = 0
    for reference in kind.ref_fields():
        value = field(entry, reference.name)
        many = reference.many and isinstance(value, list | tuple)
        ids: list[str] = []
        for id in value if many else (value,):
            if not isinstance(id, str):
                continue
            key = (_target_layer(reference, id), str(id))
            if key in joined:
                ids.append(type(id)(joined[key]) if isinstance(entry, dict) else _moved(id, joined[key]))
            elif key in dead:
                emptied += 1
            else:
                ids.append(id)
        if many and ids != list(value):
            changes[reference.name] = ids if isinstance(entry, dict) else tuple(dict.fromkeys(ids))
        elif not many and isinstance(value, str) and ids != [value]:
            changes[reference.name] = ids[0] if ids else None
    if not changes:
        return entry, emptied
    return ({**entry, **changes} if isinstance(entry, dict) else entry.model_copy(update=changes)), emptied


def _moved(ref: Any, id: str) -> Any:
    return type(ref)(id, ref.layer) if hasattr(ref, "layer") else id


def check_references(entries: Entries, layers: Iterable[str]) -> None:
    """Refuse references to nothing in these layers.

    Raises:
        AnnotationError: there is one; the message names annotation, field and id.
    """
    ids: dict[str, set[str]] = {}
    for layer in layers:
        for entry in entries.get(layer, ()):
            for reference, (target, id) in references(entry, layer):
                if target not in ids:
                    ids[target] = {field(item, "id") for item in entries.get(target, ())}
                if id not in ids[target]:
                    raise AnnotationError(
                        f"{field(entry, 'id')!r} of layer '{layer}' refers by '{reference.name}' to {id!r}, "
                        f"but the layer '{target}' has no such annotation; who makes one returns it too: yield it"
                    )
