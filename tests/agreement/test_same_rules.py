"""A rule that one engine has and the other has not is a defect, even where no run shows it."""

import ast
from pathlib import Path

import pytest

import trustsim

PACKAGE = Path(trustsim.__file__).parent


def rules_in(*rooms: str) -> set[str]:
    """Return the rules that the modules of some rooms import."""
    found = set()
    for file in (file for room in rooms for file in (PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("trustsim.rules"):
                found |= {alias.name for alias in node.names if alias.name.islower()}
    return found


def test_both_engines_call_the_same_rules():
    assert rules_in("agents", "model") == rules_in("worlds")


@pytest.mark.parametrize("file", sorted((PACKAGE / "rules").glob("[a-z]*.py")), ids=lambda file: file.stem)
def test_every_rule_is_called(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    rules = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in node.decorator_list)
    }
    assert rules
    assert rules <= rules_in("worlds", "rules")
