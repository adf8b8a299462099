"""The words of a document: where they stand, on which lines, in which quotations."""
