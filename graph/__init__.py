"""Keep, find and follow commitments in a property graph."""
