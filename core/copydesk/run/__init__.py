"""Running a pipeline over many documents: inputs, the run itself, and where its output goes."""
