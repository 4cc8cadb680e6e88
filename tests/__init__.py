"""Tests of guidegen. The folders are those of the package; tests of the whole are at the top."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder of the repository."""
