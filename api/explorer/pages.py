"""Records as pages. Everything that stands in a template is escaped; nothing is marked as safe."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.asking import Asked
from api.explorer import wording
from api.explorer.marking import marked, paragraphs, quoted
from api.http.problems import Problem
from api.rendering import first_utterance, to_json
from ontology.records import Act, Statement

EXAMPLES: Final = (
    "all security pledges by Pakistan",
    "what does China expect of Pakistan?",
    "pledges by China to Pakistan on finance",
    "what does Pakistan oppose?",
    "firm pledges by the United Kingdom since 2024",
    "support for sovereignty",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the graph holds."""

    statements: int
    commitments: int
    calls: int


_WORDING: Final[tuple[Callable[..., Any], ...]] = (
    wording.act_path,
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
)


@cache
def _templates() -> Environment:
    loader = PackageLoader("api.explorer")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals.update({function.__name__: function for function in _WORDING})
    return environment


def _page(name: str, **values: Any) -> str:
    return _templates().get_template(name).render(values)


def home_page(counts: Counts) -> str:
    """The page on which a question is typed."""
    return _page("home.html", text=None, asked=None, refused=None, counts=counts, cursor=None, examples=EXAMPLES)


def answer_page(asked: Asked, cursor: str | None) -> str:
    """A question, how it was read, and what answers it. `cursor` is that of this page, None on the first."""
    parameters = json.dumps(to_json(asked.parameters), indent=2, ensure_ascii=False)
    return _page(
        "home.html",
        text=asked.text,
        asked=asked,
        parameters=parameters,
        refused=None,
        counts=None,
        cursor=cursor,
        examples=EXAMPLES,
    )


def refused_page(text: str, reason: str, near: tuple[str, ...]) -> str:
    """A question that cannot be answered, why not, known names near to it, and questions that can be answered."""
    return _page(
        "home.html", text=text, asked=None, refused=reason, near=near, counts=None, cursor=None, examples=EXAMPLES
    )


def act_page(act: Act) -> str:
    """A commitment or a call, and every sentence that says it."""
    return _page("act.html", act=act)


def statement_page(statement: Statement, acts: tuple[Act, ...]) -> str:
    """A whole statement in which every act is marked; each mark can be linked to as `#u-KEY`."""
    marks = marked(acts, statement.iri)
    return _page("statement.html", statement=statement, marks=marks, paragraphs=paragraphs(statement.text or "", marks))


def problem_page(problem: Problem) -> str:
    """What went wrong, for people."""
    return _page("problem.html", problem=problem)
