"""Read content files into a checked guide."""
