"""Every act of a store, page by page."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from graph.find import find
from graph.question import Question
from graph.store import Store
from ontology.records import Act
from ontology.terms import Kind

_PAGE: Final = 1000


async def pages(store: Store) -> AsyncIterator[tuple[Act, ...]]:
    """All commitments and calls, newest first, in pages of at most a thousand. Raises StoreError."""
    question = Question(kinds=frozenset(Kind), limit=_PAGE)
    while True:
        answer = await find(store, question)
        if answer.acts:
            yield answer.acts
        if answer.next is None:
            return
        question = replace(question, cursor=answer.next)
