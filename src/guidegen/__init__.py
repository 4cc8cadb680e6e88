"""guidegen: a static site generator for multilingual resource guides."""

__version__ = "0.1.0"
