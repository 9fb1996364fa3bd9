"""The optional reader: a language model behind an OpenAI-compatible service finds the acts, and is believed only where
the text bears it out."""
