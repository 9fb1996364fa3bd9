"""Records as pages. Everything that stands in a template is escaped; nothing is marked as safe."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.asking import Asked
from api.counting import Sheet
from api.explorer import wording
from api.explorer.marking import marked, paragraphs, quoted
from api.explorer.terms import Rule, Term
from api.http.paths import acts_path, here, parameters
from api.http.problems import Problem
from api.rendering import first_utterance, to_json
from graph.entities import Neighbours
from graph.question import Answer, Tallied
from ontology.context import PREFIXES
from ontology.records import Act, Actor, Event, Field, Initiative, Person, Statement, Utterance

EXAMPLES: Final = (
    "all security pledges by Pakistan",
    "what does China expect of Pakistan?",
    "which fields did Pakistan make pledges in?",
    "what does Pakistan oppose?",
    "who promised money for climate, and how much?",
    "compare the security pledges of China and Pakistan",
)
QUERY: Final = (
    "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("field", "pg", "skos"))
    + """
SELECT ?who ?action ?act WHERE {
  ?act a pg:Commitment ;
    pg:action ?action ;
    pg:inField/skos:broader* field:security .
  ?party pg:pledges ?act ;
    skos:prefLabel ?who .
}
ORDER BY ?who
LIMIT 25
"""
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds."""

    statements: int
    commitments: int
    calls: int


_WORDING: Final[tuple[Callable[..., Any], ...]] = (
    wording.act_path,
    wording.amount_of,
    wording.corrected,
    wording.day,
    wording.field_label,
    wording.force_of,
    wording.form_path,
    wording.is_web,
    wording.key,
    wording.names,
    wording.question_path,
    wording.slots,
    wording.statement_path,
    quoted,
    first_utterance,
    acts_path,
)


@cache
def _templates() -> Environment:
    loader = PackageLoader("api.explorer")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals.update({function.__name__: function for function in _WORDING})
    return environment


def _page(name: str, **values: Any) -> str:
    return _templates().get_template(name).render(values)


def _home(**values: Any) -> str:
    nothing = dict.fromkeys(("text", "asked", "sheet", "refused", "counts", "cursor"))
    return _page("home.html", **nothing | {"examples": EXAMPLES} | values)


def home_page(counts: Counts) -> str:
    """The page on which a question is typed."""
    return _home(counts=counts)


def answer_page(asked: Asked, cursor: str | None) -> str:
    """A question, how it was read, and what answers it. `cursor` is that of this page, None on the first."""
    said = json.dumps(to_json(asked.parameters), indent=2, ensure_ascii=False)
    sheet = None if asked.question.by is None else Sheet.of(asked.question, asked.tallies)
    return _home(text=asked.text, asked=asked, sheet=sheet, parameters=said, cursor=cursor)


def refused_page(text: str, reason: str, near: tuple[str, ...]) -> str:
    """A question that cannot be answered, why not, known names near to it, and questions that can be answered."""
    return _home(text=text, refused=reason, near=near)


def acts_page(answer: Answer) -> str:
    """The acts that pass filters, newest first."""
    following = here(answer.question, answer.next) if answer.next else None
    return _page("acts.html", answer=answer, filters=parameters(answer.question), following=following)


def counts_page(found: Tallied) -> str:
    """Numbers, each of which leads to the acts that it counts."""
    sheet = Sheet.of(found.question, found.tallies)
    return _page("counts.html", found=found, sheet=sheet, filters=parameters(found.question))


def act_page(act: Act) -> str:
    """A commitment or a call, and every sentence that says it."""
    return _page("act.html", act=act)


def statement_page(statement: Statement, acts: tuple[Act, ...]) -> str:
    """A whole statement in which every act is marked; each mark can be linked to as `#u-KEY`."""
    marks = marked(acts, statement.iri)
    return _page("statement.html", statement=statement, marks=marks, paragraphs=paragraphs(statement.text or "", marks))


def utterance_page(said: Utterance, act: Act | None) -> str:
    """One act in one statement, and the commitment or call that it expresses."""
    return _page("utterance.html", said=said, act=act)


def entity_page(thing: Actor | Person | Initiative | Event, acts: tuple[Act, ...], more: bool) -> str:
    """A party, person, initiative or event, and its newest acts; `more` says that there are others."""
    what = type(thing).__name__.lower()
    return _page("entity.html", thing=thing, what=what, path=f"/{what}s/{wording.key(thing.iri)}", acts=acts, more=more)


def field_page(field: Field, around: Neighbours) -> str:
    """A field with those above and below it."""
    return _page("field.html", field=field, around=around)


def vocabulary_page(terms: tuple[Term, ...]) -> str:
    """Every term of the vocabulary; each can be linked to as `#NAME`."""
    return _page("vocabulary.html", terms=terms)


def shapes_page(rules: tuple[Rule, ...]) -> str:
    """Every rule for data; each can be linked to as `#NAME`."""
    return _page("shapes.html", rules=rules)


def query_page(formats: tuple[str, ...]) -> str:
    """The page on which a query in SPARQL is typed, and which of the formats its answer is to have."""
    return _page("sparql.html", formats=formats, example=QUERY)


def problem_page(problem: Problem) -> str:
    """What went wrong, for people."""
    return _page("problem.html", problem=problem)
