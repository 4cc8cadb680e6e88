"""Read and write YAML with the position of each value."""
