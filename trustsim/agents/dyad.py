"""A dyad: a unit's chief and manager who lead it together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustsim.agents.decision import Decision, decide_by_custom
from trustsim.agents.hospital import Hospital, Member
from trustsim.agents.person import Conduct, Person
from trustsim.rules.conduct import shared
from trustsim.rules.feeling import cohesion, pushed

if TYPE_CHECKING:
    from trustsim.agents.unit import Unit

__all__ = ["DyadLeader"]


class DyadLeader(Member):
    """The pair of a unit's chief and manager, as long as they work together and both are there.

    Parameters
    ----------
    model : Hospital
    unit : Unit
        Which has a chief and a manager.

    Attributes
    ----------
    cohesion : float
        Grows with joint work, decays without, 0 to 1.
    """

    def __init__(self, model: Hospital, unit: Unit) -> None:
        super().__init__(model)
        self.unit, self.cohesion = unit, 0.0
        unit.dyad = self

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.unit.name}: cohesion {self.cohesion:.2f}>"

    @property
    def halves(self) -> list[Person]:
        """Those of the two who are there: chief, then manager."""
        chairs = (self.unit.chief, self.unit.manager)
        return [chair.person for chair in chairs if chair is not None and chair.person is not None]

    @property
    def is_complete(self) -> bool:
        """Whether both are there."""
        return len(self.halves) == 2

    def share_conduct(self) -> None:
        """Lift the conduct of each half towards what the other does better."""
        if not self.is_complete:
            return
        chief, manager = self.halves
        of_chief, of_manager = chief.shown, manager.shown
        chief.shown, manager.shown = self._lifted(of_chief, of_manager), self._lifted(of_manager, of_chief)

    def _lifted(self, own: Conduct, partner: Conduct) -> Conduct:
        sharing = self.model.parameters["dyad.sharing"]
        return Conduct(*[shared(one, other, self.cohesion, sharing) for one, other in zip(own, partner, strict=True)])

    def decide(self, unit: Unit) -> Decision:
        """Make a decision together, also what was under way when one half left."""
        return decide_by_custom(unit, ("clinical", "administrative"))

    def work_together(self) -> None:
        """Teach one another, and grow together or apart; a pair that lost a half, or all cohesion, is none."""
        p, joint_work = self.model.parameters, self.unit.levers["dyad"]
        for half in self.halves:
            half.role_understanding = pushed(half.role_understanding, p["dyad.understanding"] * self.cohesion)
        self.cohesion = cohesion(self.cohesion, joint_work, p["dyad.growth"], p["dyad.decay"])
        if not self.is_complete or (self.cohesion == 0.0 and joint_work == 0.0):
            self.remove()

    def remove(self) -> None:
        """Dissolve."""
        self.unit.dyad = None
        super().remove()
