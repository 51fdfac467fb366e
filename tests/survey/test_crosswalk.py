"""The crosswalk: every instrument says what it can of a feeling of the model, and how surely."""

import math

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.survey import Item, find_item, instruments
from trustsim.survey.crosswalk import FEELINGS
from trustsim.worlds.state import People

ITEMS = [item for constructs in instruments().values() for stats in constructs.values() for item in stats.values()]
FEELS = np.linspace(0.05, 0.95, 19)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
class TestEveryItem:
    def test_asks_for_a_feeling_of_the_model_and_says_on_what_ground(self, item: Item) -> None:
        assert FEELINGS[item.feeling] in People._fields
        assert item.stat in ("mean", "pct_favourable")
        assert 0.0 <= item.uncertainty <= 0.2
        assert (item.source == "assumption") == (item.grade == "none")

    def test_stays_within_its_scale_and_goes_one_way(self, item: Item) -> None:
        scores = item.expected(FEELS)
        low, high = item.bounds
        assert scores.min() >= low
        assert scores.max() <= high
        assert len(set(np.sign(np.diff(scores)))) == 1

    def test_has_the_slope_of_its_scores(self, item: Item) -> None:
        step = 1e-6
        slope = (item.expected(FEELS + step) - item.expected(FEELS - step)) / (2.0 * step)
        np.testing.assert_allclose(item.slope(FEELS), slope, rtol=1e-6)


def test_the_inventory_is_the_scale_of_the_model() -> None:
    exhaustion = find_item("MBI", "Emotional Exhaustion", "mean")
    assert exhaustion.expected(np.array([0.0, 0.5, 1.0])).tolist() == [0.0, 27.0, 54.0]
    assert find_item("mbi", "depersonalisation", "mean").expected(np.array([1.0])).tolist() == [30.0]


def test_the_burnout_item_agrees_with_the_inventory_about_as_often_as_it_was_found_to() -> None:
    # Of those above the inventory's cut it finds most, of those below it passes most (rank correlation 0.72: B7).
    exhaustion = np.random.default_rng(1).normal(0.45, 0.17, 100_000)
    burned_out = 1.0 - find_item("mini_z", "burnout", "pct_favourable").expected(exhaustion) / 100.0
    assert 0.75 < burned_out[exhaustion >= 0.5].mean() < 0.92
    assert 0.05 < burned_out[exhaustion < 0.5].mean() < 0.22


def test_the_sampling_error_falls_with_the_answers_and_is_never_nothing() -> None:
    mean, share = (
        find_item("mbi", "emotional exhaustion", "mean"),
        find_item("sops", "supervisor support", "pct_favourable"),
    )
    assert mean.standard_error(20.0, 16) == pytest.approx(3.0)
    assert share.standard_error(50.0, 96) == pytest.approx(5.0)
    assert 0.0 < share.standard_error(100.0, 8) < share.standard_error(60.0, 8)
    assert all(math.isfinite(item.standard_error(item.bounds[0], 5)) for item in ITEMS)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("mbl", "emotional exhaustion", "mean"), "unknown instrument 'mbl'; there is mbi, .*did you mean 'mbi'"),
        (("mbi", "exhaustion", "mean"), "unknown construct 'exhaustion'; there is emotional_exhaustion"),
        (("sops", "communication openness", "mean"), "unknown stat 'mean'; there is pct_favourable"),
    ],
)
def test_what_is_unknown_is_told_with_what_there_is(names: tuple[str, str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        find_item(*names)
