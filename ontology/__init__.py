"""What exists: the vocabulary, its shapes, the records and their mapping."""
