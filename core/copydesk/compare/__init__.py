"""Two versions of the same documents side by side: what differs, and how good one is by the other."""
