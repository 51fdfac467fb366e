"""An administrator: leads, decides and answers; some see no problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustsim.agents.person import Person

if TYPE_CHECKING:
    from trustsim.agents.hospital import Hospital
    from trustsim.agents.position import Position

__all__ = ["Administrator"]


class Administrator(Person):
    """A manager, director or executive.

    Attributes
    ----------
    sees_no_problem : bool
        Whether the administrator does not perceive the gap between the silos; who does not, resolves less of what is
        raised and notices silence less (`denial`).
    """

    def __init__(self, model: Hospital, position: Position) -> None:
        super().__init__(model, position)
        self.sees_no_problem = model.birth(position).chance[1] < model.parameters["silo.no_problem"]
        self.denial = model.parameters["silo.denial"] if self.sees_no_problem else 0.0
