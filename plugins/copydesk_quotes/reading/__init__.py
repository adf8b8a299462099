"""What the engines read of a document: its parse, its quotation marks, its paragraphs."""
