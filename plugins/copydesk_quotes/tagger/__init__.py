"""The engine `learned`: a tagger on top of the rules."""
