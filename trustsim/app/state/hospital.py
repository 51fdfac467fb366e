"""A real hospital in the app: which one a run happens in, and by what it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from trustsim.organization import Organization, generate

__all__ = ["Hospital", "generated_units"]


@dataclass(frozen=True)
class Hospital:
    """A real hospital. Two are equal when they are known by the same mark and have the same content.

    Attributes
    ----------
    name : str
        What it is called on the page.
    source : str
        What stands after ``--org`` in a command: never where the file lies, which is nobody else's business.
    is_upload : bool
        Whether a visitor brought it, who alone sees it, or the operator gave it at the start, to all.
    digest : str
        Of the content.
    organization : Organization
        With pseudonyms for labels.
    has_survey : bool
        Whether a survey came with it, with which ``trustsim run`` begins and the app does not.
    """

    name: str
    source: str
    is_upload: bool
    digest: str
    organization: Organization = field(compare=False, repr=False)
    has_survey: bool = False

    @property
    def mark(self) -> tuple[Literal["hospital", "upload"], str]:
        """The pair by which a link means it; an upload is known by its content, since its name is not for links."""
        return ("upload", self.digest[:12]) if self.is_upload else ("hospital", self.name)


@lru_cache(maxsize=32)
def generated_units(sizes: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Return the names of the units of a generated hospital."""
    return generate(dict(sizes)).unit_names
