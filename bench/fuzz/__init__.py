"""Fuzzing with any bytes instead of content: ``python -m bench.fuzz`` looks for inputs on which guidegen fails or is slow."""
