"""What a step does to the layers of a document: pure functions over layers and references.

A layer is a list of entries: annotations, or the JSON objects that they were read as. References are followed
in entries of types that are known here; in others they are kept as they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from copydesk.errors import AnnotationError
from copydesk.model.annotation import Annotation, blocks, extension, full_name, kind_of_layer, root_of
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
    entry, _ = _relinked(annotation, type(annotation), renamed, frozenset(), Places({annotation.layer: [annotation]}))
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
    places = Places(dict(entries), (*dead, *joined))
    _spread(entries, dead, joined, places)
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
            own = type(entry) if isinstance(entry, Annotation) else kind
            linked, emptied = _relinked(entry, own, joined, dead, places)
            cleared += emptied
            touched = touched or linked is not entry
            kept.append(linked)
        if touched:
            entries[layer] = kept
            changed.add(layer)
    return changed, Losses(removed, cleared)


def _spread(entries: Entries, dead: set[Key], joined: Mapping[Key, str], places: Places) -> None:
    """Add to `dead` what cannot stand without it: each reference is looked at once."""
    needed_by: defaultdict[Key, list[Key]] = defaultdict(list)
    for layer, items in entries.items():
        for entry in items:
            for reference, target in references(entry, layer, places):
                if reference.required and target not in joined:
                    needed_by[target].append((layer, field(entry, "id")))
    queue = list(dead)
    while queue:
        for key in needed_by.get(queue.pop(), ()):
            if key not in dead:
                dead.add(key)
                queue.append(key)


class Places:
    """Where references lead that say no layer: `Ref[Annotation]` that was read from JSON is an id alone.

    Args:
        entries: all layers.
        gone: what is no longer in them, and may still be referred to.
    """

    def __init__(self, entries: Entries, gone: Iterable[Key] = ()) -> None:
        self._entries = entries
        self._gone = tuple(gone)
        self._layers: dict[str, str] | None = None

    def key(self, reference: RefField, id: str) -> Key:
        """Layer and id of what a reference means; a layer that is not there where it means nothing."""
        layer = reference.target.layer
        if layer == ANY_LAYER:
            layer = getattr(id, "layer", None) or self._found(str(id))
        return (layer, str(id))

    def _found(self, id: str) -> str:
        if self._layers is None:
            self._layers = {id: layer for layer, id in self._gone}
            for layer, items in self._entries.items():
                for entry in items:
                    self._layers.setdefault(field(entry, "id"), layer)
        return self._layers.get(id, ANY_LAYER)


def references(entry: Entry, layer: str, places: Places) -> Iterator[tuple[RefField, Key]]:
    """What an entry refers to, by the fields of its type and of extensions; nothing where they are not known."""
    kind = type(entry) if isinstance(entry, Annotation) else kind_of_layer(layer)
    for reference in root_of(kind).ref_fields() if kind is not None else ():
        for id in _ids(reference, field(entry, reference.name)):
            yield reference, places.key(reference, id)
    for block, extended in _extensions(entry):
        for reference in extended.ref_fields():
            if reference.name in block:
                for id in _ids(reference, block[reference.name]):
                    yield reference._replace(required=False), places.key(reference, id)  # its block alone goes


def _ids(reference: RefField, value: Any) -> list[str]:
    values = value if reference.many and isinstance(value, list | tuple) else (value,)
    return [id for id in values if isinstance(id, str)]


def _extensions(entry: Entry) -> list[tuple[dict[str, Any], type[Annotation]]]:
    """The blocks of an entry whose types are known."""
    if isinstance(entry, Annotation):
        if not entry.ext and not blocks(type(entry)):
            return []
        ext = entry.to_json().get("ext", {})
    else:
        ext = entry.get("ext") or {}
    return [(block, kind) for name, block in ext.items() if isinstance(block, dict) and (kind := extension(name))]


def _relinked(
    entry: Entry,
    kind: type[Annotation] | None,
    joined: Mapping[Key, str],
    dead: set[Key] | frozenset[Key],
    places: Places,
) -> tuple[Entry, int]:
    """The entry with its references rewritten and emptied, and how many were emptied."""
    if kind is None:
        return entry, 0
    emptied = 0
    changes: dict[str, Any] = {}
    for reference in root_of(kind).ref_fields():
        value = field(entry, reference.name)
        new, lost = _followed(reference, value, joined, dead, places)
        emptied += lost
        if new is not value:
            changes[reference.name] = new
    if changes:
        entry = {**entry, **changes} if isinstance(entry, dict) else entry.model_copy(update=changes)
    extended, lost = _relinked_extensions(entry, joined, dead, places)
    return extended, emptied + lost


def _relinked_extensions(
    entry: Entry, joined: Mapping[Key, str], dead: set[Key] | frozenset[Key], places: Places
) -> tuple[Entry, int]:
    """The same for the fields of extensions; a block that cannot stand without what is gone goes."""
    if not _extensions(entry):
        return entry, 0
    item = dict(entry) if isinstance(entry, dict) else entry.to_json()
    ext = dict(item["ext"])
    emptied = 0
    changed = False
    for name, block in item["ext"].items():
        kind = extension(name) if isinstance(block, dict) else None
        for reference in kind.ref_fields() if kind is not None else ():
            if reference.name not in block or name not in ext:
                continue
            value = block[reference.name]
            new, lost = _followed(reference, value, joined, dead, places)
            emptied += lost
            if new is not value:
                changed = True
                if new is None and reference.required:
                    del ext[name]
                else:
                    ext[name] = {**ext[name], reference.name: new}
    if not changed:
        return entry, emptied
    item["ext"] = ext
    if isinstance(entry, dict):
        return item, emptied
    whole = all(name in ext for name, _ in blocks(type(entry)))
    return (type(entry) if whole else root_of(type(entry))).from_json(item), emptied


def _followed(
    reference: RefField,
    value: Any,
    joined: Mapping[Key, str],
    dead: set[Key] | frozenset[Key],
    places: Places,
) -> tuple[Any, int]:
    """The value of a reference, rewritten and emptied; the value itself where nothing changed."""
    kept: list[str] = []
    emptied = 0
    for id in _ids(reference, value):
        key = places.key(reference, id)
        if key in joined:
            kept.append(_moved(id, joined[key]))
        elif key in dead:
            emptied += 1
        else:
            kept.append(id)
    if reference.many and isinstance(value, list | tuple):
        return (value if kept == list(value) else type(value)(dict.fromkeys(kept))), emptied
    return (value if not isinstance(value, str) or kept == [value] else kept[0] if kept else None), emptied


def _moved(ref: Any, id: str) -> Any:
    return type(ref)(id, ref.layer) if hasattr(ref, "layer") else id


def check_references(entries: Entries, layers: Iterable[str]) -> None:
    """Refuse references to nothing in these layers.

    Raises:
        AnnotationError: there is one; the message names annotation, field and id.
    """
    ids: dict[str, set[str]] = {}
    places = Places(entries)
    for layer in layers:
        for entry in entries.get(layer, ()):
            for reference, (target, id) in references(entry, layer, places):
                if target not in ids:
                    ids[target] = {field(item, "id") for item in entries.get(target, ())}
                if id not in ids[target]:
                    where = "no layer has" if target == ANY_LAYER else f"the layer '{target}' has no"
                    raise AnnotationError(
                        f"{field(entry, 'id')!r} of layer '{layer}' refers by '{reference.name}' to {id!r}, but {where} "
                        "such annotation; return it too, or leave the reference out"
                    )
