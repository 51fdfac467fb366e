"""What most interventions are made of: occasions on which people meet, and channels through which concerns are heard.

How people come across on an occasion, and how a channel answers, count by how many occasions or offers there are. So
two interventions in one unit mix as the people of that unit meet them.
"""

from __future__ import annotations

from collections.abc import Mapping

from trustsim.levers import Contribution

__all__ = ["balance", "channel", "contacts"]


def balance(openness: float) -> float:
    """Return how far openness helps: 1 if full, 0 at one half, -1 if there is none.

    One half as the point at which openness neither helps nor harms is an assumption; no study reports one.
    """
    return 2.0 * openness - 1.0


def contacts(
    chances: Mapping[str, float], *, ability: float = 0.0, benevolence: float = 0.0, integrity: float = 0.0
) -> tuple[Contribution, ...]:
    """Return added contacts, and how leaders come across on them above or below their usual conduct.

    Parameters
    ----------
    chances : mapping of kind of tie to float
        Added chance of a contact a week.
    ability, benevolence, integrity : float
        Lift of the conduct that bears on each belief; 0 for the usual conduct.
    """
    met = 0.0
    for chance in chances.values():
        met += chance
    lifts = {"ability": ability, "benevolence": benevolence, "integrity": integrity}
    return (
        *(Contribution(f"contact.{kind}", chance) for kind, chance in chances.items()),
        *(Contribution(f"lift.{belief}", lift, met) for belief, lift in lifts.items()),
    )


def channel(
    access: float, *, resolved: float, explained: float, top: float = 0.0, anonymity: float = 0.0
) -> tuple[Contribution, ...]:
    """Return a channel for concerns.

    Parameters
    ----------
    access : float
        Chance a week that a clinician is offered it.
    resolved, explained : float
        Share of what it hears that is resolved, and share of the rest that gets an honest answer.
    top : float
        Whether executives hold it (1) or the unit's leader (0).
    anonymity : float
        How far it takes away the fear to speak.
    """
    return (
        Contribution("voice.access", access),
        Contribution("voice.follow_through", resolved, access),
        Contribution("voice.explanation", explained, access),
        Contribution("voice.top", top, access),
        Contribution("voice.anonymity", anonymity, access),
    )
