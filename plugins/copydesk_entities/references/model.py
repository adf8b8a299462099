"""The ranking model: how likely each candidate is whom a pronoun means.

A network of one hidden layer. Its input is a row of columns for each candidate (see `features`), its output a number for
each; their softmax is the chance of each. The weights are learned by `learning/learn_references.py`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from copydesk_entities.references.features import width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copydesk_entities.references.features import Integers

    Floats = NDArray[np.float32]


class Model:
    """The weights.

    Attributes:
        columns: (columns, hidden): of each column its part of the hidden layer; the last one's is zero.
        bias: (hidden,). output: (hidden,).
    """

    def __init__(self, columns: Floats, bias: Floats, output: Floats) -> None:
        if columns.shape[0] != width():
            raise ValueError(f"the model of references has {columns.shape[0]} columns, and its features {width()}")
        self.columns, self.bias, self.output = columns, bias, output

    def chances(self, rows: Integers) -> list[float]:
        """The chance of each row: they add up to 1."""
        import numpy as np  # slow to import: only where there is a pronoun

        hidden = np.maximum(self.columns[rows].sum(1) + self.bias, 0)
        scores = hidden @ self.output
        chances = np.exp(scores - scores.max())
        found: list[float] = (chances / chances.sum()).tolist()
        return found


@cache
def shipped_model() -> Model:
    """The weights that come with the plugin."""
    import numpy as np

    data = (files("copydesk_entities") / "data" / "references.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Model(*(arrays[name].astype(np.float32) for name in ("columns", "bias", "output")))
