"""What everybody brings to this week's communications, worked out once per person rather than once per tie."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.organization.roles import TIE_KINDS
from trustsim.parameters import row
from trustsim.rules.arithmetic import at_most, either
from trustsim.rules.conduct import BELIEFS, leader_conduct, shared, shown
from trustsim.rules.trust import betrayed, clarity, doubt, recovery_gain, scar
from trustsim.worlds.hospital import TIE_GROUPS, Hospital
from trustsim.worlds.state import Field, People, State

__all__ = ["Desk", "break_trust", "desk", "prepare"]

GATE = row("trust.gate")
FATIGUE, REFERENCE, NOISE = row("conduct.fatigue"), row("exhaustion.reference"), row("conduct.noise")
JARGON, SUSPICION = row("silo.jargon"), row("silo.suspicion")
GAIN, NEGATIVITY, PROMISE_RATIO = row("trust.gain"), row("trust.negativity"), row("trust.promise")
BREACH, SCAR_DEPTH = row("trust.breach"), row("trust.scar_depth")
SHARING = row("dyad.sharing")
CONTACT_BASE = row(f"contact.base.{TIE_KINDS[0]}")
SHIFT = lever(f"shift.{BELIEFS[0]}")  # and the two after it
INCONSISTENCY, CLARITY = lever("inconsistency"), lever("clarity")
CONTACT = lever(f"contact.{TIE_KINDS[0]}")
REPAIR, PROMISE = lever("repair"), lever("promise")
COMPETENCE, DECEPTION = lever("breach.competence"), lever("breach.deception")
TO_ADMINISTRATION = TIE_GROUPS.index("clinician_admin")
N_KINDS = len(TIE_KINDS)


class Desk(NamedTuple):
    """Working tables of a week, shared by its stages; W worlds last.

    Attributes
    ----------
    shown : (n, 3, W) float64
        Conduct that a sender is able to show, as it bears on each belief.
    noise, clear, doubt, contacts : (n, W) float64
        Half-width of a sender's noise; how clear messages of the other silo are to a receiver and how they doubt the
        rest; communications across silos that a receiver had.
    silent : (n, W) float64
        1.0 for clinicians who were invited to a decision and did not take part.
    contact : (kinds, u + 1, W) float64
        Chance of a communication on a tie.
    most_contact : (kinds, u + 1) float64
        The largest of any world: a tie whose draw exceeds it is quiet in all of them.
    gain_repair : (u + 1, W) float64
        Gain of good news on clinicians' ties to administration while a breach is being repaired.
    loss : (1, W) float64
    decided, by_administration, by_clinicians : (u + 1, W) float64
        1.0 where a decision reaches a unit; where administrators, clinicians (or both: a dyad) are among the deciders.
    say_clinicians, say_administration, felt_clinicians, felt_administration, explanation, fit : (u + 1, W) float64
        The say of either silo, and how included either silo feels; how well it is explained; how well it fits.
    mean_exhaustion, mean_safety, mean_understanding, hours : (u + 1, W) float64
        Over the people in place; `hours` are those of clinicians, in full posts.
    delivered : (u + 1, W) float64
        Concerns that reached administration.
    exits : (u + 1, W) float64
    row_a to row_f : (W,) float64
        Scratch.
    """

    shown: Field
    noise: Field
    clear: Field
    doubt: Field
    contacts: Field
    silent: Field
    contact: Field
    most_contact: Field
    gain_repair: Field
    loss: Field
    decided: Field
    by_administration: Field
    by_clinicians: Field
    say_clinicians: Field
    say_administration: Field
    felt_clinicians: Field
    felt_administration: Field
    explanation: Field
    fit: Field
    mean_exhaustion: Field
    mean_safety: Field
    mean_understanding: Field
    hours: Field
    delivered: Field
    exits: Field
    row_a: Field
    row_b: Field
    row_c: Field
    row_d: Field
    row_e: Field
    row_f: Field


def desk(n: int, places: int, worlds: int) -> Desk:
    """Return empty working tables for n positions and `places` units (the floor counted)."""
    by_person, by_unit = (n, worlds), (places, worlds)
    shapes: dict[str, tuple[int, ...]] = {"loss": (1, worlds)}
    shapes |= {"shown": (n, 3, worlds), "contact": (N_KINDS, places, worlds), "most_contact": (N_KINDS, places)}
    for name in Desk._fields:
        is_person = name in {"noise", "clear", "doubt", "contacts", "silent"}
        shapes.setdefault(name, (worlds,) if name.startswith("row_") else by_person if is_person else by_unit)
    return Desk(**{name: np.zeros(shapes[name]) for name in Desk._fields})


@part
def prepare(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk) -> None:
    """Fill the tables that this week's communications draw on.

    Parameters
    ----------
    values : (parameters, W) float64
    levers : (levers, u + 1, W) float64
        This week's.
    """
    people, worlds = state.people, values.shape[1]
    for i in range(people.staffed.shape[0]):
        u, leads = hospital.unit[i], hospital.leads[i]
        tired = people.exhaustion[i]
        for k in range(3):
            _show(people.conduct[i, k], levers[SHIFT + k, u], leads, tired, values, desk.shown[i, k])
        noise, inconsistency, width = desk.noise[i], levers[INCONSISTENCY, u], values[NOISE]
        for w in range(worlds):
            noise[w] = width[w] + inconsistency[w] * leads
        clear, understanding, jargon, made_clear = (
            desk.clear[i],
            people.understanding[i],
            values[JARGON],
            levers[CLARITY, u],
        )
        for w in range(worlds):
            clear[w] = clarity(1.0, jargon[w], understanding[w], made_clear[w])
        doubts, suspicion, alignment = desk.doubt[i], values[SUSPICION], people.alignment[i]
        for w in range(worlds):
            doubts[w] = doubt(suspicion[w], alignment[w])
    _lead_together(people, hospital, values, state.units.cohesion, desk)
    for w in range(worlds):
        desk.loss[0, w] = values[GAIN, w] * values[NEGATIVITY, w]
    for u in range(levers.shape[1]):
        for w in range(worlds):
            desk.gain_repair[u, w] = recovery_gain(
                values[GAIN, w],
                state.units.breached[u, w],
                levers[REPAIR, u, w],
                levers[PROMISE, u, w],
                values[PROMISE_RATIO, w],
            )
        for kind in range(N_KINDS):
            most = 0.0
            for w in range(worlds):
                chance = either(values[CONTACT_BASE + kind, w], levers[CONTACT + kind, u, w])
                desk.contact[kind, u, w] = chance
                most = chance if chance > most else most
            desk.most_contact[kind, u] = most


@part
def _show(conduct: Field, shift: Field, leads: float, exhaustion: Field, values: Field, result: Field) -> None:
    fatigue, reference = values[FATIGUE], values[REFERENCE]
    for w in range(result.shape[0]):
        result[w] = shown(leader_conduct(conduct[w], shift[w], leads), fatigue[w], exhaustion[w], reference[w])


@part
def _lead_together(people: People, hospital: Hospital, values: Field, cohesion: Field, desk: Desk) -> None:
    for u in range(hospital.chief.shape[0]):
        chief, manager = hospital.chief[u], hospital.manager[u]
        if chief < 0 or manager < 0:
            continue
        for k in range(3):
            of_chief, of_manager = desk.shown[chief, k], desk.shown[manager, k]
            for w in range(values.shape[1]):
                together = cohesion[u, w] * people.staffed[chief, w] * people.staffed[manager, w]
                first, second = of_chief[w], of_manager[w]
                of_chief[w] = shared(first, second, together, values[SHARING, w])
                of_manager[w] = shared(second, first, together, values[SHARING, w])


@part
def break_trust(state: State, hospital: Hospital, values: Field, levers: Field) -> None:
    """Let a breach of trust by administration come out, where this week's levers have one."""
    people, ties, breached, worlds = state.people, state.ties, state.units.breached, values.shape[1]
    for u in range(levers.shape[1]):
        strongest = 0.0
        for w in range(worlds):
            breach = max(levers[COMPETENCE, u, w], levers[DECEPTION, u, w])
            strongest = breach if breach > strongest else strongest
        if strongest == 0.0:
            continue
        for w in range(worlds):
            breach = max(levers[COMPETENCE, u, w], levers[DECEPTION, u, w])
            breached[u, w] = 1.0 if breach > 0.0 else breached[u, w]
        for number in range(hospital.first_decider[u], hospital.first_decider[u + 1]):
            t = hospital.deciders[number]
            if hospital.group[t] != TO_ADMINISTRATION:
                continue
            for w in range(worlds):
                deception, depth = levers[DECEPTION, u, w], values[BREACH, w]
                ability, benevolence, integrity = ties.belief[t, 0, w], ties.belief[t, 1, w], ties.belief[t, 2, w]
                ties.belief[t, 0, w] = betrayed(ability, levers[COMPETENCE, u, w], depth)
                ties.scar[t, w] = scar(ties.scar[t, w], benevolence, integrity, deception, values[SCAR_DEPTH, w])
                ties.belief[t, 1, w] = at_most(betrayed(benevolence, deception, depth), ties.scar[t, w])
                ties.belief[t, 2, w] = at_most(betrayed(integrity, deception, depth), ties.scar[t, w])
        for number in range(hospital.first_member[u], hospital.first_member[u + 1]):
            i = hospital.members[number]
            for w in range(worlds):
                breach = max(levers[COMPETENCE, u, w], levers[DECEPTION, u, w])
                people.trust_organization[i, w] = betrayed(
                    people.trust_organization[i, w], breach * hospital.clinical[i], values[BREACH, w]
                )
