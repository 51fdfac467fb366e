"""Whatever is wrong in a scenario file, the message names the place, what was found and what would be right."""

import os
import pickle
from pathlib import Path
from textwrap import dedent

import pytest

from trustsim.errors import InputError
from trustsim.organization import generate
from trustsim.scenario import load_scenario

# name of the case, the file, where the mistake is, fragments of the message
WRONG = [
    (
        "unknown key",
        "name: a\nintervention: []\n",
        "2:1",
        ["unknown key intervention", "did you mean 'interventions'?"],
    ),
    ("unknown key far from any", "name: a\nxyz: 1\n", "2:1", ["unknown key xyz", "there are name, title"]),
    ("unknown key without a value", "name: a\nparameter:\n", "2:1", ["did you mean 'parameters'?"]),
    ("text for a number", "weeks: many\n", "1:8", ["weeks = 'many'", "a whole number from 1 to 520 (weeks)"]),
    ("number in quotes", "weeks: '52'\n", "1:8", ["weeks = '52'"]),
    ("fraction of a week", "weeks: 10.5\n", "1:8", ["weeks = 10.5", "a whole number"]),
    ("yes is text in YAML 1.2", "weeks: yes\n", "1:8", ["weeks = 'yes'"]),
    ("true is no number", "weeks: true\n", "1:8", ["weeks = True"]),
    ("out of range", "burn_in: 500\n", "1:10", ["burn_in = 500", "from 0 to 104"]),
    ("name with a slash", "name: a/b\n", "1:7", ["name = 'a/b'"]),
    ("number as source", "sources: [1.1]\n", "1:11", ["sources = 1.1", "string"]),
    ("mapping for a list", "interventions: {kind: recognition}\n", "1:16", ["interventions = "]),
    ("list for a mapping", "parameters: [1]\n", "1:13", ["parameters = [1]", "dictionary"]),
    (
        "unknown intervention",
        "interventions:\n  - kind: listening_tuor\n",
        "2:11",
        ["no intervention 'listening_tuor'", "did you mean 'listening_tour'?"],
    ),
    ("intervention without kind", "interventions:\n  - start: 3\n", "2:5", ["by its kind", "kind: listening_tour"]),
    ("kind alone", "interventions: [recognition]\n", "1:17", ["by its kind"]),
    ("kind is a list", "interventions:\n  - kind: [recognition]\n", "2:11", ["no intervention ['recognition']"]),
    ("shock among interventions", "interventions:\n  - kind: crisis\n", "2:11", ["it belongs under shocks"]),
    ("intervention among shocks", "shocks:\n  - kind: recognition\n", "2:11", ["it belongs under interventions"]),
    ("unknown shock", "shocks:\n  - kind: crysis\n", "2:11", ["no shock 'crysis'", "did you mean 'crisis'?"]),
    (
        "unknown setting of an intervention",
        "interventions:\n  - kind: town_hall\n    intervall: 4\n",
        "3:5",
        ["unknown key intervall", "did you mean 'interval'?"],
    ),
    (
        "setting out of range, in flow style",
        "interventions: [{kind: recognition, sincerity: 1.2}]\n",
        "1:48",
        ["sincerity = 1.2", "a number from 0 to 1 (0 to 1)"],
    ),
    (
        "second intervention wrong",
        "interventions:\n  - kind: recognition\n  - kind: town_hall\n    candor: high\n",
        "4:13",
        ["candor = 'high'"],
    ),
    (
        "wrong choice",
        "interventions:\n  - kind: shared_governance\n    side: nurses\n",
        "3:11",
        ["side = 'nurses'", "clinicians or administrators or both"],
    ),
    ("not a number", "shocks:\n  - kind: crisis\n    demand: .nan\n", "3:13", ["demand = nan"]),
    ("negative dose", "shocks:\n  - kind: crisis\n    dose: -1\n", "3:11", ["dose = -1", "from 0 to 2"]),
    (
        "setting without a value",
        "interventions:\n  - kind: recognition\n    rate:\n  - kind: town_hall\n",
        "3:5",
        ["rate = None", "a number from 0 to 4"],
    ),
    (
        "units in words",
        "interventions:\n  - kind: recognition\n    units: surgery\n",
        "3:12",
        ["units is all, a list of unit names, or {share: 0 to 1}, not 'surgery'"],
    ),
    ("no units", "interventions:\n  - {kind: recognition, units: []}\n", "2:32", ["units is all"]),
    ("share above 1", "interventions:\n  - {kind: recognition, units: {share: 2}}\n", "2:32", ["{share: 0 to 1}"]),
    ("unit twice", "interventions:\n  - {kind: recognition, units: [a, a]}\n", "2:32", ["names a unit twice"]),
    (
        "two of one name",
        "interventions:\n  - kind: recognition\n  - kind: recognition\n    start: 60\n",
        "3:5",
        ["two are called 'recognition'"],
    ),
    (
        "name of a group of parameters",
        "interventions:\n  - kind: recognition\n    name: trust\n",
        "3:11",
        ["'trust' is taken"],
    ),
    (
        "starts after the end",
        "weeks: 20\ninterventions:\n  - kind: recognition\n    start: 20\n",
        "4:12",
        ["recognition starts in week 20, after the last of 20 weeks"],
    ),
    (
        "unknown parameter",
        "parameters:\n  trust.negativty: 2\n",
        "2:3",
        ["unknown parameter 'trust.negativty'", "did you mean 'trust.negativity'?"],
    ),
    ("parameter out of range", "parameters:\n  trust.negativity: 9\n", "2:21", ["outside 1 to 5 (ratio)"]),
    ("parameter as text", "parameters: {trust.negativity: high}\n", "1:32", ["is a number (ratio), not 'high'"]),
    ("size among parameters", "parameters:\n  organization.units: 8\n", "2:3", ["under organization, as units"]),
    ("unknown size", "organization:\n  unit: 8\n", "2:3", ["no setting 'unit'", "did you mean 'units'?"]),
    ("half a unit", "organization:\n  units: 8.5\n", "2:10", ["whole number"]),
    ("negative seed", "organization:\n  seed: -1\n", "2:9", ["a seed is a whole number"]),
    ("parent that does not exist", "name: a\nextends: baselin\n", "2:10", ["did you mean 'baseline'?"]),
    ("parent file that does not exist", "extends: nowhere/else.yaml\n", "1:10", ["extends: no file", "else.yaml"]),
    ("two parents", "extends: [baseline, crisis]\n", "1:10", ["one name or path"]),
    ("bad YAML", "name: a\nweeks: [1, 2\nburn_in: 3\n", "3:8", ["not valid YAML"]),
    ("tab as indentation", "name: a\n\tweeks: 3\n", "2:1", ["not valid YAML"]),
    ("key twice", "name: a\nweeks: 3\nweeks: 4\n", "3:1", ["'weeks' stands here a second time", "line 2"]),
    ("key twice in an entry", "shocks:\n  - kind: crisis\n    dose: 1\n    dose: 0\n", "4:5", ["'dose'", "line 3"]),
    ("number as key", "name: a\n3: b\n", "2:1", ["a key is text"]),
    ("list as key", "name: a\n? [x]\n: b\n", "2:3", ["a key is text"]),
    ("list at the top", "- kind: recognition\n", "1:1", ["a list where keys with values are expected"]),
    ("only a word", "recognition\n", "1:1", ["only 'recognition'"]),
    ("empty file", "", "1:1", ["nothing where keys with values are expected"]),
    ("only comments", "# to be written\n", "1:1", ["nothing"]),
    ("anchor", "name: &x a\ntitle: *x\n", "1:7", ["anchors (&) and aliases (*) are not used here"]),
    ("alias of nothing", "name: a\ntitle: *x\n", "2:8", ["aliases (*) are not used here"]),
    ("tag", "name: !!python/object/apply:os.system ['true']\n", "1:7", ["tags (", "are not used here"]),
    ("directive", "%YAML 1.1\n---\nname: a\n", "2:1", ["directives (%)", "YAML 1.2"]),
    ("two documents", "name: a\n---\nname: b\n", "2:1", ["a second document"]),
    ("too deep", "name: " + "[" * 5000, "1:26", ["more than 20 levels"]),
    ("control character", "name: a\ntitle: b\x07c\n", "2:9", ["'\\x07'", "not allowed in YAML"]),
    ("number of ten thousand digits", "weeks: " + "9" * 10000 + "\n", "1:8", ["99999999999999999999...", "no number"]),
]


