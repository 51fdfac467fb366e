"""X7: mean field against agents: the trust of a population as one number, and as the mean of our agents' trust.

After Jaffry and Treur, who put an equation for the population beside agents and saw the difference fall as agents grow
in number. Here conduct is constant and the same for all, good news weighs as much as bad (negativity 1, gate 0), and
nobody leaves, so that the rules of a week are linear and their mean over ties has an equation of its own:

    b(t + 1) = p (b + g (s - b)) + (1 - p) (b + d (q - b)),    trust = (1 - w) b + w q

with b the mean belief, p the chance of contact, g the gain, s the conduct, d the drift, q the propensity, w its weight.
The agents are those of the worlds engine, with its rules, luck and hospitals of growing size. What is left between them
is luck, which falls with the square root of the number of ties.

References
----------
1. Jaffry, S. W., Treur, J. (2013). Agent-based vs population-based simulation of trust. LNCS 7770.
   doi:10.1007/978-3-642-36815-8_6
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustsim.organization.roles import ROLES
from trustsim.parameters import lookup
from trustsim.scenario import Scenario
from trustsim.simulation import open_hospital, run_worlds

UNITS = (1, 3, 9, 27)
SEEDS = range(24)
WEEKS = 52
CONTACT, GAIN, CONDUCT, DRIFT, START, PROPENSITY = 0.3, 0.05, 0.75, 0.004, 0.45, 0.5
SLOPE = -0.5
SLOPE_TOLERANCE = 0.25
"""Of the line through the logarithms, known to 0.06 from so many runs: a false alarm in 40,000."""


def mean_field() -> NDArray[np.float64]:
    """Return the trust of the population after each week."""
    weights = {name: lookup(f"trust.weight_{name}").default for name in ("ability", "benevolence", "integrity")}
    weight = lookup("trust.weight_propensity").default
    weight /= weight + weights["ability"] + weights["benevolence"] + weights["integrity"]
    belief, trust = START, []
    for _ in range(WEEKS):
        heard, quiet = belief + GAIN * (CONDUCT - belief), belief + DRIFT * (PROPENSITY - belief)
        belief = CONTACT * heard + (1.0 - CONTACT) * quiet
        trust.append((1.0 - weight) * belief + weight * PROPENSITY)
    return np.array(trust)


def scenario(units: int) -> Scenario:
    """Return a hospital in which peers hear from each other and nothing else changes their trust."""
    of_roles = {
        "conduct.level": CONDUCT, "conduct.spread": 0.0, "leaving.hazard": 0.0005, "leaving.intent": 0.02,
        "leaving.burnout": 1.0,
    }  # fmt: skip
    settings = {f"{name}.{role}": value for name, value in of_roles.items() for role in ROLES}
    settings |= {
        "contact.base.peer": CONTACT, "trust.initial.peer": START, "trust.gain": GAIN, "trust.drift": DRIFT,
        "trust.propensity": PROPENSITY, "trust.propensity_spread": 0.0, "trust.initial_spread": 0.0,
        "trust.rapport": 0.0, "trust.negativity": 1.0, "trust.gate": 0.0, "conduct.fatigue": 0.0,
        "leaving.first_year": 1.0,
    }  # fmt: skip
    return Scenario(name=f"peers_{units}", weeks=WEEKS, burn_in=0, organization={"units": units}, parameters=settings)


def errors() -> dict[int, tuple[float, float]]:
    """Return, by size in units, the number of ties and the root mean square distance over seeds in the last week."""
    expected, found = mean_field(), {}
    for units in UNITS:
        of_seed, ties = [], []
        for seed in SEEDS:
            hospital = open_hospital(scenario(units), seed)
            agents = run_worlds([scenario(units)], hospital).hospital["trust_peers"][:, 0]
            of_seed.append(agents[-1] - expected[-1])
            ties.append(len(hospital.organization.truster))
        found[units] = (float(np.mean(ties)), float(np.sqrt(np.mean(np.square(of_seed)))))
    return found


def slope(found: dict[int, tuple[float, float]]) -> float:
    """Return how the logarithm of the error falls with that of the number of ties."""
    ties, error = np.array(list(found.values())).T
    return float(np.polyfit(np.log(ties), np.log(error), 1)[0])


def lines() -> list[str]:
    """Return what is published, what we get, and whether they agree."""
    found = errors()
    moved = mean_field()[-1] - mean_field()[0]
    said = [
        f"       {units} units, {ties:.0f} ties: {error:.2e} from the mean field, which moved by {moved:.3f}"
        for units, (ties, error) in found.items()
    ]
    fell = slope(found)
    good = abs(fell - SLOPE) <= SLOPE_TOLERANCE
    return [*said, f"{good!s:>5}  the error falls with ties to the power of {fell:.2f} (theory: {SLOPE})"]
