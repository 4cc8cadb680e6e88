"""The fields of content files: one table, and the readers of their values."""
