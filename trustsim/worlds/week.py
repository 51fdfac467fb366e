"""One week of all worlds: the stages of `trustsim.model.HospitalModel.step`, in the same order."""

from __future__ import annotations

from typing import NamedTuple

from trustsim._jit import kernel
from trustsim.measures import Tally
from trustsim.worlds.communicate import communicate
from trustsim.worlds.decide import decide
from trustsim.worlds.feel import feel
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.leave import leave
from trustsim.worlds.patients import care
from trustsim.worlds.prepare import Desk, break_trust, prepare
from trustsim.worlds.record import Counts, record
from trustsim.worlds.state import Field, Persons, State
from trustsim.worlds.voice import voice

__all__ = ["WeeksLuck", "week"]


class WeeksLuck(NamedTuple):
    """The uniform draws of a week, one field for each weekly stream of `trustsim.draws.STREAMS`."""

    message: Field
    concern: Field
    voice: Field
    decision: Field
    participation: Field
    mood: Field
    exit: Field
    safety: Field
    outcome: Field
    hours: Field


@kernel
def week(
    state: State,
    hospital: Hospital,
    persons: Persons,
    values: Field,
    levers: Field,
    luck: WeeksLuck,
    pairs: Field,
    desk: Desk,
    counts: Counts,
    number: int,
    of_hospital: Tally,
    of_units: Tally,
    spent: Field,
) -> float:
    """Advance all worlds by a week; write row `number` of the tallies unless it is negative.

    Parameters
    ----------
    pairs : (m, 1) float64
        Uniform draws of the stream ``rapport``: of the ties, the same in all weeks.

    Returns
    -------
    float
        The largest number of an occupant in any position and world.
    """
    prepare(state, hospital, values, levers, desk)
    break_trust(state, hospital, values, levers)
    communicate(state, hospital, values, levers, desk, luck.message)
    voice(state, hospital, values, levers, desk, luck.message, luck.concern, luck.voice, counts)
    decide(state, hospital, values, levers, desk, luck.decision, luck.participation)
    feel(state, hospital, values, levers, desk, luck.message, luck.mood)
    latest = leave(state, hospital, persons, values, levers, desk, luck.exit, luck.hours, pairs, counts)
    care(state, hospital, values, levers, desk, luck.safety, luck.outcome, counts)
    if number >= 0:
        record(state, hospital, values, levers, counts, desk.row_a, number, of_hospital, of_units, spent)
    else:
        counts.events[:] = 0.0
        counts.exits[:] = 0.0
    return latest
