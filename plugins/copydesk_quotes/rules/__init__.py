"""The engine `rules`: attributions from the parse, the quotations and the cue lexicon."""
