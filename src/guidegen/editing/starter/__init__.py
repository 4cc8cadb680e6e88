"""A new guide: its folder, its service types, and the workflows of its host."""
