"""The user's own files: tables of who is who, and names."""
