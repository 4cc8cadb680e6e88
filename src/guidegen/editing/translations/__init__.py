"""The translators' side: list what needs translating, write it for their tools, and read it back."""
