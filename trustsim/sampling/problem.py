"""The factors of a study by name, with kinds, bounds and groups: what each method of sampling and analysis is given."""
# ruff: noqa: N803 - a design is X in this field

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.sampling.factors import Factor, Value, as_factor

__all__ = ["DUMMY", "Problem"]

DUMMY: Final = "dummy"
"""Name of the factor that changes nothing, which some designs add as a last column."""


class Problem:
    """Factors, in the order of a design's columns.

    Parameters
    ----------
    factors : mapping of str to factor
        ``Range(0, 1)`` or ``(0.0, 1.0)``; ``Integers(0, 12)``; ``Choices(("a", "b"))`` or ``["a", "b"]``.
    groups : mapping of str to sequence of str, optional
        The name of each group, and its factors. They move together and share one index.

    Attributes
    ----------
    names : tuple of str
        Of the factors.
    kinds : tuple of Range, Integers or Choices
        What each factor may be.
    groups : tuple of str
        The group of each factor; a factor in no group is one by itself, under its own name.

    Raises
    ------
    InputError
        If there is no factor, one cannot be understood or is called "dummy", or a group names a factor that does not
        exist or stands in two groups.

    Examples
    --------
    >>> problem = Problem({"follow_through": (0.0, 1.0), "style": ["autocratic", "participative"]})
    >>> problem.names
    ('follow_through', 'style')
    """

    def __init__(
        self,
        factors: Mapping[str, Factor | Sequence[Value]],
        groups: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        if not factors:
            raise InputError("a problem needs at least one factor")
        if DUMMY in factors:
            raise InputError(f"no factor can be called {DUMMY!r}: designs add one of that name, which changes nothing")
        self.names = tuple(factors)
        self.kinds = tuple(_named(name, given) for name, given in factors.items())
        group_of = _group_of(self.names, groups or {})
        self.groups = tuple(group_of.get(name, name) for name in self.names)

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest number that stands in each factor's column."""
        return tuple(kind.bounds for kind in self.kinds)

    def columns(self, X: NDArray[np.float64]) -> tuple[str, ...]:
        """Return the names of a design's columns: the factors and, where the design added it, the dummy.

        Raises
        ------
        InputError
            If `X` has another shape, or a number outside its factor's bounds.
        """
        wide = len(self.names)
        if np.ndim(X) != 2 or X.shape[1] not in (wide, wide + 1):
            raise InputError(
                f"found a design X of shape {np.shape(X)}, needed are {wide} columns ({', '.join(self.names)}), "
                f"or {wide + 1} with a last one for {DUMMY!r}"
            )
        low, high = np.array(self.bounds).T
        inside = ((X[:, :wide] >= low) & (X[:, :wide] <= high)).all(axis=0)
        if not inside.all():
            out = int(np.argmin(inside))
            raise InputError(
                f"column {out} of the design X has numbers outside the bounds {self.bounds[out]} of "
                f"{self.names[out]!r}; its columns are those of the problem, in the same order"
            )
        return (*self.names, DUMMY)[: X.shape[1]]

    def place(self, unit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a design from places in the unit cube, ``(points, columns) float64``; a dummy stays where it is."""
        placed = np.array(unit, dtype=np.float64)
        for column, kind in enumerate(self.kinds):
            placed[:, column] = kind.at(placed[:, column])
        return placed

    def decode(self, X: NDArray[np.float64]) -> list[dict[str, Value]]:
        """Return what each row of a design sets, by factor; the dummy sets nothing and is left out."""
        self.columns(X)
        kinds = tuple(zip(self.names, self.kinds, strict=True))
        return [{name: kind.value(row[column]) for column, (name, kind) in enumerate(kinds)} for row in X]

    def as_salib(self, *, dummy: bool = False, grouped: bool = True) -> dict[str, Any]:
        """Return SALib's description of the unit cube over these factors; `place` puts its samples on their scales."""
        extra = (DUMMY,) if dummy else ()
        names = [*self.names, *extra]
        described: dict[str, Any] = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        if grouped and self.groups != self.names:
            described["groups"] = [*self.groups, *extra]
        return described


def _named(name: str, given: object) -> Factor:
    try:
        return as_factor(given)
    except InputError as error:
        raise InputError(f"factor {name!r}: {error.what}") from None


def _group_of(names: tuple[str, ...], groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    group_of: dict[str, str] = {}
    for group, members in groups.items():
        for name in members:
            if name not in names:
                raise InputError(f"group {group!r} has {name!r}, which is no factor{did_you_mean(name, names)}")
            if name in group_of:
                raise InputError(f"factor {name!r} is in the groups {group_of[name]!r} and {group!r}; one is allowed")
            group_of[name] = group
    for group in groups:
        if group == DUMMY or (group in names and group_of.get(group) != group):
            raise InputError(f"group {group!r} has the name of a factor outside it; give it another name")
    return group_of
