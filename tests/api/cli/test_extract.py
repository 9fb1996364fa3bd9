"""`pledgegraph extract` on real files: its promises about keys, order, sameness, speed and bad input."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app

EXAMPLES = Path(__file__).parents[3] / "api" / "examples"
DIALOGUE = EXAMPLES / "2023-05-06-china-pakistan-strategic-dialogue.md"
COMMAND = Path(sys.executable).parent / "pledgegraph"
KEYS = [
    "document",
    "kind",
    "actors",
    "counterparts",
    "action",
    "start",
    "end",
    "fields",
    "deadline",
    "quantity",
    "condition",
    "negated",
    "reaffirmed",
    "speaker",
    "quote",
    "rule",
]


def extract(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["extract", *map(str, arguments)])


def test_one_object_a_line_with_the_promised_keys_first() -> None:
    result = extract(DIALOGUE)
    assert result.exit_code == 0, result.output
    acts = [json.loads(line) for line in result.stdout.splitlines()]
    assert acts
    assert all(list(act)[: len(KEYS)] == KEYS for act in acts)
    assert {actor for act in acts for actor in act["actors"]} >= {"China", "Pakistan"}
    assert all(act["action"] in act["quote"] for act in acts)


def test_the_same_bytes_from_run_to_run() -> None:
    def run(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run([COMMAND, "extract", EXAMPLES], env=environment, capture_output=True, check=True).stdout

    assert run("1") == run("2") != b""


def test_it_waits_for_no_library_that_it_does_not_need() -> None:
    code = (
        "import sys; from api.cli import app;"
        f"app(['extract', {str(DIALOGUE)!r}], standalone_mode=False); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert not loaded & {"fastapi", "neo4j", "rdflib", "pyarrow", "uvicorn", "httpx2", "torch", "pydantic_settings"}


def test_turtle_holds_the_same_acts() -> None:
    from rdflib import RDF, Graph, URIRef

    acts = extract(DIALOGUE).stdout.splitlines()
    result = extract(DIALOGUE, "--format", "turtle")
    assert result.exit_code == 0, result.output
    graph = Graph().parse(data=result.stdout, format="turtle")
    utterance = URIRef("https://w3id.org/pledgegraph/ns#Utterance")
    assert len(list(graph.subjects(RDF.type, utterance))) == len(acts)


def test_a_table_to_look_at() -> None:
    result = extract(DIALOGUE, "--format", "table")
    assert result.exit_code == 0, result.output
    assert "Pakistan" in result.stdout
    assert "pledge" in result.stdout


def test_explain_shows_the_model_and_the_reason() -> None:
    result = extract(DIALOGUE, "--explain")
    assert result.exit_code == 0, result.output
    assert "keep Chinese people, projects and institutions in Pakistan safe" in result.stdout
    assert re.search(r"by Pakistan \(\S+: .+\): ", result.stdout)
    assert re.search(r"keep/B-pledge=0\.\d\d Chinese/I-pledge=", result.stdout)


def test_explain_says_how_near_the_model_came_where_it_found_nothing(tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("Kenya will build a port.\n\nIt rained on Monday.\n\nThe ambition to someday link arms")
    said = extract(text, "--explain").stdout
    assert re.search(r"It rained on Monday\.\n    nothing: the likeliest beginning is '\w+' with B-\w+=0\.\d\d", said)
    assert "pledge by Kenya" in said
    assert said.count("nothing:") == 2


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


BAD = {
    "missing.txt": (lambda path: None, "does not exist"),
    "empty.txt": (lambda path: path.write_bytes(b""), "holds no text"),
    "latin.txt": (lambda path: path.write_bytes("Türkiye will act.".encode("latin-1")), "is not UTF-8"),
    "binary.txt": (lambda path: path.write_bytes(bytes(range(256))), "is binary"),
    "huge.txt": (huge, "is too large"),
    "folder": (lambda path: path.mkdir(), "holds no statement"),
    "front.md": (lambda path: path.write_text("---\ndate: soon\n---\nWe will act."), "is not understood"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_reported_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    make(tmp_path / name)
    good = tmp_path / "good.txt"
    good.write_text("France will train 200 Kenyan officers by 2030.\n")
    result = extract(tmp_path / name, good)
    assert result.exit_code == 1
    assert words in result.stderr
    assert name in result.stderr
    assert result.stderr.startswith("pledgegraph: ")
    assert "Traceback" not in result.stderr
    assert [json.loads(line)["document"] for line in result.stdout.splitlines()] == ["good"]


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    result = extract(DIALOGUE, "--model", tmp_path)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr


def test_no_file_is_a_usage_error() -> None:
    assert extract().exit_code == 2


def test_a_pipe_that_is_closed_early_is_no_traceback() -> None:
    run = subprocess.run(
        f"{COMMAND} extract {EXAMPLES} | head -1", shell=True, capture_output=True, text=True, check=True
    )
    assert "Traceback" not in run.stderr
    assert len(run.stdout.splitlines()) == 1


def test_any_number_of_workers_gives_the_same_bytes_in_the_same_order(tmp_path: Path) -> None:
    inputs = [*sorted(EXAMPLES.glob("2023*.md")), tmp_path / "absent.txt", *sorted(EXAMPLES.glob("2024*.md"))]
    one, two = (
        subprocess.run([COMMAND, "extract", *inputs, "--workers", number], capture_output=True, check=False)
        for number in ("1", "2")
    )
    assert one.stdout == two.stdout != b""
    assert one.stderr == two.stderr
    assert b"absent.txt" in two.stderr
    assert one.returncode == two.returncode == 1


def test_min_confidence_leaves_out_what_the_model_is_less_sure_of() -> None:
    everything = [json.loads(line) for line in extract(DIALOGUE).stdout.splitlines()]
    bound = sorted(act["confidence"] for act in everything)[len(everything) // 2]
    sure = [json.loads(line) for line in extract(DIALOGUE, "--min-confidence", bound).stdout.splitlines()]
    assert sure == [act for act in everything if act["confidence"] >= bound] != everything
    assert extract(DIALOGUE, "--min-confidence", 2).exit_code == 2
