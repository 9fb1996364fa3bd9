"""Questions for numbers on the command line."""

import csv
import io
import json
import re
from collections.abc import Callable

from typer.testing import Result

Run = Callable[..., Result]


def test_numbers_stand_in_a_table(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "how many pledges by Pakistan per year", "--store", store)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["year", "acts"]
    assert [line.split()[0] for line in lines[1:4]] == ["2023", "2024", "2025"]
    assert re.search(r"per year +counted by year", result.stdout)


def test_parties_stand_side_by_side(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "compare the security pledges of China and Pakistan", "--store", store)
    first, second, *_ = result.stdout.splitlines()
    assert first.split() == ["field", "China", "Pakistan"]
    assert re.fullmatch(r"Security +\d+ +\d+", second)


def test_one_number_is_one_line(pledgegraph: Run, store: str) -> None:
    found = pledgegraph("ask", "how many pledges did Kenya make", "--store", store).stdout
    assert re.match(r"\d+ acts\.\n", found)
    assert pledgegraph("ask", "how many pledges did Tuvalu make", "--store", store).stdout.startswith("No act")


def test_numbers_are_data_too(pledgegraph: Run, store: str) -> None:
    question = "total money promised per country"
    rows = csv.DictReader(io.StringIO(pledgegraph("ask", question, "--format", "csv", "--store", store).stdout))
    tallies = json.loads(pledgegraph("ask", question, "--format", "json", "--store", store).stdout)["tallies"]
    assert [(row["actor_name"], row["currency"], int(row["acts"]), float(row["amount"])) for row in rows] == [
        (*tally["labels"], tally["acts"], tally["amount"]) for tally in tallies
    ]
    assert tallies
    turtle = pledgegraph("ask", question, "--format", "turtle", "--store", store)
    assert turtle.exit_code == 2
    assert turtle.stdout == ""
    assert "--format csv" in turtle.stderr


def test_amounts_and_conditions_are_shown_where_they_are_asked_for(pledgegraph: Run, store: str) -> None:
    money = pledgegraph("ask", "who promised money for climate, and how much?", "--store", store).stdout
    assert "amount: 20 million pounds" in money
    plain = pledgegraph("ask", "who promised something for climate?", "--store", store).stdout
    assert "amount:" not in plain


def test_what_is_not_followed_is_an_error(pledgegraph: Run, store: str) -> None:
    result = pledgegraph("ask", "overdue pledges by Kenya", "--store", store)
    assert result.exit_code == 2
    assert "“overdue” cannot be answered" in result.stderr
    assert "by: Kenya" in result.stderr
