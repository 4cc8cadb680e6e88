"""Tools for staff beside their text editor."""
