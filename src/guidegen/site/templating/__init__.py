"""Rendering of pages with Jinja2."""