@pytest.mark.parametrize(("text", "where", "fragments"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_mistake_is_shown_where_it_stands(tmp_path, text, where, fragments):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:{where}: ")
    for fragment in fragments:
        assert fragment in message.splitlines()[0]


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder / f"{next(iter(files))}.yaml"


def test_all_mistakes_of_a_file_are_shown_at_once(tmp_path):
    path = written(tmp_path, mine="weeks: 0\nburn_in: 200\ntitel: x\n")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    places = [line.removeprefix(f"{path}:").split(" ")[0] for line in str(caught.value).splitlines()]
    assert places == ["1:8:", "2:10:", "3:1:"]


def test_a_mistake_in_an_inherited_file_is_shown_there(tmp_path):
    child = written(
        tmp_path,
        child="name: child\nextends: parent\nweeks: 52\n",
        parent="""
            name: parent
            extends: baseline
            interventions:
              - kind: recognition
                sincerity: 7
            """,
    )
    with pytest.raises(InputError, match="sincerity = 7") as caught:
        load_scenario(child)
    assert (caught.value.path, caught.value.line, caught.value.column) == (tmp_path / "parent.yaml", 5, 16)


def test_a_value_that_replaces_an_inherited_one_is_blamed_where_it_stands(tmp_path):
    child = written(
        tmp_path,
        child="extends: parent\nparameters:\n  trust.gain: 5\n",
        parent="parameters:\n  trust.negativity: 2\n  trust.gain: 0.05\n",
    )
    with pytest.raises(InputError, match=r"trust\.gain = 5") as caught:
        load_scenario(child)
    assert (caught.value.path, caught.value.line, caught.value.column) == (child, 3, 15)


def test_what_a_list_replaced_is_never_blamed(tmp_path):
    child = written(
        tmp_path,
        child="extends: parent\ninterventions:\n  - kind: recognition\n  - kind: recognition\n",
        parent="interventions:\n  - kind: recognition\n  - kind: recognition\n    name: other\n",
    )
    with pytest.raises(InputError, match="two are called 'recognition'") as caught:
        load_scenario(child)
    assert (caught.value.path, caught.value.line, caught.value.column) == (child, 4, 5)


def test_a_circle_of_parents_is_shown_as_a_chain(tmp_path):
    first = written(tmp_path, a="extends: b\n", b="name: b\nextends: c\n", c="extends: a\n")
    with pytest.raises(InputError, match="in a circle: a -> b -> c -> a") as caught:
        load_scenario(first)
    assert str(caught.value).startswith(f"{tmp_path / 'c.yaml'}:1:10: ")


def test_a_file_that_extends_itself_by_path_is_a_circle(tmp_path):
    with pytest.raises(InputError, match="in a circle: me -> me"):
        load_scenario(written(tmp_path, me="extends: me.yaml\n"))


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"name: a\ntitle: caf\xe9\n", "2:11"),
        ("name: a\n".encode("utf-16"), "1:1"),
        ("title: ä".encode() + b"\xff\n", "1:9"),
    ],
    ids=["latin-1", "utf-16", "after a letter of two bytes"],
)
def test_a_file_that_is_not_utf_8_is_refused_where_it_stops_being_so(tmp_path, content, where):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match="not UTF-8 text; save the file as UTF-8") as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}:{where}: ")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: mine\n")
    assert load_scenario(path).name == "mine"
    path.write_bytes(b"\xef\xbb\xbfwekes: 3\n")
    with pytest.raises(InputError, match=r"mine\.yaml:1:1: unknown key wekes"):
        load_scenario(path)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        load_scenario(f"{tmp_path}/")


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} was read"))
    with pytest.raises(InputError, match=r"has 50,000,000 bytes; files of this kind have at most 250,000"):
        load_scenario(path)


