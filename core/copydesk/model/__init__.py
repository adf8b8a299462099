"""The document model: spans, annotations, references, layers, documents, the shared vocabulary and the JSON form."""
