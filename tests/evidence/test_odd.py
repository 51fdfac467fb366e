"""The ODD protocol and TRACE: complete, in the order that readers know, and never out of date."""

import ast
import builtins
import inspect
import json
import pkgutil
import re
import textwrap
from importlib import import_module
from pathlib import Path

import pytest

import trustsim as ts
from trustsim import agents, rules
from trustsim.errors import InputError
from trustsim.evidence import odd, targets
from trustsim.evidence.odd import docstrings, mechanisms, patterns, writer
from trustsim.evidence.odd.listing import listing, statements
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.levers import LEVERS
from trustsim.measures import MEASURES
from trustsim.parameters import REGISTER
from trustsim.rules.trust import erode

ROOT = Path(__file__).parents[2]
SMALL = ts.generate({"units": 1})

SECTIONS = [
    "1 Purpose and patterns",
    "2 Entities, state variables, and scales",
    "3 Process overview and scheduling",
    "4 Design concepts",
    "5 Initialization",
    "6 Input data",
    "7 Submodels",
]
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction",
    "Stochasticity", "Collectives", "Observation",
]  # fmt: skip
ELEMENTS = [
    "1 Problem formulation",
    "2 Model description",
    "3 Data evaluation",
    "4 Conceptual model evaluation",
    "5 Implementation verification",
    "6 Model output verification",
    "7 Model analysis",
    "8 Model output corroboration",
]


