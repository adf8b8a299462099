"""Pipelines: the YAML's model, its checking, and the thing that runs."""
