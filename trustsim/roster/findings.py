"""What was found while a roster was read: problems with their place and remedy, and what was assumed.

Everything is collected before anything is refused, so that somebody who mends a file mends it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from trustsim.errors import InputError

__all__ = ["Findings", "Problem", "shortened"]

_SHOWN_OF_A_KIND: Final = 5

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend (error: the hospital cannot be used) or to look at (warning).

    Attributes
    ----------
    severity : {"error", "warning"}
    kind : str
        One word or two, the same for all problems of a kind: ``"duplicate id"``.
    what : str
        What was found.
    fix : str
        What to do about it.
    path : Path
    line : int
        From 1; 0 where no line is to blame.
    """

    severity: Severity
    kind: str
    what: str
    fix: str
    path: Path
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.what}; {self.fix}"


@dataclass
class Findings:
    """Problems and assumptions, in the order in which they were met.

    Attributes
    ----------
    problems : list of Problem
    assumptions : list of str
        What the files do not say and was settled all the same, each a sentence.
    """

    problems: list[Problem] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    def error(self, kind: str, what: str, fix: str, path: Path, line: int = 0) -> None:
        """Note what makes the hospital unusable."""
        self.problems.append(Problem("error", kind, what, fix, path, int(line)))

    def warn(self, kind: str, what: str, fix: str, path: Path, line: int = 0) -> None:
        """Note what should be looked at."""
        self.problems.append(Problem("warning", kind, what, fix, path, int(line)))

    def assume(self, sentence: str) -> None:
        """Note what was settled without being said."""
        self.assumptions.append(sentence)

    @property
    def errors(self) -> list[Problem]:
        """The problems that make the hospital unusable."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def refuse_errors(self) -> None:
        """Raise one error that names all errors, those of a kind shortened, if there are any.

        Raises
        ------
        InputError
        """
        if self.errors:
            first, *others = shortened(self.errors)
            raise InputError(f"{first}" if not others else "\n".join([first, *others]))


def shortened(problems: Iterable[Problem]) -> Iterator[str]:
    """Return problems as lines, at most five of a kind, then how many more there are of it."""
    problems = list(problems)
    total, shown = Counter(problem.kind for problem in problems), Counter[str]()
    for problem in problems:
        shown[problem.kind] += 1
        if shown[problem.kind] <= _SHOWN_OF_A_KIND:
            yield str(problem)
        elif shown[problem.kind] == total[problem.kind]:
            yield f"{problem.path}: and {total[problem.kind] - _SHOWN_OF_A_KIND:,} more of the kind: {problem.kind}"
