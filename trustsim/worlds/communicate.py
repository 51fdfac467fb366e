"""Communicate: on each tie, perhaps, the trustee says or does something that bears on trust, and beliefs move.

The heart of the engine: most of a run is spent here. Each inner loop touches few arrays, so that the compiler can check
that they do not overlap and use vector instructions; every branch on a world's value is a choice between two numbers.
"""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.parameters import row
from trustsim.rules.arithmetic import at_most, triangular
from trustsim.rules.conduct import BELIEFS, signal
from trustsim.rules.trust import believe, erode, learn, mediate, perceive, trust
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import CONTACT_BASE, GAIN, GATE, TO_ADMINISTRATION, Desk
from trustsim.worlds.state import Field, State

__all__ = ["communicate", "trusted"]

WEIGHT_ABILITY, WEIGHT_BENEVOLENCE = row("trust.weight_ability"), row("trust.weight_benevolence")
WEIGHT_INTEGRITY, WEIGHT_PROPENSITY = row("trust.weight_integrity"), row("trust.weight_propensity")
DRIFT, LEARNING = row("trust.drift"), row("silo.learning")
MEDIATION_FLOOR = row("trust.mediation_floor")
LIFT = lever(f"lift.{BELIEFS[0]}")  # and the two after it
MEDIATION = lever("mediation")


@part
def communicate(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, message: Field) -> None:
    """Let every tie communicate or be quiet.

    Parameters
    ----------
    message : (m, 4) float64
        Uniform draws: contact, then the noise of three signals.
    """
    people, ties, worlds = state.people, state.ties, values.shape[1]
    contacted, lifted, expected, perceived = desk.row_a, desk.row_b, desk.row_c, desk.row_d
    desk.contacts[:] = 0.0
    for t in range(ties.scar.shape[0]):
        i, j, u, kind = hospital.truster[t], hospital.trustee[t], hospital.tie_unit[t], hospital.kind[t]
        draw, propensity, drift = message[t, 0], people.propensity[i], values[DRIFT]
        if draw >= desk.most_contact[kind, u]:
            for k in range(3):
                _be_quiet(ties.belief[t, k], propensity, drift)
        else:
            chance, base = desk.contact[kind, u], values[CONTACT_BASE + kind]
            here, there = people.staffed[i], people.staffed[j]
            for w in range(worlds):
                contacted[w] = here[w] * there[w] if draw < chance[w] else 0.0
                lifted[w] = 0.0 if draw < base[w] else 1.0
            cross = hospital.cross[t] == 1
            if cross:
                _expect(ties.belief[t], propensity, desk.doubt[i], values, expected)
                contacts = desk.contacts[i]
                for w in range(worlds):
                    contacts[w] = contacts[w] + contacted[w]
            gain = desk.gain_repair[u] if hospital.group[t] == TO_ADMINISTRATION else values[GAIN]
            for k in range(3):
                luck = triangular(message[t, 1 + k])
                _perceive(desk.shown[j, k], levers[LIFT + k, u], desk.noise[j], luck, lifted, perceived)
                if cross:
                    _lose(desk.clear[i], expected, perceived)
                _hear(ties.belief[t, k], perceived, contacted, gain, desk.loss[0], propensity, values)
        mediation, floor, scar = levers[MEDIATION, u], values[MEDIATION_FLOOR], ties.scar[t]
        for k in range(3):
            _settle(ties.belief[t, k], mediation, floor)
        integrity = ties.belief[t, 2]
        for w in range(worlds):
            integrity[w] = at_most(integrity[w], scar[w])
    learning = values[LEARNING]
    for i in range(desk.contacts.shape[0]):
        understanding, contacts = people.understanding[i], desk.contacts[i]
        for w in range(worlds):
            understanding[w] = learn(understanding[w], contacts[w], learning[w])


@part
def trusted(belief: Field, propensity: Field, values: Field, result: Field) -> None:
    """Fill `result`, (W,), with the trust that the three beliefs of a tie, (3, W), make."""
    ability, benevolence, integrity = belief[0], belief[1], belief[2]
    by_ability, by_benevolence = values[WEIGHT_ABILITY], values[WEIGHT_BENEVOLENCE]
    by_integrity, by_propensity = values[WEIGHT_INTEGRITY], values[WEIGHT_PROPENSITY]
    for w in range(result.shape[0]):
        result[w] = trust(
            ability[w],
            benevolence[w],
            integrity[w],
            propensity[w],
            by_ability[w],
            by_benevolence[w],
            by_integrity[w],
            by_propensity[w],
        )


@part
def _be_quiet(belief: Field, propensity: Field, drift: Field) -> None:
    for w in range(belief.shape[0]):
        belief[w] = erode(belief[w], propensity[w], drift[w])


@part
def _expect(belief: Field, propensity: Field, doubts: Field, values: Field, expected: Field) -> None:
    trusted(belief, propensity, values, expected)
    for w in range(expected.shape[0]):
        expected[w] = expected[w] - doubts[w]


@part
def _perceive(shown: Field, lift: Field, noise: Field, luck: float, lifted: Field, perceived: Field) -> None:
    for w in range(perceived.shape[0]):
        perceived[w] = signal(shown[w], lifted[w] * lift[w], luck * noise[w])


@part
def _lose(clear: Field, expected: Field, perceived: Field) -> None:
    for w in range(perceived.shape[0]):
        perceived[w] = perceive(clear[w], perceived[w], expected[w])


@part
def _hear(
    belief: Field, perceived: Field, contacted: Field, gain: Field, loss: Field, propensity: Field, values: Field
) -> None:
    gate, drift = values[GATE], values[DRIFT]
    for w in range(belief.shape[0]):
        heard = believe(belief[w], perceived[w], gain[w], loss[w], gate[w])
        belief[w] = heard if contacted[w] > 0.0 else erode(belief[w], propensity[w], drift[w])


@part
def _settle(belief: Field, mediation: Field, floor: Field) -> None:
    for w in range(belief.shape[0]):
        belief[w] = mediate(belief[w], floor[w], mediation[w])
