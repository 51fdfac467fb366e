"""Five leadership styles in calm times and in a sharp crisis: what the articles say of morale, and of speed."""

from itertools import pairwise

import pytest

from trustsim.interventions.styles import STYLES, LeadershipStyle
from trustsim.scenario import Scenario, load_scenario, with_settings

# Of the two styles that promote trust the articles prefer neither.
TRUSTING = ("transformational", "servant")
FALLING = ("transactional", "autocratic", "dysfunctional")
SHARP, MILD, AFTERWARDS = (26, 34), (44, 52), (78, 104)
MORALE = ("satisfaction", "trust_organization", "cynicism")


def led(scenario: Scenario, style: str) -> Scenario:
    """A scenario all of which happens under leaders of one style."""
    under = LeadershipStyle(style=style, start=0, weeks=scenario.weeks)
    return scenario.model_copy(update={"name": f"{scenario.name}_{style}", "interventions": (under,)})


@pytest.fixture(scope="module")
def found(runs):
    sharp = load_scenario("sharp_crisis")
    times = {"calm": load_scenario("baseline"), "sharp": sharp, "mild": with_settings(sharp, {"sharp.dose": 0})}
    worlds = {(name, style): led(scenario, style) for name, scenario in times.items() for style in STYLES}
    worlds |= {(name, None): scenario for name, scenario in times.items()}
    done = runs(worlds.values(), [*MORALE, "workload", "open_concerns"])

    def effect(times, style, other, measure, weeks):
        return done.effect(worlds[times, style], worlds[times, other], measure, weeks)

    return effect


@pytest.mark.parametrize("style", TRUSTING)
@pytest.mark.parametrize("measure", MORALE)
def test_in_calm_times_styles_that_promote_trust_promote_morale(found, style, measure):
    effect = found("calm", style, None, measure, AFTERWARDS)
    assert effect.is_clear
    assert (effect.difference > 0.0) == (measure != "cynicism")


@pytest.mark.parametrize("measure", MORALE)
def test_in_calm_times_morale_falls_from_reward_to_command_to_chaos(found, measure):
    for better, worse in pairwise((None, *FALLING)):
        effect = found("calm", worse, better, measure, AFTERWARDS)
        assert effect.is_clear, (better, worse, effect)
        assert (effect.difference < 0.0) == (measure != "cynicism"), (better, worse, effect)


@pytest.mark.parametrize("measure", ["workload", "open_concerns"])
def test_in_the_sharpest_weeks_command_does_least_damage(found, measure):
    for other in STYLES:
        if other != "autocratic":
            effect = found("sharp", "autocratic", other, measure, SHARP)
            assert effect.high < 0.0, (other, effect)


@pytest.mark.parametrize(
    ("times", "weeks"), [("calm", SHARP), ("calm", AFTERWARDS), ("mild", MILD), ("sharp", AFTERWARDS)], ids=str
)
@pytest.mark.parametrize("measure", ["workload", "open_concerns"])
def test_and_only_there(found, times, weeks, measure):
    better = [found(times, "autocratic", style, measure, weeks).low > 0.0 for style in TRUSTING]
    assert all(better)


@pytest.mark.parametrize("times", ["calm", "mild", "sharp"])
def test_command_never_does_morale_any_good(found, times):
    for style in TRUSTING:
        assert found(times, "autocratic", style, "satisfaction", SHARP).high < 0.0
        assert found(times, "autocratic", style, "satisfaction", AFTERWARDS).high < 0.0
