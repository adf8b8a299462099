"""From lines to blocks, and from blocks to the parts of a story."""
