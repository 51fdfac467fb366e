"""One person's weeks: how they were, whom they trusted, what happened, and so why it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.interventions.timetable import targets
from trustsim.organization import Organization
from trustsim.organization.roles import ROLES, TIE_KINDS
from trustsim.scenario import Scenario
from trustsim.simulation import Happened, Hospital, Week, every_week, happened, trust_of_ties

__all__ = ["FEELINGS", "biography"]

FEELINGS: Final = {
    "trust_organization": "Trust in the organization",
    "exhaustion": "Exhaustion",
    "cynicism": "Cynicism",
    "safety": "Psychological safety",
    "autonomy": "Autonomy",
    "valued": "Feeling valued",
    "alignment": "Alignment with the purpose",
    "understanding": "Understanding of the other silo",
    "concerns": "Open concerns",
    "intent": "Intent to leave",
}
"""Fields of a person's state that are shown, and what they are called."""

_NOTABLE: Final = 0.005
"""A change in a week that is worth a line."""
_MOST_LINES: Final = 3


def biography(person: int, scenarios: Sequence[Scenario], hospital: Hospital, *, weeks: int) -> dict[str, Any]:
    """Return what there is to tell of the people in one position, as plain data.

    Parameters
    ----------
    person : int
        Position in the hospital's organization.
    scenarios : sequence of Scenario
        Worlds side by side: baseline, scenario.
    hospital : Hospital
    weeks : int

    Returns
    -------
    dict
        ``feelings`` and ``ties`` have a list of weeks for each world, with None while the position (or the other end of
        a tie) is vacant; ``events`` has a list of sentences for each world and week.
    """
    organization = hospital.organization
    ties = np.arange(organization.first_out[person], organization.first_out[person + 1])
    worlds = range(len(scenarios))
    feelings: dict[str, list[list[float | None]]] = {name: [[] for _ in worlds] for name in FEELINGS}
    trust: list[list[list[float | None]]] = [[[] for _ in worlds] for _ in ties]
    events: list[list[list[str]]] = [[] for _ in worlds]
    teller = _Teller(person, organization, scenarios, ties)
    for week in every_week(scenarios, hospital, weeks=weeks):
        before, after = (trust_of_ties(state, ties, organization, week.values) for state in (week.before, week.after))
        for world in worlds:
            people = week.after.people
            here = people.staffed[person, world] > 0.0
            for name, values in feelings.items():
                values[world].append(_rounded(getattr(people, name)[person, world]) if here else None)
            for number, tie in enumerate(ties):
                both = here and people.staffed[organization.trustee[tie], world] > 0.0
                trust[number][world].append(_rounded(after[number, world]) if both else None)
            moved = after[:, world] - before[:, world]
            events[world].append(list(teller.tell(week, world, happened(person, week, world, hospital), moved)))
    return {
        "position": person,
        "label": organization.labels[person],
        "role": ROLES[organization.role[person]],
        "unit": _unit(organization, person),
        "leader": _name(organization, int(organization.leader[person])),
        "feelings": [{"name": FEELINGS[name], "worlds": values} for name, values in feelings.items()],
        "ties": [
            {
                "name": _name(organization, int(organization.trustee[tie])),
                "kind": _kind(organization, tie),
                "worlds": each,
            }
            for tie, each in zip(ties, trust, strict=True)
        ],
        "events": events,
    }


class _Teller:
    """Puts a week into sentences."""

    def __init__(
        self, person: int, organization: Organization, scenarios: Sequence[Scenario], ties: NDArray[np.intp]
    ) -> None:
        self._person, self._organization, self._ties = person, organization, ties
        unit = organization.unit[person]
        self._episodes = [
            [each for each in scenario.episodes if unit in targets(each, organization.unit_names) and each.dose > 0.0]
            for scenario in scenarios
        ]

    def tell(self, week: Week, world: int, what: Happened, moved: NDArray[np.float64]) -> Iterator[str]:
        """Yield a sentence for each thing that happened, what came of it last."""
        if what.arrived:
            yield "A newcomer takes the position, with the trust that the hospital's reputation gives."
            return
        if not what.staffed:
            yield "The position is vacant."
            return
        in_force = [each.title for each in self._episodes[world] if each.start <= week.number < each.end]
        if in_force:
            yield f"In force here: {', '.join(in_force)}."
        yield from self._events(week, world, what)
        yield from self._trust(what, moved)
        if what.left:
            yield "Leaves the hospital at the end of the week."
        else:
            yield from self._feelings(week, world)

    def _events(self, week: Week, world: int, what: Happened) -> Iterator[str]:
        if what.problem:
            unit = self._organization.unit[self._person]
            yield f"A new concern turns up (workload of the unit {week.before.units.workload[unit, world]:.2f})."
        if what.raised:
            way = "with the leader" if what.raised.in_line else "through a channel that an intervention opened"
            came = {
                "resolved": "it is resolved",
                "explained": "the answer explains why not",
                "ignored": "no answer comes",
            }
            yield f"Raises a concern {way}; {came[what.raised.outcome]}."
        if what.decision:
            who = {"dyad": "chief and manager together"}.get(what.decision.by, what.decision.by)
            yield f"A decision reaches the unit, made by {who}; own side's say in it {what.decision.say:.0%}."
        if len(what.heard):
            names = [_name(self._organization, int(self._organization.trustee[tie])) for tie in what.heard]
            more = f" and {len(names) - _MOST_LINES} more" if len(names) > _MOST_LINES else ""
            yield f"Hears from {', '.join(names[:_MOST_LINES])}{more}."

    def _trust(self, what: Happened, moved: NDArray[np.float64]) -> Iterator[str]:
        heard = set(what.heard.tolist())
        for number in sorted(range(len(moved)), key=lambda each: -abs(moved[each]))[:_MOST_LINES]:
            if abs(moved[number]) >= _NOTABLE:
                name = _name(self._organization, int(self._organization.trustee[self._ties[number]]))
                after = " after hearing from them" if int(self._ties[number]) in heard else ""
                yield f"Trust in {name} {_went(moved[number])}{after}."

    def _feelings(self, week: Week, world: int) -> Iterator[str]:
        changes = []
        for name, words in FEELINGS.items():
            before, after = (getattr(state.people, name)[self._person, world] for state in (week.before, week.after))
            if abs(after - before) >= _NOTABLE:
                changes.append((abs(after - before), f"{words} {after - before:+.3f}"))
        changes.sort(reverse=True)
        if changes:
            yield ", ".join(change for _, change in changes[:_MOST_LINES]) + "."


def _went(change: float) -> str:
    return f"{'rises' if change > 0.0 else 'falls'} by {abs(change):.3f}"


def _rounded(value: float) -> float:
    return round(float(value), 4)


def _unit(organization: Organization, person: int) -> str:
    number = int(organization.unit[person])
    return organization.unit_names[number] if number < organization.n_units else "Leadership"


def _name(organization: Organization, person: int) -> str:
    return "" if person < 0 else organization.labels[person]


def _kind(organization: Organization, tie: int) -> str:
    return TIE_KINDS[organization.kind[tie]]
