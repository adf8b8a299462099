"""Names: what the model calls names, corrected where news text is regular."""
