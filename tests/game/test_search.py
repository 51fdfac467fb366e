"""The search: it keeps to the rules, says how far it is, can be stopped, and finds the same twice."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from trustsim.errors import InputError
from trustsim.game import Game, Setup, play, search
from trustsim.game.search import YARDSTICKS, gains

SETUP = Setup("new_merger", "cmo", mode="assessed")


def test_a_search_tells_how_far_it_is_and_finds_the_same_twice():
    told: list[float] = []
    found = search(SETUP, told.append, quarters=3, rounds=3)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])
    assert found == search(SETUP, quarters=3, rounds=3)
    assert 100 < found.tried < 190


def test_a_search_lets_others_have_the_machine_between_its_rounds_and_finds_the_same():
    with ThreadPoolExecutor(1) as shared:
        others: list[Future[None]] = []

        def tell(share: float) -> None:
            assert all(other.done() for other in others)  # each waited for a round at most
            others.append(shared.submit(lambda: None))

        assert search(SETUP, tell, quarters=3, rounds=3, executor=shared) == search(SETUP, quarters=3, rounds=3)
    assert len(others) == 3


def worth(game: Game) -> float:
    """Return what a search seeks: the mean improvement of the four groups."""
    card = [measure for group in play(game).card() for measure in group.measures]
    own, nobody = ({m.measure: m.untouched if u else m.value for m in card} for u in (False, True))
    return sum(gains(own, nobody).values()) / 4.0


def test_a_longer_search_finds_better_and_worse():
    short, longer = (search(SETUP, rounds=rounds) for rounds in (1, 3))
    assert longer.tried > short.tried
    assert worth(longer.best) >= worth(short.best) > 0.0 > worth(short.worst) >= worth(longer.worst)
    assert worth(longer.best) - worth(longer.worst) > worth(short.best) - worth(short.worst)


def test_plans_keep_to_the_rules():
    found = search(SETUP, quarters=4, rounds=1)
    for game in (found.best, found.worst):
        assert game.quarter == 4
        assert Game.from_json(game.to_json()) == game


def test_a_search_can_be_stopped_in_the_middle():
    weeks = []

    def check() -> None:
        weeks.append(1)
        if len(weeks) == 30:
            raise InputError("stopped")

    with pytest.raises(InputError, match="stopped"):
        search(SETUP, check=check)
    assert len(weeks) == 30


def test_a_gain_is_an_improvement_whichever_way_that_is():
    nobody = dict.fromkeys(YARDSTICKS, 1.0)
    less_burnout = {**nobody, "burnout_prevalence": 1.0 - 3.0 * YARDSTICKS["burnout_prevalence"]}
    assert gains(less_burnout, nobody) == pytest.approx({"trust": 0.0, "people": 1.0, "patients": 0.0, "money": 0.0})
    more_trust = {**nobody, "trust_patients": 1.0 + 3.0 * YARDSTICKS["trust_patients"]}
    assert gains(more_trust, nobody) == pytest.approx({"trust": 0.0, "people": 0.0, "patients": 1.0, "money": 0.0})
