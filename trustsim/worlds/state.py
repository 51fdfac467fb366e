"""The state of W worlds: people, ties and units as arrays with worlds last, and how a person's first day fills them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim._jit import kernel, part
from trustsim.organization.roles import CLIMATE, TIE_KINDS
from trustsim.parameters import row
from trustsim.rules.arithmetic import share, triangular
from trustsim.rules.conduct import deviation
from trustsim.rules.people import first_belief, first_tenure, opening, rapport, trait, usual_load
from trustsim.worlds.hospital import Hospital

__all__ = ["RAPPORT", "People", "Persons", "State", "Ties", "Units", "allocate", "arrive", "open_hospital"]

Field = NDArray[np.float64]


class People(NamedTuple):
    """State of the people in the positions, each field (n, W) float64 but `conduct`, (n, 3, W).

    `staffed` is 1.0 where somebody is in the position; `vacancy` the weeks until it is filled; `occupant` counts who
    has been in it (0 for the first); `hours` is the share of a full post that they work; `felt_leader` their trust
    in their leader when feelings last moved. The `own_*` fields,
    `propensity`, `conduct` and `no_problem` are traits of the occupant.
    """

    staffed: Field
    vacancy: Field
    occupant: Field
    tenure: Field
    exhaustion: Field
    cynicism: Field
    safety: Field
    autonomy: Field
    understanding: Field
    alignment: Field
    valued: Field
    trust_organization: Field
    felt_leader: Field
    concerns: Field
    intent: Field
    hours: Field
    propensity: Field
    own_exhaustion: Field
    own_cynicism: Field
    own_autonomy: Field
    own_understanding: Field
    own_alignment: Field
    own_valued: Field
    conduct: Field
    no_problem: Field


class Ties(NamedTuple):
    """What trusters hold of trustees.

    Attributes
    ----------
    belief : (m, 3, W) float64
        In their ability, benevolence and integrity (`trustsim.rules.conduct.BELIEFS`).
    scar : (m, W) float64
        Ceiling of the beliefs in benevolence and integrity.
    rapport : (m, W) float64
        How much better a truster takes the trustee's conduct than most people do.
    """

    belief: Field
    scar: Field
    rapport: Field


class Units(NamedTuple):
    """State of the units and, last, the leadership floor, each field (u + 1, W) float64.

    `load` is the usual demand, 1 in a normal unit; `waiting` is in weeks of demand; `breached` is 1.0 once a breach of
    trust has come out.
    """

    load: Field
    workload: Field
    rework: Field
    insight: Field
    cohesion: Field
    habituation: Field
    recent_exits: Field
    breached: Field
    patient_trust: Field
    waiting: Field


class State(NamedTuple):
    """Everything that a week changes. `reputation` is (1, W) float64."""

    people: People
    ties: Ties
    units: Units
    reputation: Field


class Persons(NamedTuple):
    """Luck of birth of the occupants, by generation: g occupants of each position so far drawn.

    Attributes
    ----------
    trait : (g, n, 8) float64
    chance : (g, n, 2) float64
    conduct : (g, n, 4) float64
        As in `trustsim.organization.people.Births`.
    """

    trait: NDArray[np.float64]
    chance: NDArray[np.float64]
    conduct: NDArray[np.float64]


PROPENSITY, PROPENSITY_SPREAD = row("trust.propensity"), row("trust.propensity_spread")
EXHAUSTION, EXHAUSTION_SPREAD = row("exhaustion.level.physician"), row("exhaustion.spread")
CYNICISM, CYNICISM_SPREAD = row("cynicism.level.physician"), row("cynicism.spread")
SAFETY, AUTONOMY, VALUED = row("feeling.safety"), row("feeling.autonomy"), row("feeling.valued")
FEELING_SPREAD = row("feeling.spread")
UNDERSTANDING, UNDERSTANDING_SPREAD = row("silo.understanding"), row("silo.understanding_spread")
ALIGNMENT, ALIGNMENT_SPREAD = row("silo.alignment"), row("silo.alignment_spread")
CONDUCT, CONDUCT_SPREAD = row("conduct.level.physician"), row("conduct.spread.physician")
COMMON, NO_PROBLEM = row("conduct.common"), row("silo.no_problem")
TRUST_ORGANIZATION = row("feeling.trust_organization")
PATIENT_TRUST = row("patients.trust")
MORE_EXHAUSTED, MORE_CYNICAL = row("opening.exhaustion"), row("opening.cynicism")
MORE_UNDERSTANDING = row("opening.understanding")
RAPPORT, LOAD_SPREAD = row("trust.rapport"), row("work.load_spread")
TIE_TRUST, TIE_TRUST_SPREAD = row(f"trust.initial.{TIE_KINDS[0]}"), row("trust.initial_spread")

# Rows of a hospital's climate.
TIRED, CYNICAL, SAFE, APPRECIATED, TRUSTING, WELL_LED = (CLIMATE.index(name) for name in CLIMATE)


def allocate(n: int, m: int, places: int, worlds: int) -> State:
    """Return an empty state for n positions, m ties and `places` units (the floor counted) in `worlds` worlds."""
    return State(
        people=People(
            **{name: np.zeros((n, 3, worlds) if name == "conduct" else (n, worlds)) for name in People._fields}
        ),
        ties=Ties(belief=np.zeros((m, 3, worlds)), scar=np.zeros((m, worlds)), rapport=np.zeros((m, worlds))),
        units=Units(*(np.zeros((places, worlds)) for _ in Units._fields)),
        reputation=np.zeros((1, worlds)),
    )


@part
def arrive(
    people: People, hospital: Hospital, persons: Persons, values: Field, reputation: Field, i: int, w: int
) -> None:
    """Put the next person into position i of world w: traits from the luck of birth, feelings at rest, no tenure."""
    occupant, role = int(people.occupant[i, w]), hospital.role[i]
    luck, conduct, common = persons.trait[occupant, i], persons.conduct[occupant, i], values[COMMON, w]
    climate, spread = hospital.climate, values[FEELING_SPREAD, w]
    people.staffed[i, w] = 1.0
    people.vacancy[i, w] = 0.0
    people.tenure[i, w] = 0.0
    people.propensity[i, w] = trait(values[PROPENSITY, w], values[PROPENSITY_SPREAD, w], luck[0])
    people.own_exhaustion[i, w] = trait(
        values[EXHAUSTION + role, w] + climate[TIRED, i], values[EXHAUSTION_SPREAD, w], luck[1]
    )
    people.own_cynicism[i, w] = trait(
        values[CYNICISM + role, w] + climate[CYNICAL, i], values[CYNICISM_SPREAD, w], luck[2]
    )
    people.safety[i, w] = trait(values[SAFETY, w] + climate[SAFE, i], spread, luck[3])
    people.own_autonomy[i, w] = trait(values[AUTONOMY, w], spread, luck[4])
    people.own_understanding[i, w] = trait(values[UNDERSTANDING, w], values[UNDERSTANDING_SPREAD, w], luck[5])
    people.own_alignment[i, w] = trait(values[ALIGNMENT, w], values[ALIGNMENT_SPREAD, w], luck[6])
    people.own_valued[i, w] = trait(values[VALUED, w] + climate[APPRECIATED, i], spread, luck[7])
    people.exhaustion[i, w] = people.own_exhaustion[i, w]
    people.cynicism[i, w] = people.own_cynicism[i, w]
    people.autonomy[i, w] = people.own_autonomy[i, w]
    people.understanding[i, w] = people.own_understanding[i, w]
    people.alignment[i, w] = people.own_alignment[i, w]
    people.valued[i, w] = people.own_valued[i, w]
    people.trust_organization[i, w] = share(reputation[0, w] + climate[TRUSTING, i])
    people.felt_leader[i, w] = reputation[0, w]
    people.concerns[i, w] = 0.0
    people.intent[i, w] = 0.0
    people.hours[i, w] = 1.0
    own = climate[WELL_LED, i] if occupant == 0 else 0.0  # a successor is somebody else
    mean, width = values[CONDUCT + role, w] + own, values[CONDUCT_SPREAD + role, w]
    for k in range(3):
        people.conduct[i, k, w] = trait(mean, width, deviation(common, conduct[0], conduct[1 + k]))
    sees_none = persons.chance[occupant, i, 1] < values[NO_PROBLEM, w] and hospital.clinical[i] == 0.0
    people.no_problem[i, w] = 1.0 if sees_none else 0.0


@kernel
def open_hospital(
    state: State, hospital: Hospital, persons: Persons, values: Field, belief: Field, pairs: Field, loads: Field
) -> None:
    """Fill the first day of every world: everybody in place, beliefs drawn, units at rest.

    Parameters
    ----------
    values : (parameters, W) float64
    belief : (m, 3) float64
        Uniform draws of the stream ``belief``.
    pairs, loads : (m, 1), (u, 1) float64
        Uniform draws of the streams ``rapport`` and ``load``.
    """
    people, ties, units = state.people, state.ties, state.units
    for w in range(values.shape[1]):
        state.reputation[0, w] = values[TRUST_ORGANIZATION, w]
    for i in range(people.staffed.shape[0]):
        for w in range(values.shape[1]):
            arrive(people, hospital, persons, values, state.reputation, i, w)
            people.tenure[i, w] = first_tenure(persons.chance[0, i, 0])
            people.exhaustion[i, w] = opening(people.exhaustion[i, w], values[MORE_EXHAUSTED, w])
            people.cynicism[i, w] = opening(people.cynicism[i, w], values[MORE_CYNICAL, w])
            people.understanding[i, w] = opening(people.understanding[i, w], values[MORE_UNDERSTANDING, w])
    for t in range(ties.scar.shape[0]):
        mean, spread = values[TIE_TRUST + hospital.kind[t]], values[TIE_TRUST_SPREAD]
        known = hospital.climate[WELL_LED, hospital.trustee[t]]
        for k in range(3):
            luck = triangular(belief[t, k])
            for w in range(values.shape[1]):
                ties.belief[t, k, w] = first_belief(mean[w] + known, spread[w], luck)
        for w in range(values.shape[1]):
            ties.scar[t, w] = 1.0
            ties.rapport[t, w] = rapport(values[RAPPORT, w], pairs[t, 0], 0.0)
    for u in range(units.workload.shape[0]):
        for w in range(values.shape[1]):
            usual = usual_load(values[LOAD_SPREAD, w], triangular(loads[u, 0])) if u < loads.shape[0] else 1.0
            units.load[u, w], units.workload[u, w] = usual, 1.0
            units.patient_trust[u, w] = values[PATIENT_TRUST, w]
