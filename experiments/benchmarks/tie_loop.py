"""(b) The tie loop of the compiled engine against the same loop by hand in C: how far from the bound it is."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from measure import Figure, alternate, median, ratio
from numpy.typing import NDArray

from trustsim._jit import kernel
from trustsim.interventions import LeverPlan
from trustsim.scenario import load_scenario, with_settings
from trustsim.simulation import open_hospital, run_worlds
from trustsim.worlds import communicate as stage
from trustsim.worlds import hospital as hospitals
from trustsim.worlds import prepare as tables
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import Desk
from trustsim.worlds.state import Field, State

TITLE = "(b) The tie loop against C by hand (gcc -O3 -march=native), default hospital, one core"
SIDE_BY_SIDE = (32, 64, 128)
FIRST_WEEK, WEEKS = 60, 26

# All that lets gcc do its best and changes no result here: numbers are finite, and no zero is negative.
_FLAGS = (
    *("-std=c11", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"),
    *("-ffinite-math-only", "-fno-signed-zeros"),
)


class Loop(ctypes.Structure):
    """``struct loop`` of tie_loop.c."""

    _fields_ = (
        *((name, ctypes.c_int64) for name in ("weeks", "people", "ties", "places", "worlds")),
        *(
            (name, ctypes.c_void_p)
            for name in (
                *("truster", "trustee", "tie_unit", "kind", "cross", "upward", "message"),
                *("belief", "scar", "rapport", "staffed", "propensity", "understanding"),
                *("shown", "noise", "clear", "doubt", "contacts", "contact", "most_contact", "gain_repair", "loss"),
                *("lift", "mediation", "base", "gain", "gate", "drift", "floor", "learning"),
                *("weight_ability", "weight_benevolence", "weight_integrity", "weight_propensity"),
            )
        ),
    )


@kernel
def lay_out(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk) -> None:
    """Fill the tables of the week, once for all repetitions."""
    tables.prepare(state, hospital, values, levers, desk)


@kernel
def communicate_weeks(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, messages: NDArray[np.float64]
) -> None:
    """Run the stage of the engine, and nothing else, for some weeks."""
    for week in range(messages.shape[0]):
        stage.communicate(state, hospital, values, levers, desk, messages[week])


class Case:
    """A hospital in the middle of a listening tour, in worlds that differ in how many visits there are.

    Parameters
    ----------
    worlds : int
    """

    def __init__(self, worlds: int) -> None:
        base, seed = load_scenario("listening_tour"), 1
        scenarios = [with_settings(base, {"listening_tour.visits_per_week": 12.0 * w / worlds}) for w in range(worlds)]
        opened = open_hospital(base, seed)
        organization = opened.organization
        self.state = run_worlds(scenarios, opened, weeks=FIRST_WEEK - base.burn_in).snapshots[-1].state
        self.hospital = hospitals.build(organization)
        self.values = np.stack([scenario.values() for scenario in scenarios], axis=1)
        self.levers = _levers([scenario.plan(organization) for scenario in scenarios])
        self.desk = tables.desk(organization.n, organization.n_units + 1, worlds)
        self.messages = np.stack([opened.luck.week(FIRST_WEEK + number).message for number in range(WEEKS)])
        self.upward = (self.hospital.group == tables.TO_ADMINISTRATION).astype(np.uint8)
        lay_out(self.state, self.hospital, self.values, self.levers, self.desk)
        self._begin = self.state.ties.belief.copy(), self.state.people.understanding.copy()

    def rewind(self) -> None:
        """Put the state back to where it began."""
        self.state.ties.belief[:], self.state.people.understanding[:] = self._begin

    def compiled(self) -> None:
        """Run the engine's loop."""
        communicate_weeks(self.state, self.hospital, self.values, self.levers, self.desk, self.messages)

    def by_hand(self, tie_loop: Callable[[object], None]) -> Callable[[], None]:
        """Return a call of C's loop on the same arrays."""
        state, hospital, desk, values, levers = self.state, self.hospital, self.desk, self.values, self.levers
        fields = {name: getattr(hospital, name) for name in ("truster", "trustee", "tie_unit", "kind", "cross")}
        fields |= {"upward": self.upward, "message": self.messages}
        fields |= {"belief": state.ties.belief, "scar": state.ties.scar, "rapport": state.ties.rapport}
        fields |= {name: getattr(state.people, name) for name in ("staffed", "propensity", "understanding")}
        names = ("shown", "noise", "clear", "doubt", "contacts", "contact", "most_contact", "gain_repair", "loss")
        fields |= {name: getattr(desk, name) for name in names}
        fields |= {"lift": levers[stage.LIFT :], "mediation": levers[stage.MEDIATION]}
        rows = {"base": tables.CONTACT_BASE, "gain": tables.GAIN, "gate": tables.GATE, "drift": stage.DRIFT}
        rows |= {"floor": stage.MEDIATION_FLOOR, "learning": stage.LEARNING}
        rows |= {"weight_ability": stage.WEIGHT_ABILITY, "weight_benevolence": stage.WEIGHT_BENEVOLENCE}
        rows |= {"weight_integrity": stage.WEIGHT_INTEGRITY, "weight_propensity": stage.WEIGHT_PROPENSITY}
        fields |= {name: values[row:] for name, row in rows.items()}
        ties, worlds = state.ties.scar.shape
        sizes = {"weeks": WEEKS, "people": len(hospital.role), "ties": ties}
        sizes |= {"places": levers.shape[1], "worlds": worlds}
        loop = Loop(**sizes, **{name: _address(array) for name, array in fields.items()})
        return lambda: tie_loop(ctypes.byref(loop))


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield what either loop does in a second, and their ratio, for each number of worlds side by side."""
    if shutil.which("gcc") is None:
        yield Figure("tie loop in C", float("nan"), "x", note="skipped: there is no gcc on this machine")
        return
    with tempfile.TemporaryDirectory() as folder:
        tie_loop = _compile(Path(folder))
        for worlds in SIDE_BY_SIDE:
            case = Case(worlds)
            compiled, by_hand = case.compiled, case.by_hand(tie_loop)
            _check_equal(case, compiled, by_hand)
            ours, bound = alternate([compiled, by_hand], 7 if quick else 60)
            steps = case.state.ties.scar.size * WEEKS / 1e6
            yield median(f"engine, {worlds} worlds", steps / ours.cpu, "million tie-weeks/s")
            yield median(f"C, {worlds} worlds", steps / bound.cpu, "million tie-weeks/s")
            yield ratio(f"engine / C, {worlds} worlds", bound.cpu, ours.cpu, aim=">= 0.5")


def _compile(folder: Path) -> Callable[[object], None]:
    library = folder / "tie_loop.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run(["gcc", *_FLAGS, "-shared", "-fPIC", str(source), "-o", str(library), "-lm"], check=True)
    function = ctypes.CDLL(str(library)).tie_loop
    function.argtypes, function.restype = (ctypes.c_void_p,), None
    return function


def _check_equal(case: Case, compiled: Callable[[], None], by_hand: Callable[[], None]) -> None:
    changed = (case.state.ties.belief, case.state.people.understanding, case.desk.contacts)
    begin = [array.tobytes() for array in changed]
    found = []
    for run in (compiled, by_hand):
        case.rewind()
        run()
        found.append([array.tobytes() for array in changed])
    if found[0] != found[1] or found[0] == begin:
        raise SystemExit("the tie loop and its twin in C differ: nothing to compare")


def _levers(plans: list[LeverPlan]) -> NDArray[np.float64]:
    week = [plan.values[plan.segment[FIRST_WEEK]] for plan in plans]
    return np.ascontiguousarray(np.stack(week, axis=-1))


def _address(array: NDArray[np.generic]) -> int:
    if not array.flags.c_contiguous:
        raise ValueError("C walks the rows of whole arrays")
    return array.ctypes.data
