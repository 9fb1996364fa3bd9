"""Read a statement from where it lies."""
