"""A program: what a component does in a process of its own. Run by file, so that it imports no test framework.

It reads one JSON object on standard input and writes one on standard output. Order: the component's `module`, `file`
and `qualname`, its `config`, the `documents`, and the `parse` they get ("toy", a model's name, or null). Answer:
`imported`, the heavy modules that importing the component's module brought in; `used`, those that were there once it
had run; and `found`, the annotations of each document.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import json
import sys
from contextlib import redirect_stdout
from functools import reduce
from typing import Any

HEAVY = (
    "jax", "keras", "matplotlib", "nltk", "numpy", "onnxruntime", "pandas", "pint", "pyarrow", "requests", "scipy",
    "sentence_transformers", "sklearn", "spacy", "stanza", "sympy", "tensorflow", "thinc", "torch", "transformers",
)  # fmt: skip
"""Packages that take noticeable time to import: for `setup`, or for the function that needs them."""


def heavy_modules() -> list[str]:
    """Those of `HEAVY` that this process has imported."""
    return [name for name in HEAVY if name in sys.modules]


def load_module(name: str, file: str | None) -> Any:
    """A module by name; a test module, which often has no importable name, by its file."""
    try:
        module = importlib.import_module(name)
        if file is None or getattr(module, "__file__", None) == file:
            return module
    except ModuleNotFoundError as error:
        if file is None or (error.name is not None and not f"{name}.".startswith(f"{error.name}.")):
            raise
    assert file is not None
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def find_class(module: Any, qualname: str) -> Any:
    """The class of that qualified name, or None where it was made inside a function."""
    return None if "<locals>" in qualname else reduce(getattr, qualname.split("."), module)


def run(component_class: Any, order: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """What the component finds in the documents of the order."""
    from copydesk.model.document import Document
    from copydesk.testing.contract import as_json
    from copydesk.testing.running import context_for, view

    component = component_class(component_class.config_class.model_validate(order["config"]))
    component.setup(context_for(component))
    found: list[list[dict[str, Any]]] = []
    for item in order["documents"]:
        document = Document.from_json(item)
        if order["parse"] is not None:
            from copydesk.testing.parses import parse_with

            document = document.with_doc(parse_with(order["parse"], component, document.text))
        found.append(as_json(component.process(view(component, document)), document))
    return found


def main() -> None:
    """Answer the order on standard input."""
    order = json.load(sys.stdin)
    with redirect_stdout(io.StringIO()):  # what a component prints is no part of the answer
        module = load_module(order["module"], order["file"])
        imported = heavy_modules()
        component_class = find_class(module, order["qualname"])
        found = None if component_class is None else run(component_class, order)
    json.dump({"imported": imported, "used": heavy_modules(), "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
