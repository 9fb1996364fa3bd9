"""The occasion of a statement."""

from ontology.records import Event, Statement


def event(statement: Statement) -> Event | None:
    """The occasion that the title or the opening names, if any."""
    return None
