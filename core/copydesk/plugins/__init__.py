"""What plugins are made of, and how they are found: base classes, hooks, registry."""
