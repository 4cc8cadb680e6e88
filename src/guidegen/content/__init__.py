"""The edge where content files become values."""
