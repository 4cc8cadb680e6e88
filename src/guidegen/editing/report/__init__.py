"""The staff report on a guide, which is never published."""
