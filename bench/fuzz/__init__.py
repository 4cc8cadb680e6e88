"""Any bytes in place of content: ``python -m bench.fuzz`` looks for those that guidegen stumbles over, or is slow with."""
