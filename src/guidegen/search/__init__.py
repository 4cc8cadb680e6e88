"""Search: tokenizing text, the words that people use for concepts, the static index files, and reading queries."""
