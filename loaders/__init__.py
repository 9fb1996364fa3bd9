"""Turn statements into records."""
