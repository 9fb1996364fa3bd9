"""The command line as a whole: help, version, exit codes, and the commands for analysts who measure and train."""

import json
import re
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.cli.failures import EXIT_CODES

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "api" / "examples"
GOLD = ROOT / "tests" / "loaders" / "gold"
COMMANDS = ["extract", "load", "ask", "serve", "verify", "export", "import", "evaluate", "train"]


def pledgegraph(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)


def test_the_version_is_that_of_the_package() -> None:
    assert pledgegraph("--version").stdout == f"pledgegraph {version('pledgegraph')}\n"


def test_help_lists_every_command_in_the_order_of_use() -> None:
    text = pledgegraph("--help").stdout
    assert re.findall(r"^│ (\w+)  ", text, re.MULTILINE) == [*COMMANDS, "replica"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_by_examples(command: str) -> None:
    result = pledgegraph(command, "--help")
    assert result.exit_code == 0
    assert f"pledgegraph {command}" in result.stdout.partition("Examples:")[2]


def test_completion_can_be_installed() -> None:
    assert "--install-completion" in pledgegraph("--help").stdout


def test_no_command_shows_the_help() -> None:
    assert "Usage" in pledgegraph().output


def test_an_unknown_command_is_a_usage_error() -> None:
    result = pledgegraph("extrct")
    assert result.exit_code == 2
    assert "extract" in result.stderr


@pytest.mark.parametrize(("module", "name"), EXIT_CODES)
def test_the_table_of_exit_codes_names_real_errors(module: str, name: str) -> None:
    if module == "loaders.training.bases":
        pytest.importorskip("safetensors", reason="needs the extra")
    assert issubclass(getattr(import_module(module), name), Exception)


def test_an_error_outside_the_table_is_a_bug_and_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("api.cli.verify.run", broken)
    assert isinstance(pledgegraph("verify").exception, ZeroDivisionError)


@pytest.mark.parametrize(
    ("store", "words"),
    [
        ("nonsense://nowhere", "embedded:FOLDER"),
        ("bolt://127.0.0.1:1", "is the server running"),
        ("embedded:/proc/nothing", "/proc/nothing"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_in_one_line(store: str, words: str) -> None:
    result = pledgegraph("verify", "--store", store)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_environment_names_the_store_and_the_flag_wins() -> None:
    elsewhere = {"PLEDGEGRAPH_STORE": "nonsense://environment"}
    assert "nonsense://environment" in pledgegraph("verify", **elsewhere).stderr
    assert "nonsense://flag" in pledgegraph("verify", "--store", "nonsense://flag", **elsewhere).stderr


@pytest.mark.parametrize("port", ["70000", "http"])
def test_a_port_that_is_none_is_a_usage_error(port: str) -> None:
    result = pledgegraph("serve", "--port", port)
    assert result.exit_code == 2
    assert "port" in result.stderr


def test_evaluate_measures_against_annotations(tmp_path: Path) -> None:
    lines = [line for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text().splitlines()]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(lines))
    result = pledgegraph("evaluate", EXAMPLES, gold)
    assert result.exit_code == 0, result.output
    annotated, found, right, *_, f1 = re.search(r"^commitments +(.*)$", result.stdout, re.MULTILINE)[1].split()
    assert int(annotated) == sum(json.loads(line)["kind"] != "call" for line in lines)
    assert int(right) <= int(found)
    assert float(f1) > 0.5
    assert "speaker" in result.stdout


def test_evaluate_names_a_text_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("France will act.")
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"document": "two", "kind": "pledge", "actors": ["X"], "start": 0, "end": 3, "fields": ["trade"]}')
    result = pledgegraph("evaluate", tmp_path, gold)
    assert result.exit_code == 1
    assert "'two'" in result.stderr


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra is installed")
def test_train_says_how_to_get_the_extra(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("France will act.")
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"document": "one", "kind": "pledge", "start": 12, "end": 15, "fields": ["trade"]}')
    result = pledgegraph("train", tmp_path, gold, "--out", tmp_path / "model")
    assert result.exit_code == 1
    assert "pip install 'pledgegraph[train]'" in result.stderr
    assert not (tmp_path / "model").exists()


def test_train_refuses_annotations_that_do_not_fit(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("no JSON\n")
    result = pledgegraph("train", EXAMPLES, gold, "--out", tmp_path / "model")
    assert result.exit_code == 1
    assert f"{gold}:1" in result.stderr
