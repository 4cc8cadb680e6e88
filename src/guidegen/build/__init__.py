"""Build a published site from a folder of content."""
