"""Render pages with Jinja2."""
