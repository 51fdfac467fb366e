"""The game and the rest of trustsim are one model: the same scenario, the same hours, the same numbers."""

import subprocess
import sys

import numpy as np
import pytest

from trustsim.game import QUARTERS, ROLES, WEEKS, Game, Pick, Setup, as_yaml, play
from trustsim.game.plans import allowed, picks_of
from trustsim.game.setup import first_week
from trustsim.measures import MEASURES
from trustsim.scenario import load_baseline, load_scenario
from trustsim.studies import read_run

DYADS, CANDID, REPAIR = (
    Pick("dyad_leadership", "weekly"), Pick("transparent_communication", "candid"), Pick("trust_repair", "full"),
)  # fmt: skip


@pytest.fixture(scope="module")
def game() -> Game:
    game = Game(Setup("distrust_in_data", "cmo", seed=11))
    for picks in ([CANDID, Pick("shared_dashboard", "together")], [DYADS], [DYADS], [DYADS, CANDID], [], [REPAIR]):
        game = game.commit(picks)
    return game


@pytest.fixture(scope="module")
def files(game, tmp_path_factory):
    folder = tmp_path_factory.mktemp("game")
    for name, scenario in (("team", game.scenario()), ("untouched", game.untouched())):
        (folder / f"{name}.yaml").write_text(as_yaml(scenario, "untouched.yaml"), encoding="utf-8")
    return folder


def test_a_game_as_a_file_is_the_same_scenario(game, files):
    team = load_scenario(files / "team.yaml")
    assert team == game.scenario().model_copy(update={"baseline": "untouched.yaml"})
    assert load_baseline(team).digest == game.untouched().digest


def test_trustsim_run_gives_the_numbers_of_the_game(game, files):
    options = ["--replicates", "2", "--seed", "11", "--out", "run"]
    command = [sys.executable, "-m", "trustsim", "run", "team.yaml", *options]
    done = subprocess.run(command, cwd=files, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    weekly = read_run(files / "run").weekly()
    first = weekly[weekly.replicate == 0]
    played = play(game)
    for column, world in enumerate((game.scenario().name, game.untouched().name)):
        of_world = first[first.scenario == world].sort_values("week")
        for measure in MEASURES:
            np.testing.assert_array_equal(of_world[measure].to_numpy(), played.series[measure][:, column], measure)


@pytest.mark.parametrize("role", ROLES)
def test_leaders_have_the_time_for_whatever_a_budget_allows(role):
    setup, luck = Setup("slow_erosion", role), np.random.default_rng(2)
    wanted = [{pick for pick in picks_of(setup) if luck.random() < 0.6} for _ in range(QUARTERS)]
    game, asked = Game(setup), []
    for picks in allowed(setup, wanted, luck):
        asked.append(game.cost(picks).leader_hours)
        game = game.commit(picks)
    assert max(asked) > 0.9 * ROLES[role].leader_hours
    # As many hours as they cost, none scaled down for want of time.
    weekly = play(game).series["leader_hours"][first_week(0) :, 0]
    assert weekly.reshape(QUARTERS, WEEKS).sum(axis=1) == pytest.approx(asked, rel=1e-9)


def test_others_dashboard_goes_when_the_team_builds_its_own():
    nobody = Game(Setup("distrust_in_data", "cmo")).commit().scenario()
    ours = Game(Setup("distrust_in_data", "cmo")).commit([Pick("shared_dashboard", "together")]).scenario()
    old = {
        scenario: next(e for e in scenario.interventions if e.name == "shared_dashboard") for scenario in (nobody, ours)
    }
    assert old[nobody].end > nobody.weeks
    assert old[ours].end == first_week(0)


def test_silence_after_a_breach_is_part_of_its_repair():
    game = Game(Setup("acute_crisis", "ceo"))
    for picks in ([], [], [], [], [REPAIR]):
        game = game.commit(picks)
    repair = next(e for e in game.scenario().interventions if e.kind == "trust_repair")
    assert (repair.start, repair.delay, repair.end) == (first_week(2), 26, first_week(5))
