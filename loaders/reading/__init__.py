"""Find the acts of a statement, whose they are and what they say."""