def test_what_is_no_ordinary_file_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="is no ordinary file"):
        load_scenario(tmp_path / "pipe.yaml")


@pytest.mark.parametrize("name", ["listening_tuor", "listening tour"])
def test_an_unknown_name_is_answered_with_the_nearest(name):
    with pytest.raises(InputError, match=f"no scenario '{name}'; did you mean 'listening_tour'"):
        load_scenario(name)


def test_an_unknown_name_far_from_any_is_answered_with_all():
    with pytest.raises(InputError, match=r"there are administrators_in_decisions, .*, welcoming_environment"):
        load_scenario("zzz")


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"mine\.yaml: no such file"):
        load_scenario(tmp_path / "mine.yaml")


def test_a_unit_that_the_hospital_has_not_is_shown_in_the_file(tmp_path):
    scenario = load_scenario(
        written(tmp_path, mine="interventions:\n  - kind: recognition\n    units: [Surgery, Cardiolgy]\n")
    )
    with pytest.raises(InputError, match="no unit 'Cardiolgy'; did you mean 'Cardiology'") as caught:
        scenario.plan(generate())
    assert str(caught.value).startswith(f"{tmp_path / 'mine.yaml'}:3:22: ")


def test_a_tour_too_soon_after_another_is_shown_in_the_file(tmp_path):
    scenario = load_scenario(
        written(
            tmp_path,
            mine="""
            interventions:
              - {kind: listening_tour, start: 0, weeks: 20}
              - {kind: listening_tour, name: again, start: 24, weeks: 20}
            """,
        )
    )
    with pytest.raises(InputError, match="needs 8 weeks between one and the next; start in week 28") as caught:
        scenario.plan(generate())
    assert str(caught.value).startswith(f"{tmp_path / 'mine.yaml'}:3:48: ")


def test_an_error_with_its_place_comes_home_from_a_worker(tmp_path):
    with pytest.raises(InputError) as caught:
        load_scenario(written(tmp_path, mine="weeks: 0\n"))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
