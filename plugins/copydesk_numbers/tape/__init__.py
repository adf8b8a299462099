"""A text as a row of words with classes, and patterns over them."""
