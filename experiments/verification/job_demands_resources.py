"""X1: the four-stock model of job demands and resources, against the numbers that its authors print.

Demands D, engagement E, resources R and energy X of a worker, each in [0, 1], by Euler steps of 0.01 day:

    dD/dt = 0.15 (1 - X) + 0.2 (1 - D) - a E D          a = 0.2 in the table, 0.1 in the ensembles
    dE/dt = 0.2 X R (1 + D) (1 - E) - 0.1 E (1 - X)
    dR/dt = 0.2 E (1 - R) - 0.05 R
    dX/dt = 0.15 X (1 - X) - r X D / (1 + R)            r = 0.4
    dr/dt = -r pulse                                    0.1 a day during 14 days of intervention

The table starts from D .2, E .5, R .7, X .5. An ensemble starts from a latin hypercube over [0.01, 1]; it is a study of
one factor, the day on which the intervention starts, whose points run side by side on the executor of studies.

Our hospital has no such cliff (experiments/timing_cliff.yaml): its people cannot fall to no energy at all.

References
----------
1. Evers et al., sdbuildR, vignette on job demands-resources theory. https://github.com/kcevers/sdbuildR
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling import Problem, lhs
from trustsim.studies.executors import open_executor

PUBLISHED = {
    0.1: (0.2211999, 0.5017299, 0.6995080, 0.5012808),
    0.3: (0.2616619, 0.5053691, 0.6985776, 0.5030902),
    0.5: (0.2996788, 0.5092040, 0.6977193, 0.5039491),
}
"""Day: demands, engagement, resources, energy."""
COLLAPSED = {14: 0.414, 28: 1.0}
"""Start of the intervention, day: share of 1,000 workers whose energy falls to 0."""
ENERGY_LEFT = 0.6786
"""Of all others."""
TOLERANCE = 1e-6
SHARE_TOLERANCE = 0.03
WORKERS = 1000
DAYS = 730

State = NDArray[np.float64]


def step(state: State, r: float, a: float, dt: float) -> State:
    """Return demands, engagement, resources and energy, ``(4, workers)``, a step later."""
    d, e, r_, x = state
    return state + dt * np.stack(
        [
            0.15 * (1.0 - x) + 0.2 * (1.0 - d) - a * e * d,
            0.2 * x * r_ * (1.0 + d) * (1.0 - e) - 0.1 * e * (1.0 - x),
            0.2 * e * (1.0 - r_) - 0.05 * r_,
            0.15 * x * (1.0 - x) - r * x * d / (1.0 + r_),
        ]
    )


def table() -> dict[float, State]:
    """Return the state on the days of the published table."""
    state, found = np.array([[0.2], [0.5], [0.7], [0.5]]), {}
    for number in range(1, 51):
        state = step(state, r=0.4, a=0.2, dt=0.01)
        if number / 100 in PUBLISHED:
            found[number / 100] = state[:, 0]
    return found


def energy_after_two_years(start: int, dt: float = 0.1) -> State:
    """Return the energy of each worker when the intervention starts on a day."""
    problem = Problem(dict.fromkeys(("demands", "engagement", "resources", "energy"), (0.01, 1.0)))
    state = lhs.sample(problem, WORKERS, seed=1).T
    for number in range(round(DAYS / dt)):
        days_of_help = min(max(number * dt - start, 0.0), 14.0)
        state = step(state, 0.4 * 0.999 ** (100.0 * days_of_help), a=0.1, dt=dt)  # r by their steps of 0.01 day
    return state[3]


def collapsed(starts: tuple[int, ...]) -> dict[int, tuple[float, float]]:
    """Return the share of workers without energy, and the mean energy of the others, by the start of intervention."""
    with open_executor("threads") as pool:
        found = dict(zip(starts, pool.executor.map(energy_after_two_years, starts), strict=True))
    return {
        start: (float(np.mean(x < 0.01)), float(x[x >= 0.01].mean()) if (x >= 0.01).any() else float("nan"))
        for start, x in found.items()
    }


def lines() -> list[str]:
    """Return what is published, what we get, and whether they agree."""
    said = []
    for day, found in table().items():
        error = float(np.abs(found - PUBLISHED[day]).max())
        said.append(f"{error < TOLERANCE!s:>5}  day {day}: furthest from the printed table by {error:.1e}")
    for start, (share, left) in collapsed((7, 14, 21, 28)).items():
        published = COLLAPSED.get(start)
        verdict = "" if published is None else abs(share - published) <= SHARE_TOLERANCE
        told = "not published" if published is None else f"published {published:.1%}"
        rest = "" if np.isnan(left) else f"; energy of the others {left:.4f} (published {ENERGY_LEFT})"
        said.append(f"{verdict!s:>5}  intervention from day {start}: {share:.1%} collapse ({told}){rest}")
    return said
