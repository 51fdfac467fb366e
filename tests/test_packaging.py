"""What pyproject.toml, the pins and the citation say about one another."""

import re
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import trustsim

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8")


def normalized(requirement: str) -> str:
    """Return the name that a requirement is pinned under."""
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("extra", ["core", *PROJECT["optional-dependencies"]])
def test_everything_an_extra_asks_for_is_pinned(extra: str):
    asked = PROJECT["dependencies"] if extra == "core" else PROJECT["optional-dependencies"][extra]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", PINS, flags=re.MULTILINE))
    assert {normalized(requirement) for requirement in asked} - {"trustsim"} <= pinned


def test_pins_name_no_registry_and_no_folder():
    assert not re.search(r"://|index-url|find-links|file:|^\s*-|#.*/", PINS, flags=re.MULTILINE)


def test_python_3_11_stays_on_the_mesa_that_supports_it():
    assert re.search(r"^mesa==3\.3\.\d+ ; python_full_version < '3\.12'$", PINS, flags=re.MULTILINE)


def test_the_citation_is_of_this_release():
    citation = YAML(typ="safe").load(ROOT / "CITATION.cff")
    assert citation["version"] == trustsim.__version__
    assert citation["license"] == PROJECT["license"]
