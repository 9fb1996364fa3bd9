"""Statements that mean harm and statements that mean none, put to a running service."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.api.cypher.serving import SECONDS, Other, Serving, other, trap
from tests.graph.guard.statements import Statement, hostile

NOTHING = Statement("nothing", "RETURN 1 AS one")


def attack(service: Serving, folder: Path, every: int = 1, later: float = 0.5) -> tuple[Counter[str], Other]:
    """Put the hostile statements to the service, of those that may run only some; what became of them.

    Asserts that nothing was written or fetched, and that each ended at most so many seconds after its limit.
    """
    planted = folder / "planted.csv"
    planted.write_text("never,to,be,read\n")
    ready(service)
    before = service.everything()
    with trap() as caught, other(service) as seen:
        statements = hostile(caught.address, planted.as_uri())
        refused = [each for each in statements if each.rules]
        costly = [each for each in statements if not each.rules][::every]
        ends = Counter(_refused(service, each, later) for each in refused) + Counter(
            _stopped(service, each, later) for each in costly
        )
    assert caught.knocks == 0
    assert service.everything() == before
    assert seen.failed == []
    return ends, seen


def _refused(service: Serving, statement: Statement, later: float) -> str:
    answer, took = service.ask(statement)
    assert answer.status_code == 422, f"{statement}: {answer.status_code} {answer.text[:300]}"
    assert answer.json().get("rule") in statement.rules, f"{statement}: {answer.text[:300]}"
    assert "never,to,be,read" not in answer.text
    assert took < SECONDS + later, f"{statement} took {took:.1f} s"
    return "refused"


def _stopped(service: Serving, statement: Statement, later: float) -> str:
    ready(service)
    answer, took = service.ask(statement)
    assert took < SECONDS + later, f"{statement} took {took:.1f} s"
    if answer.status_code == 200:
        return "answered"
    assert answer.status_code == 422, f"{statement}: {answer.status_code} {answer.text[:300]}"
    return str(answer.json()["limit"] or "not understood")


def ready(service: Serving) -> None:
    """Wait until statements are run again; one that had to be killed takes its server with it."""
    for _ in range(5):
        answer, _ = service.ask(NOTHING)
        if answer.status_code == 200:
            return
    raise AssertionError(answer.text)


def failing(service: Serving, statements: Iterable[Statement]) -> list[str]:
    """The harmless statements that get no answer."""
    answers = [(statement, service.ask(statement)[0]) for statement in statements]
    return [f"{statement}: {answer.text[:300]}" for statement, answer in answers if answer.status_code != 200]
