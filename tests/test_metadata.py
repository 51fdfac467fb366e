"""CITATION.cff and codemeta.json: complete, and of one mind with pyproject.toml."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import trustsim

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = YAML(typ="safe").load(ROOT / "CITATION.cff")
CODEMETA = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
AUTHORS = [author["name"] for author in PROJECT["authors"]]


def test_the_citation_has_what_version_1_2_of_its_format_requires():
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    for text in ("message", "title", "abstract"):
        assert CITATION[text].strip()
    known = {"authors", "cff-version", "message", "title", "abstract", "keywords", "license", "type", "version"}
    assert set(CITATION) == known  # of the format's keys; another one has to be looked up there


def test_the_citation_is_of_this_project():
    assert CITATION["title"].split(":")[0] == PROJECT["name"]
    assert CITATION["version"] == trustsim.__version__
    assert CITATION["license"] == PROJECT["license"]
    assert CITATION["keywords"] == PROJECT["keywords"]
    assert [author["name"] for author in CITATION["authors"]] == AUTHORS


@pytest.mark.parametrize("term", ["name", "description", "keywords"])
def test_codemeta_says_what_pyproject_says(term):
    assert CODEMETA[term] == PROJECT[term]


def test_codemeta_is_of_this_release():
    assert CODEMETA["@context"] == "https://w3id.org/codemeta/3.0"
    assert CODEMETA["@type"] == "SoftwareSourceCode"
    assert CODEMETA["version"] == trustsim.__version__
    assert CODEMETA["license"] == f"https://spdx.org/licenses/{PROJECT['license']}"
    assert [author["name"] for author in CODEMETA["author"]] == AUTHORS


def test_codemeta_asks_for_the_same_python_and_packages():
    assert CODEMETA["programmingLanguage"]["version"] == PROJECT["requires-python"]
    assert CODEMETA["runtimePlatform"] == f"Python {PROJECT['requires-python']}"
    asked = [f"{each['name']}{each['softwareVersion']}" for each in CODEMETA["softwareRequirements"]]
    assert sorted(asked) == sorted(PROJECT["dependencies"])


def test_what_codemeta_points_to_is_there():
    pointers = [CODEMETA["readme"], CODEMETA["buildInstructions"]]
    assert all((ROOT / pointer).is_file() for pointer in pointers)
    assert not re.search(r"localhost|file:", json.dumps(CODEMETA))
