"""A question in plain words and its answer as one record: for the command line, for HTTP and for the page alike."""

from dataclasses import dataclass, replace
from typing import Any, Self

from graph.find import find
from graph.lexicon import Lexicon
from graph.question import Answer, Question, Suggestion, Understood
from graph.store import Store
from graph.understand import understand
from ontology.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a question was read, what was not understood, the query that ran, the acts, and where the next page begins.

    `readings` are pairs of words of the question and the filter that they gave.
    """

    text: str
    readings: tuple[tuple[str, str], ...]
    unknown: tuple[Suggestion, ...]
    question: Question
    cypher: str
    parameters: dict[str, Any]
    acts: tuple[Act, ...]
    next: str | None

    @classmethod
    def of(cls, understood: Understood, answer: Answer) -> Self:
        """What was understood and what answers it, side by side."""
        return cls(
            text=understood.text,
            readings=understood.readings,
            unknown=understood.unknown,
            question=answer.question,
            cypher=answer.cypher,
            parameters=answer.parameters,
            acts=answer.acts,
            next=answer.next,
        )


async def ask(text: str, lexicon: Lexicon, store: Store, *, limit: int = 100, cursor: str | None = None) -> Asked:
    """The answer to a question in plain words; raises QuestionError when nothing of it is understood."""
    understood = understand(text, lexicon)
    question = replace(understood.question, limit=limit, cursor=cursor)
    return Asked.of(understood, await find(store, question))
