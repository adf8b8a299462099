"""What a process of ours does once a pipeline is loaded."""

from __future__ import annotations

import gc


def settle() -> None:
    """Have collections of garbage pass over what is loaded now: model and word lists stay to the end.

    Python looks through all objects at each full collection, which took 3 to 8 % of a run. For the command line and
    worker processes; in the process of a caller it is the caller's to do.
    """
    gc.collect()
    gc.freeze()
