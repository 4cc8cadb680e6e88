"""Languages and writing, whatever the text is about."""
