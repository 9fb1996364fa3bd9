"""Fine-tune the tagger; needs the extra `train`."""
