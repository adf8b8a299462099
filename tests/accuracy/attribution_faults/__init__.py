"""Natural faults: real articles with one edit each, as a tired writer makes it, in words drawn from other articles.

An edit is kept as offsets and the words that replace them, so that no text of an article is kept with it. The articles
are split in two halves by their order: rules are developed on one, and what is found in the other is published.
"""

from attribution_faults.drawing import Others
from attribution_faults.edits import FAULTS, Edit, applied, edits_of

__all__ = ["FAULTS", "Edit", "Others", "applied", "edits_of"]
