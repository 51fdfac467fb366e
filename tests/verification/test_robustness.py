"""Whether effects keep their sign elsewhere: what a flip is, and that the table that ships is of the model of today."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

from trustsim.comparison import paired_effect
from trustsim.errors import InputError
from trustsim.evidence import odd
from trustsim.evidence.calibration.goal import aims
from trustsim.evidence.calibration.plan import Plan
from trustsim.evidence.calibration.search import Trials
from trustsim.evidence.calibration.space import as_parameters, at_start, space
from trustsim.evidence.odd import robustness as kept
from trustsim.interventions import INTERVENTIONS
from trustsim.interventions.mission import mission
from trustsim.scenario.parameter_set import shipped_parameter_set
from trustsim.studies.durable import write_json

FOLDER = Path(__file__).parents[2] / "experiments" / "verification"
LUCK = np.random.default_rng(4).normal(0.0, 1.0, 24)
LUCK -= LUCK.mean()


@pytest.fixture(scope="module", autouse=True)
def scripts():
    """Let the scripts be imported, as they import each other."""
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def table():
    """The rows that ship, by intervention."""
    with (FOLDER / "robustness.csv").open(encoding="utf-8", newline="") as file:
        return {row["intervention"]: row for row in csv.DictReader(file)}


def effect(difference):
    return paired_effect("trust_leader", LUCK, 1.1 * LUCK + difference)


def row_of(here, others=(), vectors=()):
    from signs import row

    one = mission()["1.3"].expect[0]
    named = {f"hospital {number}": effect(each) for number, each in enumerate(others)}
    return row("huddles", one, effect(here), named, [effect(each) for each in vectors])


# ------------------------------------------------------------------------------------------------- what counts as what
def test_an_effect_that_is_clear_on_the_other_side_flips():
    found = row_of(1.0, others=[1.0, -1.0], vectors=[1.0, 1.0, -1.0])
    assert (found.flips, found.lost) == ("hospital 1", "")
    assert (found.plausible_same, found.plausible_lost, found.plausible_flipped) == (2, 0, 1)
    assert found.verdict == "flips: hospital 1; 1 of 3 plausible vectors"


def test_an_effect_on_the_other_side_that_luck_explains_is_lost_and_does_not_flip():
    found = row_of(-1.0, others=[0.001, -0.5], vectors=[0.001, -1.0])
    assert (found.flips, found.lost) == ("", "hospital 0")
    assert found.plausible_flipped == 0
    assert found.verdict == "lost: hospital 0; 1 of 2 plausible vectors"


def test_an_effect_that_is_the_same_everywhere_is_told_with_its_extremes():
    found = row_of(-1.0, others=[-0.5, -2.0], vectors=[-1.0])
    assert found.verdict == "lowers it everywhere"
    assert (found.smallest_in, found.largest_in) == ("hospital 1", "hospital 0")


def test_where_the_defaults_show_nothing_nothing_flips_and_what_vectors_show_is_told():
    found = row_of(0.0, others=[1.0, -1.0], vectors=[1.0, 1.0, -1.0])
    assert found.flips == ""
    assert found.verdict == "cannot be told from zero at the defaults; 2 of 3 vectors raise it, 1 lower it"


@pytest.mark.parametrize("intervention", INTERVENTIONS)
def test_a_headline_is_what_the_intervention_does_alone(intervention):
    from robustness import headline

    one = headline(intervention)
    assert any(one.expectation in row.expect and intervention in row.kinds for row in mission().values())
    differ = [
        (episode.kind, other.dose)
        for episode, other in zip(one.world.episodes, one.without.episodes, strict=True)
        if episode != other
    ]
    assert differ == [(intervention, 0.0)]


# -------------------------------------------------------------------------------------------------- without one target
@pytest.fixture
def calibration(tmp_path):
    """A folder in which the start misses one target; a second trial meets all, a third all but another one."""
    aimed_at, start = aims(), at_start(space())
    values = np.tile([aim.center for aim in aimed_at], (3, 1))
    names = [aim.name for aim in aimed_at]
    values[0, names.index("V14.level")] = 0.9
    values[2, names.index("V16.level")] = 0.9
    places = np.stack([start, np.clip(start + 0.2, 0.0, 1.0), np.clip(start + 0.4, 0.0, 1.0)])
    Trials(places, values, np.zeros_like(values)).write(tmp_path / "generation-000.json")
    write_json(tmp_path / "calibration.json", Plan(trials=64).describe())
    return tmp_path, [as_parameters(space(), place) for place in places]


def test_without_a_target_the_vector_that_alone_it_ruled_out_is_the_nearest_and_the_furthest(calibration):
    from leave_one_out import without_each_target

    folder, (start, middle, far) = calibration
    found = dict(without_each_target(folder))
    assert found["without V14 (nearest)"] == start
    assert found["without V14 (furthest)"] == start
    assert found["without V16 (nearest)"] == middle
    assert found["without V16 (furthest)"] == far
    assert {name.split()[1] for name in found} == {aim.name.split(".")[0] for aim in aims()}


def test_a_folder_that_holds_no_calibration_or_one_on_other_targets_is_refused(calibration, tmp_path):
    from leave_one_out import without_each_target

    with pytest.raises(InputError, match="holds no calibration"):
        list(without_each_target(tmp_path / "nothing"))
    folder, _ = calibration
    described = Plan(trials=64).describe()
    write_json(folder / "calibration.json", {**described, "targets": {"V1.level": [0.0, 1.0]}})
    with pytest.raises(InputError, match="calibrated on other targets"):
        list(without_each_target(folder))


# ------------------------------------------------------------------------------------------------------ what it found
def test_the_table_that_ships_has_all_interventions_and_is_of_the_calibration_that_ships(table):
    assert list(table) == list(INTERVENTIONS)
    shipped = shipped_parameter_set()
    assert {row["calibration"] for row in table.values()} == {shipped.digest}
    assert {int(row["plausible"]) for row in table.values()} == {len(shipped.plausible)}


def test_the_table_that_ships_says_what_two_interventions_do_today(table):
    from robustness import DEFAULTS, effects, headline

    both = [headline("leadership_training"), headline("autocratic_decisions")]
    for one, here in zip(both, effects(both, [DEFAULTS])[DEFAULTS.name], strict=True):
        row = table[one.intervention]
        assert float(row["low"]) < here.difference < float(row["high"])
        assert here.is_clear
        assert (here.difference > 0.0) == (one.expectation.goes == "up")


def test_effects_are_those_of_the_hospital_and_the_parameters_of_a_variant():
    from robustness import DEFAULTS, Variant, effects, headline

    elsewhere = [Variant("few", hospital={"organization.units": 2}), Variant("slow", {"trust.gain": 0.02})]
    found = effects([headline("leadership_training")], [DEFAULTS, *elsewhere], replicates=2)
    here, few, slow = (found[name][0] for name in ("defaults", "few", "slow"))
    assert 0.0 < slow.difference < here.difference
    assert few.baseline != here.baseline


def test_trace_names_every_flip_and_everything_that_is_lost(table):
    said = (FOLDER.parents[1] / odd.DOCUMENTS["trace"]).read_text(encoding="utf-8")
    for name, row in table.items():
        is_unsteady = any(row[column] not in {"", "0"} for column in ("flips", "lost", "plausible_flipped"))
        assert (f"- `{name}` on `{row['measure']}`: {row['verdict']}" in said) >= is_unsteady


def test_flips_are_told_first_and_what_is_steady_is_counted_alone(tmp_path, monkeypatch):
    from signs import as_csv

    rows = [row_of(1.0, others=[1.0]), row_of(1.0, others=[0.0]), row_of(1.0, vectors=[-1.0])]
    path = tmp_path / "robustness.csv"
    path.write_text(as_csv(rows, "a set"))
    monkeypatch.setattr(kept, "ROBUSTNESS", path)
    kept.headlines.cache_clear()
    try:
        told = list(kept.unsteady())
        trace = odd.write("trace")
    finally:
        kept.headlines.cache_clear()
    assert told == [
        "`huddles` on `open_concerns`: flips: 1 of 1 plausible vectors",
        "`huddles` on `open_concerns`: lost: hospital 0",
    ]
    assert "Of\n3 effects, 1 flip somewhere" in trace
    assert all(f"- {line}" in trace for line in told)
