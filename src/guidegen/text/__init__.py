"""Languages, scripts and markup, independent of what a text is about."""
