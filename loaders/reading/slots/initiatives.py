"""Named programmes and plans."""

from ontology.records import Initiative


def initiatives(sentence: str, start: int, end: int) -> tuple[Initiative, ...]:
    """The programmes named in the act at `start` to `end` of a sentence."""
    return ()
