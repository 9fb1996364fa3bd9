"""Records as JSON and CSV."""

import csv
import io
import json
from dataclasses import replace

import pytest

from api.rendering import COLUMNS, csv_rows, csv_text, to_json
from graph.question import Question
from ontology.terms import Kind


def test_json_says_everything_that_a_record_holds(held) -> None:
    found = json.loads(json.dumps(to_json(held.acts[0])))
    assert found["kind"] == "pledge"
    assert found["force"] == 4
    assert found["actors"][0]["type"] == "state"
    assert found["utterances"][0]["speaker"]["name"] == "Rupert of Hentzau"
    assert found["utterances"][0]["statement"]["text"] is None


def test_sets_have_one_order() -> None:
    assert to_json(Question(kinds=frozenset(Kind)))["kinds"] == sorted(Kind)


def test_csv_holds_the_slots(held) -> None:
    (row, *_) = csv.DictReader(io.StringIO(csv_text(held.acts)))
    assert tuple(row) == COLUMNS
    assert (row["actors"], row["counterparts"]) == ("Ruritania", "Graustark")
    assert row["fields"] == "; ".join(held.acts[0].fields)
    assert (row["due"], row["amount"], row["condition"]) == ("../2030", "200.0", "if the truce holds")
    assert (row["negated"], row["said"], row["speaker"]) == ("false", "1", "Rupert of Hentzau")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_runs_as_a_formula(held, start: str) -> None:
    (row,) = csv_rows([replace(held.acts[0], action=f"{start}HYPERLINK(1)")])
    assert row["action"] == f"'{start}HYPERLINK(1)"


def test_a_call_has_no_force(held) -> None:
    (row,) = csv_rows([held.acts[3]])
    assert (row["kind"], row["force"]) == ("call", None)
