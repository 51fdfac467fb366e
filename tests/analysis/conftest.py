"""Designs that several methods are tried on."""
# ruff: noqa: N803 - a design is X in this field

import numpy as np
import pytest

from trustsim.sampling import Choices, Integers, Problem


@pytest.fixture
def hospital() -> Problem:
    """Return four factors, one of which does nothing."""
    return Problem(
        {
            "follow_through": (0.0, 1.0),
            "visits": Integers(0, 12),
            "style": Choices(("autocratic", "participative", "open")),
            "parking": (0.0, 1.0),
        }
    )


@pytest.fixture
def trust():
    """Return the trust that follows from settings, with luck that all points of a replicate share."""

    def outcome(X: np.ndarray, replicates: int, seed: int = 0) -> np.ndarray:
        luck = np.random.default_rng(seed).standard_normal((1, replicates))
        middle = (X[:, 0] - 0.45) * X[:, 1] / 6.0 + 0.1 * X[:, 2]
        return middle[:, np.newaxis] * (1.0 + 0.3 * luck) + 0.2 * luck

    return outcome
