"""A question in plain words and its answer as one record: for the command line, for HTTP and for the page alike."""

from dataclasses import dataclass, replace
from typing import Any, Self

from graph.find import find
from graph.lexicon import Lexicon
from graph.question import Answer, Question, Suggestion, Tallied, Tally, Understood
from graph.store import Store
from graph.tally import tally
from graph.understand import understand
from ontology.records import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a question was read, what was not understood, the query that ran, the acts, and where the next page begins.

    `readings` are pairs of words of the question and the filter that they gave. A question for numbers (`question.by`)
    has `tallies` and no acts; `more` says that there are more of them.
    """

    text: str
    readings: tuple[tuple[str, str], ...]
    unknown: tuple[Suggestion, ...]
    question: Question
    cypher: str
    parameters: dict[str, Any]
    acts: tuple[Act, ...] = ()
    next: str | None = None
    tallies: tuple[Tally, ...] = ()
    more: bool = False

    @classmethod
    def of(cls, understood: Understood, answer: Answer | Tallied) -> Self:
        """What was understood and what answers it, side by side."""
        if isinstance(answer, Tallied):
            found: dict[str, Any] = {"tallies": answer.tallies, "more": answer.more}
        else:
            found = {"acts": answer.acts, "next": answer.next}
        return cls(
            text=understood.text,
            readings=understood.readings,
            unknown=understood.unknown,
            question=answer.question,
            cypher=answer.cypher,
            parameters=answer.parameters,
            **found,
        )


async def ask(
    text: str,
    lexicon: Lexicon,
    store: Store,
    *,
    limit: int = 100,
    cursor: str | None = None,
    groups: int | None = None,
) -> Asked:
    """The answer to a question in plain words; `groups` limits numbers where that is not the limit of acts.

    Raises QuestionError when nothing of it is understood, or when it cannot be answered.
    """
    understood = understand(text, lexicon)
    question = replace(understood.question, limit=limit, cursor=cursor)
    if question.by is None:
        return Asked.of(understood, await find(store, question))
    return Asked.of(understood, await tally(store, replace(question, limit=groups or limit)))
