"""What the articles say comes of it, comes of it in the model: a direction for each row, at the default dose.

Paired replicates, two-sided intervals of 95 %: an effect that does not exist passes with a chance of 2.5 %. Seeds are
fixed, so that a test gives the same answer each time, and none is tried again.
"""

import numpy as np
import pytest

from trustsim.interventions.mission import Expectation, mission

EXPECTED = [pytest.param(one, id=f"{row.number} {one}") for row in mission().values() for one in row.expect]


@pytest.mark.parametrize("one", EXPECTED)
def test_it_goes_the_way_the_article_says(one: Expectation, expected, pair_of):
    pair = pair_of(one)
    effect = expected.effect(pair.world, pair.against, one.measure, one.weeks)
    if one.goes == "same":
        np.testing.assert_array_equal(
            expected.weekly(pair.world, one.measure), expected.weekly(pair.against, one.measure)
        )
        return
    assert effect.is_clear, effect
    assert (effect.difference > 0.0) == (one.goes == "up"), effect