def headings(text: str, level: int) -> list[str]:
    outside_code = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(rf"^{'#' * level} (.+)$", outside_code, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def text() -> str:
    return odd.write("odd")


@pytest.fixture(scope="module")
def prose(text: str) -> str:
    """All but the reference list, in which every key of a finding stands anyway."""
    return text.split("\n## References\n", maxsplit=1)[0]


def code(name: str) -> str:
    return f"`{name}`"


# ---------------------------------------------------------------- up to date


@pytest.mark.parametrize(("document", "file"), odd.DOCUMENTS.items())
def test_the_kept_documents_are_what_the_model_says_now(document, file):
    option = "" if document == "odd" else f" --{document}"
    kept = (ROOT / file).read_text(encoding="utf-8")
    assert kept == odd.write(document), (
        f"the model is no longer what {file} says. Read the prose of the sections that change, then write it anew: "
        f"trustsim odd{option} --out {file}"
    )


@pytest.mark.parametrize("document", odd.DOCUMENTS)
def test_a_document_knows_neither_the_day_nor_the_machine(document):
    written = odd.write(document)
    assert str(ROOT) not in written
    assert "0x" not in written
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", written)


def test_there_is_no_other_document():
    with pytest.raises(InputError, match="no document 'overview'; there are odd, trace, summary"):
        odd.write("overview")


def test_trace_needs_the_tests_that_it_points_to(monkeypatch, tmp_path):
    monkeypatch.setattr(writer, "ROOT", tmp_path)
    with pytest.raises(InputError, match="in a clone and not in an installed package"):
        odd.write("trace")


# ---------------------------------------------------------------- the order that readers know


def test_the_seven_sections_stand_in_order(text):
    assert headings(text, 2) == [*SECTIONS, "References"]


def test_all_eleven_design_concepts_are_told(text):
    concepts = text.split("## 4 Design concepts")[1].split("## 5 ")[0]
    assert headings(concepts, 3) == [f"4.{number} {name}" for number, name in enumerate(CONCEPTS, start=1)]


def test_trace_has_its_eight_elements_in_order():
    assert headings(odd.write("trace"), 2) == [*ELEMENTS, "Reference"]


def test_the_summary_fits_a_paper():
    assert 200 < len(odd.write("summary").split()) < 600


# ---------------------------------------------------------------- complete


@pytest.mark.parametrize("names", [LEVERS, MEASURES, INTERVENTIONS, SHOCKS], ids=["levers", "measures", "do", "happen"])
def test_everything_that_has_a_name_is_told(prose, names):
    assert [name for name in names if code(name) not in prose] == []


def test_every_parameter_is_told_with_its_default(prose):
    register = prose.split("### 7.9 ")[1].split("### 7.10 ")[0]
    rows = {row.split("|")[1].strip(): row for row in register.splitlines() if row.startswith("| `")}
    for name, parameter in REGISTER.items():
        group, stem, *variant = name.split(".")
        default = " ".join([*variant, f"{parameter.default:.6g}"])
        assert re.search(rf"[|,] {re.escape(default)}[ ,]", rows[code(f"{group}.{stem}")]), name


def test_every_setting_of_an_intervention_is_told(prose):
    for kind, episode in {**INTERVENTIONS, **SHOCKS}.items():
        section = prose.split(f"#### `{kind}`: ")[1].split("\n#### ")[0]
        own = [each.name for each in episode.settings() if each.name not in ("start", "weeks", "dose")]
        assert [name for name in own if f"| {code(name)} |" not in section] == [], kind
        assert "def contributions(self, week, units):" in section


def test_every_rule_is_told_by_its_docstring_and_its_statements(prose):
    for module in pkgutil.iter_modules(rules.__path__):
        for rule in mechanisms.functions(import_module(f"trustsim.rules.{module.name}")):
            assert docstrings.read(rule).text in prose, rule.__name__
            assert statements(rule) in prose, rule.__name__


def test_every_rule_tells_its_equation():
    equation = re.compile(r"[\w)] [-+*/] [\w(]|min\(|max\(|sqrt\(|[<>]=? ")
    for module in pkgutil.iter_modules(rules.__path__):
        for rule in mechanisms.functions(import_module(f"trustsim.rules.{module.name}")):
            assert equation.search(docstrings.read(rule).text), rule.__name__


def test_nothing_that_agents_do_is_left_out(prose):
    silent = {"__repr__", "__getitem__", "birth", "seat"}  # how they look; Mesa's numbers; what the model does for them
    for module in pkgutil.iter_modules(agents.__path__):
        for found in vars(import_module(f"trustsim.agents.{module.name}")).values():
            if getattr(found, "__module__", "") != f"trustsim.agents.{module.name}":
                continue
            for done in mechanisms.methods(found) if inspect.isclass(found) else [found]:
                assert done.__name__ in silent or listing(done) in prose, f"{found.__name__}.{done.__name__}"


def test_every_function_that_the_statements_call_is_told_too(prose):
    told = set(re.findall(r"^ *def (\w+)\(|^\*\*`(\w+)\(", prose, flags=re.MULTILINE))
    known = {name for names in told for name in names} | set(dir(builtins)) | {"ceil", "fsum", "sqrt"}
    kinds = {
        "Birth", "Births", "Channel", "Conduct", "Contribution", "Decision", "Hours", "InputError", "PatientPanel",
        "Usual", "_Pools", "kind",
    }  # fmt: skip
    in_words = {
        "build_positions", "build_ties", "build_units", "draw_graph",  # section 5
        "role_code", "style", "_triangular",  # a code; the table of styles; the rule for many draws
    }  # fmt: skip
    called = set()
    for block in re.findall(r"^```python\n(.*?)^```$", prose, flags=re.MULTILINE | re.DOTALL):
        tree = ast.parse("def block():\n" + textwrap.indent(block, "    "))
        calls = (each.func for each in ast.walk(tree) if isinstance(each, ast.Call))
        called |= {each.id for each in calls if isinstance(each, ast.Name)}
    assert called - known == kinds | in_words


def test_every_stage_of_the_week_is_told(prose):
    process = prose.split("## 3 ")[1].split("## 4 ")[0]
    for stage, what in docstrings.steps(ts.HospitalModel.step):
        assert f"**`{stage}`**: {what}" in process
        assert listing(getattr(ts.HospitalModel, stage)) in process


def test_every_state_variable_of_a_living_hospital_is_told(prose):
    entities = prose.split("### 2.2 ")[1].split("### 2.3 ")[0]
    pair = {"kind": "dyad_leadership", "weeks": 1}
    model = ts.HospitalModel(ts.Scenario(name="pair", burn_in=0, weeks=1, interventions=(pair,)), organization=SMALL)
    model.step()
    unit = model.units[0]
    things = [*model.agents_by_type, unit.dyad, unit, unit.panel, unit.positions[0], unit.deciding_ties[0]]
    assert unit.dyad is not None
    for thing in (model.agents_by_type[kind][0] if inspect.isclass(kind) else kind for kind in things):
        slots = getattr(thing, "__slots__", ())
        names = {*slots, *getattr(thing, "__dict__", {})} - {"model", "unique_id", "pos", "hospital"}
        untold = [name for name in names if not name.startswith("_") and code(name) not in entities]
        assert untold == [], type(thing).__name__


def test_every_finding_that_is_cited_stands_in_the_references(text):
    references = text.split("\n## References\n")[1]
    cited = {key for each in REGISTER.values() for key in (*each.source, *each.direction)} - {"assumption"}
    cited |= {key for target in targets().values() for key in target.basis}
    assert [key for key in sorted(cited) if f"\n| {key} |" not in references] == []


# ---------------------------------------------------------------- honest


def test_every_miss_is_explained_and_nothing_else_is():
    missed = {each.key for each in patterns.patterns() if each.is_missed}
    assert set(patterns.misses()) == missed, (
        "trustsim/evidence/misses.yaml has the mechanism suspected behind each miss"
    )


def test_results_are_judged_by_the_targets_of_today():
    for each in patterns.patterns():
        if patterns.results():
            assert (each.result["low"], each.result["high"]) == (each.part.low, each.part.high), (
                f"{each.key} changed since; trustsim validate --json > experiments/verification/validation.json"
            )


def judged(**result: object) -> patterns.Pattern:
    target = targets()["V7"]
    return patterns.Pattern("V7.whole", target, target.parts["whole"], {"no_measure": None, **result})


def test_a_result_is_called_what_it_is():
    assert judged(**{"pass": True}).verdict == "pass"
    assert judged(**{"pass": False}).verdict == "**miss**"
    assert judged(**{"pass": False, "no_measure": "it has no part-time work"}).verdict == "not in the model"


def test_only_what_has_a_value_outside_the_tolerance_is_missed():
    assert judged(**{"pass": False}).is_missed
    assert not judged(**{"pass": True}).is_missed
    assert not judged(**{"pass": False, "no_measure": "it has no part-time work"}).is_missed


def test_a_target_that_nobody_judged_is_neither_passed_nor_missed():
    target = targets()["V7"]
    unjudged = patterns.Pattern("V7.whole", target, target.parts["whole"])
    assert (unjudged.verdict, unjudged.is_missed) == ("not judged yet", False)


@pytest.fixture
def validated(monkeypatch, tmp_path):
    """Put results of a validation in place of those that are kept: V1 passes, V3 is missed, V19 is not simulated."""
    rows = {
        "V1.level": {"pass": True, "value": 0.0712, "se": 0.0014, "no_measure": None},
        "V3.ratio": {"pass": False, "value": 4.56, "se": 0.12, "no_measure": None},
    }
    missing = {"pass": False, "value": None, "se": None, "no_measure": "nobody works part-time"}
    document = {"seeds": 30, "totals": {"CAL": {"passed": 1, "of": 8}, "HOLD": {"passed": 0, "of": 12}}, "rows": []}
    for key in (each.key for each in patterns.patterns()):
        target, part = key.split(".")
        document["rows"].append({"id": target, "part": part, **rows.get(key, missing)})
    path = tmp_path / "experiments" / "verification" / "validation.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document))
    monkeypatch.setattr(patterns, "RESULTS", path)
    monkeypatch.setattr(patterns, "MISSES", tmp_path / "misses.yaml")
    patterns.MISSES.write_text("V3.ratio: Intent follows burnout more closely than it should.\n")
    caches = patterns.results, patterns.misses
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_results_are_told_with_their_error_their_verdict_and_what_is_suspected(validated):
    text = odd.write("odd")
    assert re.search(r"^\| V1\.level \|.*\| 0\.05 to 0\.09 \| 0\.0712 ± 0\.0014 \| pass \|$", text, flags=re.MULTILINE)
    assert re.search(r"^\| V3\.ratio \|.*\| 4\.56 ± 0\.12 \| \*\*miss\*\* \|$", text, flags=re.MULTILINE)
    assert "1 of 8 CAL, 0 of 12 HOLD pass" in text
    assert "- **V3.ratio**, miss (burned-out physicians intend to leave): Intent follows burnout more" in text
    assert "- **V19.ratio**, not in the model (physicians who are more exhausted cut their hours): nobody" in text
    assert "1 of 8 and 0 of 12 pass" in odd.write("summary")


# ---------------------------------------------------------------- how it is read


def test_a_docstring_is_read_in_its_parts():
    read = docstrings.read(erode)
    assert read.first == "Return a belief after a week without contact: belief + drift * (propensity - belief)."
    assert read.sections == {}
    tie = docstrings.read(agents.Tie)
    assert docstrings.Entry(("ability", "benevolence", "integrity"), "float", "Beliefs about the trustee, 0 to 1.") in (
        tie.entries("Attributes")
    )
    assert tie.entries("Notes") == []


def test_a_listing_is_the_function_without_docstring_and_annotations():
    assert listing(erode) == "def erode(belief, propensity, drift):\n    return belief + drift * (propensity - belief)"


def test_a_template_that_names_what_is_not_there_is_noticed():
    with pytest.raises(LookupError, match=r"no function agents\.person\.Person\.fly"):
        mechanisms.actions("agents.person.Person.fly")
    with pytest.raises(LookupError, match="there is no tests/nothing"):
        writer._pointer("tests/nothing.py")
    with pytest.raises(LookupError, match="has no test_nothing"):
        writer._pointer("tests/test_packaging.py", "test_nothing")
