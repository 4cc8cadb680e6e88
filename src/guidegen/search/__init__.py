"""Search: one analysis of text, the words that people use, and the files that a reader's device searches in."""
