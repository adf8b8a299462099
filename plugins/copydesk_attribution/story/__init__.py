"""A document as the checks read it: its words, its quoted stretches, who is named, and who speaks."""
