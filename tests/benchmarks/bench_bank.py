"""How fast each question of the bank is answered from an invented graph, as its HTTP parameters ask it.

Run with `pytest -s tests/benchmarks/bench_bank.py`; `filled` says how to give it a store of another size and kind. The
parties, speakers, events and so on that a question names become those of the invented graph.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from statistics import median
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.http.filters import CallFilters, CommitmentFilters, CountFilters
from graph.cypher import query
from graph.find import find, lexicon
from graph.lexicon import Lexicon
from graph.question import Question
from graph.tally import counting, tally
from tests.bank.bank import Entry, bank
from tests.benchmarks.filled import addresses, opened
from tests.benchmarks.invented import ACTORS

ROUNDS = 3
FILTERS = {"/commitments": CommitmentFilters, "/calls": CallFilters, "/counts": CountFilters}
ONE = {"issuer": "Office of Party 2", "speaker": "Speaker 7", "event": "Summit 7", "initiative": "Initiative 7"}


def in_the_invented_graph(entry: Entry, known: Lexicon, parties: dict[str, str]) -> Question:
    """The question of an entry, about invented things: the first party that the bank names is the most frequent."""
    asked = urlsplit(entry.http)
    given: dict[str, object] = defaultdict(list)
    for name, value in parse_qsl(asked.query):
        if name in ("actor", "to"):
            value = parties.setdefault(value, ACTORS[len(parties)].code or "")
        elif name == "words":
            value = "work with others"
        many = name in ("actor", "to", "field", "kind", "words", "by", "currency", *ONE)
        given[name] = [*given[name], ONE.get(name, value)] if many else value  # type: ignore[misc]
    return FILTERS[asked.path].model_validate(dict(given)).question(known)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return addresses(tmp_path_factory.mktemp("filled"))


async def seconds(*works: Callable[[], Awaitable[object]]) -> list[float]:
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, times in zip(works, taken, strict=True):
            begun = time.perf_counter()
            await work()
            times.append(time.perf_counter() - begun)
    return [median(times) for times in taken]


def test_the_bank_costs_little_beside_its_cypher(stores: tuple[str, str]) -> None:
    async def compared() -> dict[str, list[float]]:
        async with await opened(stores[0]) as store:
            known, parties = await lexicon(store), dict[str, str]()
            taken = {}
            for entry in bank():
                question = in_the_invented_graph(entry, known, parties)
                asked = query(question) if question.by is None else counting(question)
                answer = find if question.by is None else tally
                taken[entry.id] = await seconds(
                    lambda answer=answer, question=question: answer(store, question),  # type: ignore[misc]
                    lambda asked=asked: store.read(asked.text, asked.parameters),  # type: ignore[misc]
                )
            return taken

    taken = asyncio.run(compared())
    ours, floor = (sum(times[place] for times in taken.values()) for place in (0, 1))
    print(f"\n{len(taken)} questions: {ours / floor:.2f} times their Cypher through the driver")
    assert ours / floor <= 1.5


def test_the_bank_is_answered_from_a_large_graph(stores: tuple[str, str]) -> None:
    async def timed() -> dict[str, float]:
        async with await opened(stores[1]) as store:
            known, parties = await lexicon(store), dict[str, str]()
            taken = {}
            for entry in bank():
                question = in_the_invented_graph(entry, known, parties)
                answer = find if question.by is None else tally
                begun = time.perf_counter()
                await answer(store, question)
                taken[entry.id] = time.perf_counter() - begun
            return taken

    taken = asyncio.run(timed())
    slowest = sorted(taken, key=lambda name: taken[name], reverse=True)
    print(f"\nmedian {median(taken.values()) * 1000:.0f} ms; slowest: ", end="")
    print(", ".join(f"{name} {taken[name] * 1000:.0f} ms" for name in slowest[:12]))
    assert median(taken.values()) < 1
