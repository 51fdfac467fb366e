"""A run and a view as the query of a link, and back.

Links are made by anybody, so nothing in one is trusted: names must be known, numbers are brought into range, and what
cannot be used is left out, with a sentence that says so. A link is never an error page.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from trustsim.app.limits import MOST_REPLICATES, MOST_WEEKS
from trustsim.app.state.offered import offered_settings
from trustsim.app.state.run_spec import RunSpec
from trustsim.app.state.view import COLORS, CURVES, View
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Setting
from trustsim.measures import NAMES
from trustsim.scenario import scenario_names

__all__ = ["read_link", "write_link"]

_LONGEST: Final = 8000  # characters; a link with every setting of a long scenario has three thousand
_LARGEST_SEED: Final = 2**53 - 1
_VIEW: Final = tuple(field.name for field in fields(View))


def write_link(spec: RunSpec, view: View | None = None) -> str:
    """Return the query (without ``?``) that `read_link` reads: what differs from the defaults, in a fixed order."""
    pairs: list[tuple[str, object]] = [("scenario", spec.scenario)]
    pairs += [("without", name) for name in spec.left_out] + [("add", kind) for kind in spec.added]
    pairs += [(name, _written(value)) for name, value in spec.settings]
    usual = RunSpec()
    pairs += [
        (name, getattr(spec, name)) for name in ("replicates", "seed") if getattr(spec, name) != getattr(usual, name)
    ]
    if view is not None:
        first = View()
        pairs += [(name, getattr(view, name)) for name in _VIEW if getattr(view, name) != getattr(first, name)]
    return urlencode(pairs, quote_via=quote)


def read_link(query: str | None) -> tuple[RunSpec, View, tuple[str, ...]]:
    """Return what a link asks for, and a sentence about each thing in it that could not be used as it stands.

    Parameters
    ----------
    query : str, optional
        What follows the ``?``.
    """
    if query and len(query) > _LONGEST:
        return (
            RunSpec(),
            View(),
            (f"The link has {len(query):,} characters, too many to be one of ours; it is ignored.",),
        )
    reader = _Reader(query or "")
    return reader.spec(), reader.view(), tuple(reader.notes)


class _Reader:
    """What is left of a query, and what there is to say about it."""

    def __init__(self, query: str) -> None:
        self.notes: list[str] = []
        self._pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)

    def spec(self) -> RunSpec:
        """Return the run; every setting is tried by itself, so that one that does not fit takes no other with it."""
        spec = RunSpec(scenario=self._one_of("scenario", scenario_names(), RunSpec.scenario))
        for name in self._all("without"):
            spec = self._tried(spec, spec.without(name))
        for kind in self._all("add"):
            if kind in {**INTERVENTIONS, **SHOCKS}:
                spec = self._tried(spec, spec.adding(kind))
            else:
                self._ignore(f"add={_cut(kind)}: there is none{did_you_mean(kind, {**INTERVENTIONS, **SHOCKS})}")
        spec = replace(spec, seed=self._whole("seed", 0, _LARGEST_SEED, spec.seed))
        return self._with_replicates(self._set(spec), self._whole("replicates", 2, MOST_REPLICATES, spec.replicates))

    def view(self) -> View:
        """Return the view, from what `spec` left."""
        return View(
            week=self._whole("week", 0, MOST_WEEKS - 1, 0),
            color=self._one_of("color", tuple(COLORS), View.color),  # type: ignore[arg-type]  # one of them
            world=self._one_of("world", ("scenario", "baseline"), View.world),  # type: ignore[arg-type]  # one of them
            person=_cut(self._first("person") or ""),
            measure=self._one_of("measure", NAMES, View.measure),
            curve=self._one_of("curve", tuple(CURVES), View.curve),  # type: ignore[arg-type]  # one of them
        )

    def _set(self, spec: RunSpec) -> RunSpec:
        """Return the spec with the settings of the link, and for now with few replicates, so that any size fits."""
        spec = replace(spec, replicates=2)
        names = [name for name, _ in self._pairs if name not in (*_VIEW, "replicates")]
        known = offered_settings(spec.worlds()[0]) if names else {}
        for name in dict.fromkeys(names):
            text = self._first(name) or ""
            if name not in known:
                self._ignore(f"{_cut(name)}: not known{did_you_mean(name, known)}")
            elif (value := self._value(name, text, known[name])) is not None:
                spec = self._tried(spec, spec.setting(name, value))
        return spec

    def _with_replicates(self, spec: RunSpec, wanted: int) -> RunSpec:
        most = spec.most_replicates
        if wanted > most:
            self.notes.append(f"A hospital of this size leaves room for {most} replicates in the app, not {wanted}.")
        return replace(spec, replicates=min(wanted, most))

    def _value(self, name: str, text: str, setting: Setting) -> float | str | None:
        if setting.kind == "choice":
            return self._chosen(name, text, setting.choices)
        low, high = float(setting.low or 0.0), float(setting.high if setting.high is not None else math.inf)
        number = self._number(name, text, low, high)
        return number if number is None or setting.kind == "number" else int(number)

    def _tried(self, spec: RunSpec, changed: RunSpec) -> RunSpec:
        try:
            changed.worlds()
        except InputError as error:
            self._ignore(str(error))
            return spec
        return changed

    def _all(self, name: str) -> list[str]:
        found = [value for known, value in self._pairs if known == name]
        self._pairs = [pair for pair in self._pairs if pair[0] != name]
        return list(dict.fromkeys(found))

    def _first(self, name: str) -> str | None:
        found = self._all(name)
        if len(found) > 1:
            self._ignore(f"{_cut(name)} stands in the link {len(found)} times; the first counts")
        return found[0] if found else None

    def _one_of(self, name: str, allowed: tuple[str, ...], usual: str) -> str:
        text = self._first(name)
        return usual if text is None else self._chosen(name, text, allowed) or usual

    def _chosen(self, name: str, text: str, allowed: tuple[str, ...]) -> str | None:
        if text in allowed:
            return text
        self._ignore(f"{name}={_cut(text)}: there is none{did_you_mean(text, allowed)}")
        return None

    def _whole(self, name: str, low: int, high: int, usual: int) -> int:
        text = self._first(name)
        number = None if text is None else self._number(name, text, low, high, int)
        return usual if number is None else int(number)

    def _number(
        self, name: str, text: str, low: float, high: float, kind: Callable[[str], Any] = float
    ) -> float | None:
        try:
            number = kind(text[:40])
        except ValueError:
            self._ignore(f"{name}={_cut(text)} is no number")
            return None
        if not math.isfinite(number):
            self._ignore(f"{name}={_cut(text)} is no number that can be used")
            return None
        held = min(max(number, low), high)
        if held != number:
            self.notes.append(f"{name}={_cut(text)} is outside {low:g} to {high:g}; {held:g} is used.")
        return float(held) if kind is float else held

    def _ignore(self, what: str) -> None:
        self.notes.append(f"Ignored: {what}.")


def _cut(text: str) -> str:
    """Return what is shown of a stranger's text."""
    printable = "".join(character for character in text if character.isprintable())
    return printable if len(printable) <= 60 else f"{printable[:60]}..."


def _written(value: float | str) -> str:
    return repr(value) if isinstance(value, float) else str(value)
