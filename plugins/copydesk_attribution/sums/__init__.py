"""The ledger of a story: its figures brought to one scale, and the sums that they must satisfy."""
