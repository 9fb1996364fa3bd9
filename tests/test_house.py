"""The rules of the house that a machine can check."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ontology", "graph", "loaders", "api")
MODULES = sorted(module for package in PACKAGES for module in (ROOT / package).rglob("*.py"))


def test_imports_only_fall() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_module_says_one_thing(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert text.startswith(('"""', "#!")), "a module begins by saying what it is"
    assert "TYPE_CHECKING" not in text
    assert "except Exception" not in text


def test_no_tests_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))
