"""Booklets: a guide, or a part of it, as a PDF to print."""
