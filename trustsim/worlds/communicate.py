"""Communicate: on each tie, perhaps, the trustee says or does something that bears on trust, and beliefs move.

The heart of the engine: most of a run is spent here. A tie is one loop over worlds, all three beliefs in it, so that
what they share is worked out once; every branch on a world's value is a choice between two numbers, so that the
compiler can use vector instructions. Rows that are written are arguments of their own: the compiler knows that
arguments do not overlap.
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

__all__ = ["LIFT", "communicate", "hold", "trusted"]

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
    people, ties, learning = state.people, state.ties, values[LEARNING]
    desk.contacts[:] = 0.0
    for t in range(ties.scar.shape[0]):
        u, kind, belief = hospital.tie_unit[t], hospital.kind[t], ties.belief[t]
        if message[t, 0] >= desk.most_contact[kind, u]:
            propensity, mediation = people.propensity[hospital.truster[t]], levers[MEDIATION, u]
            _be_quiet(
                belief[0],
                belief[1],
                belief[2],
                ties.scar[t],
                propensity,
                mediation,
                values[MEDIATION_FLOOR],
                values[DRIFT],
            )
        elif hospital.cross[t] == 1:
            _listen(state, hospital, values, levers, desk, message, t, True)
        else:
            _listen(state, hospital, values, levers, desk, message, t, False)
    for i in range(desk.contacts.shape[0]):
        understanding, contacts = people.understanding[i], desk.contacts[i]
        for w in range(learning.shape[0]):
            understanding[w] = learn(understanding[w], contacts[w], learning[w])


@part
def _be_quiet(
    ability: Field,
    benevolence: Field,
    integrity: Field,
    scar: Field,
    propensity: Field,
    mediation: Field,
    floor: Field,
    drift: Field,
) -> None:
    for w in range(scar.shape[0]):
        ability[w] = mediate(erode(ability[w], propensity[w], drift[w]), floor[w], mediation[w])
        b = mediate(erode(benevolence[w], propensity[w], drift[w]), floor[w], mediation[w])
        i = mediate(erode(integrity[w], propensity[w], drift[w]), floor[w], mediation[w])
        benevolence[w], integrity[w] = at_most(b, scar[w]), at_most(i, scar[w])


@part
def _listen(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, message: Field, t: int, cross: bool
) -> None:
    """Let the truster of tie t listen; `cross` is a constant for the compiler, which makes one loop for each silo."""
    people, belief = state.people, state.ties.belief[t]
    i, j, u, kind = hospital.truster[t], hospital.trustee[t], hospital.tie_unit[t], hospital.kind[t]
    to_administration = hospital.group[t] == TO_ADMINISTRATION
    _hear(
        belief[0],
        belief[1],
        belief[2],
        state.ties.scar[t],
        state.ties.rapport[t],
        desk.contacts[i],
        (message[t, 0], triangular(message[t, 1]), triangular(message[t, 2]), triangular(message[t, 3])),
        cross,
        (desk.contact[kind, u], values[CONTACT_BASE + kind], people.staffed[i], people.staffed[j]),
        (desk.shown[j, 0], desk.shown[j, 1], desk.shown[j, 2], desk.noise[j]),
        (levers[LIFT, u], levers[LIFT + 1, u], levers[LIFT + 2, u]),
        (desk.clear[i], desk.doubt[i], people.propensity[i]),
        (values[WEIGHT_ABILITY], values[WEIGHT_BENEVOLENCE], values[WEIGHT_INTEGRITY], values[WEIGHT_PROPENSITY]),
        (desk.gain_repair[u] if to_administration else values[GAIN], desk.loss[0], values[GATE], values[DRIFT]),
        (levers[MEDIATION, u], values[MEDIATION_FLOOR]),
    )


@part
def _hear(
    ability: Field,
    benevolence: Field,
    integrity: Field,
    scar: Field,
    rapport: Field,
    contacts: Field,
    message: tuple[float, float, float, float],
    cross: bool,
    contact: tuple[Field, Field, Field, Field],
    sender: tuple[Field, Field, Field, Field],
    lift: tuple[Field, Field, Field],
    receiver: tuple[Field, Field, Field],
    weights: tuple[Field, Field, Field, Field],
    learning: tuple[Field, Field, Field, Field],
    mediation: tuple[Field, Field],
) -> None:
    draw, luck_a, luck_b, luck_i = message
    chance, base, here, there = contact
    shown_a, shown_b, shown_i, noise = sender
    lift_a, lift_b, lift_i = lift
    clear, doubts, propensity = receiver
    by_a, by_b, by_i, by_p = weights
    gain, loss, gate, drift = learning
    settled, floor = mediation
    for w in range(scar.shape[0]):
        contacted = here[w] * there[w] if draw < chance[w] else 0.0
        lifted = 0.0 if draw < base[w] else 1.0
        a = signal(shown_a[w], lifted * lift_a[w], luck_a * noise[w] + rapport[w])
        b = signal(shown_b[w], lifted * lift_b[w], luck_b * noise[w] + rapport[w])
        i = signal(shown_i[w], lifted * lift_i[w], luck_i * noise[w] + rapport[w])
        if cross:
            trusts = trust(ability[w], benevolence[w], integrity[w], propensity[w], by_a[w], by_b[w], by_i[w], by_p[w])
            expected = trusts - doubts[w]
            a, b, i = perceive(clear[w], a, expected), perceive(clear[w], b, expected), perceive(clear[w], i, expected)
            contacts[w] = contacts[w] + contacted
        heard = contacted > 0.0
        a = believe(ability[w], a, gain[w], loss[w], gate[w]) if heard else erode(ability[w], propensity[w], drift[w])
        b = (
            believe(benevolence[w], b, gain[w], loss[w], gate[w])
            if heard
            else erode(benevolence[w], propensity[w], drift[w])
        )
        i = (
            believe(integrity[w], i, gain[w], loss[w], gate[w])
            if heard
            else erode(integrity[w], propensity[w], drift[w])
        )
        ability[w] = mediate(a, floor[w], settled[w])
        benevolence[w] = at_most(mediate(b, floor[w], settled[w]), scar[w])
        integrity[w] = at_most(mediate(i, floor[w], settled[w]), scar[w])


@part
def hold(benevolence: Field, integrity: Field, scar: Field) -> None:
    """Hold beliefs of a tie under its scar."""
    for w in range(scar.shape[0]):
        benevolence[w], integrity[w] = at_most(benevolence[w], scar[w]), at_most(integrity[w], scar[w])


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
