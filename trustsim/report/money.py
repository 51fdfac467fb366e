"""What a run costs and saves: hours, and dollars item by item, as paired differences over the whole horizon."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim import parameters
from trustsim.comparison import Comparison, Effect, paired_effect
from trustsim.organization import generate
from trustsim.organization.roles import ROLES
from trustsim.report.words import TURNOVER_COST

__all__ = ["exit_costs", "items", "turnover_cost"]

_TOTAL: Final = "cost"


def turnover_cost(comparison: Comparison) -> Effect:
    """Return the effect on the weekly cost of people who leave, over the window in which effects are measured."""
    return _effect(TURNOVER_COST, exit_costs(comparison, comparison.window))


def items(comparison: Comparison, *, is_generated: bool) -> list[tuple[str, Effect]]:
    """Return what adds up to the cost of a run: thousand dollars over all its weeks, the total last.

    Parameters
    ----------
    comparison : Comparison
    is_generated : bool
        Whether the hospital is one of the scenario's own, so that purchases can be told from lost demand.
    """
    whole = (0, comparison.weeks)
    prices = _prices(comparison)
    parts = {
        "Leaders' time": comparison.values("leader_hours", whole) * prices["cost.leader_hour"],
        "Staff time": comparison.values("staff_hours", whole) * prices["cost.staff_hour"],
        "Turnover": exit_costs(comparison, whole),
        "Safety events": comparison.values("safety_events", whole) * prices["cost.event"],
    }
    withheld = bool(np.isnan(parts["Turnover"]).any())
    if withheld:
        del parts["Turnover"]
    total = comparison.values(_TOTAL, whole)
    rest = total.copy()
    for part in parts.values():
        rest = rest - part
    if is_generated:
        spent = _purchases(comparison)
        parts = {"What the program buys": np.broadcast_to(spent, total.shape), **parts}
        parts["Income lost to waiting lists"] = rest - spent
    else:
        first = "Turnover, what" if withheld else "What"
        parts[f"{first} the program buys, and income lost to waiting lists"] = rest
    parts["All in all"] = total
    return [(name, _effect(_TOTAL, weekly * comparison.weeks)) for name, weekly in parts.items()]


def exit_costs(comparison: Comparison, window: tuple[int, int]) -> NDArray[np.float64]:
    """Return what exits cost in a mean week of a window, (replicates, 2) float64 thousand dollars.

    Missing (nan) where those of a role are withheld, since too few people have it: the sum of the others is less.
    """
    prices, total = _prices(comparison), np.zeros((len(comparison.seeds), 2))
    for role in ROLES:
        total = total + comparison.values(f"exits.{role}", window) * prices[f"cost.exit.{role}"]
    return total


def _purchases(comparison: Comparison) -> NDArray[np.float64]:
    """Return what interventions spend in a mean week, (2,) thousand dollars; it is planned, without luck."""
    spent = []
    for world in (comparison.baseline, comparison.scenario):
        plan = world.plan(generate(world.sizes), weeks=comparison.weeks)
        spent.append(float(plan.lever("cost")[world.burn_in :].sum(axis=1).mean()))
    return np.array(spent)


def _prices(comparison: Comparison) -> dict[str, NDArray[np.float64]]:
    """Return the prices in both worlds, each (2,)."""
    values = np.stack([comparison.baseline.values(), comparison.scenario.values()], axis=1)
    return {name: values[parameters.row(name)] for name in parameters.NAMES if name.startswith("cost.")}


def _effect(name: str, values: NDArray[np.float64]) -> Effect:
    return replace(paired_effect(_TOTAL, values[:, 0], values[:, 1]), name=name)
