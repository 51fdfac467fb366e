"""A run and a view as the query of a link, and back.

Links are made by anybody, so nothing in one is trusted: names must be known, numbers are brought into range, and what
cannot be used is left out, with a sentence that says so. A link is never an error page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

from trustsim.app.limits import MOST_REPLICATES, MOST_WEEKS
from trustsim.app.state.hospital import Hospital
from trustsim.app.state.offered import UNITS_END, offered_settings
from trustsim.app.state.run_spec import RunSpec
from trustsim.app.state.view import COLORS, CURVES, View
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Setting
from trustsim.measures import NAMES
from trustsim.scenario import scenario_names

__all__ = ["fits_in_link", "read_link", "write_link"]

_LONGEST: Final = 8000  # characters; a link with every setting of a long scenario has three thousand
_ONE_UNIT: Final = ".unit"
"""Ends the name under which a link has one unit of an episode, as often as there are some; `UNITS_END` has a share."""
_LARGEST_SEED: Final = 2**53 - 1
_VIEW: Final = tuple(field.name for field in fields(View))


def write_link(spec: RunSpec, view: View | None = None) -> str:
    """Return the query (without ``?``) that `read_link` reads: what differs from the defaults, in a fixed order."""
    pairs: list[tuple[str, object]] = [("scenario", spec.scenario)]
    pairs += [] if spec.hospital is None else [spec.hospital.mark]
    pairs += [("without", name) for name in spec.left_out] + [("add", kind) for kind in spec.added]
    for name, value in spec.settings:
        pairs += _units(name, value) if isinstance(value, tuple) else [(name, _written(value))]
    usual = RunSpec()
    pairs += [
        (name, getattr(spec, name)) for name in ("replicates", "seed") if getattr(spec, name) != getattr(usual, name)
    ]
    if view is not None:
        first = View()
        pairs += [(name, getattr(view, name)) for name in _VIEW if getattr(view, name) != getattr(first, name)]
    return urlencode(pairs, quote_via=quote)


def fits_in_link(spec: RunSpec) -> bool:
    """Whether a link can say all of a spec; only very many names of units do not fit."""
    return len(write_link(spec)) < _LONGEST - 500  # room for a view


def read_link(query: str | None, hospitals: Iterable[Hospital] = ()) -> tuple[RunSpec, View, tuple[str, ...]]:
    """Return what a link asks for, and a sentence about each thing in it that could not be used as it stands.

    Parameters
    ----------
    query : str, optional
        What follows the ``?``.
    hospitals : iterable of Hospital
        Real ones that this visitor may use.
    """
    if query and len(query) > _LONGEST:
        return (
            RunSpec(),
            View(),
            (f"The link has {len(query):,} characters, too many to be one of ours; it is ignored.",),
        )
    reader = _Reader(query or "", hospitals)
    return reader.spec(), reader.view(), tuple(reader.notes)


class _Reader:
    """What is left of a query, and what there is to say about it."""

    def __init__(self, query: str, hospitals: Iterable[Hospital]) -> None:
        self.notes: list[str] = []
        self._hospitals = {each.mark: each for each in hospitals}
        self._pairs = parse_qsl(query, keep_blank_values=True, errors="replace", max_num_fields=None)

    def spec(self) -> RunSpec:
        """Return the run; every setting is tried by itself, so that one that does not fit takes no other with it."""
        spec = RunSpec(scenario=self._one_of("scenario", scenario_names(), RunSpec.scenario), hospital=self._hospital())
        for name in self._all("without"):
            spec = self._tried(spec, spec.without(name))
        for kind in self._all("add"):
            if kind in {**INTERVENTIONS, **SHOCKS}:
                spec = self._tried(spec, spec.adding(kind))
            else:
                self._ignore(f"add={_cut(kind)}: there is none{did_you_mean(kind, {**INTERVENTIONS, **SHOCKS})}")
        spec = replace(spec, seed=self._whole("seed", 0, _LARGEST_SEED, spec.seed))
        replicates = self._whole("replicates", 2, MOST_REPLICATES, spec.replicates)
        named = dict.fromkeys(name for name, _ in self._pairs if name.endswith(_ONE_UNIT))
        units = {name: self._all(name) for name in named}
        # Units last, since sizes decide which there are.
        return self._with_replicates(self._in_units(self._set(spec), units), replicates)

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

    def _hospital(self) -> Hospital | None:
        given, upload = self._first("hospital"), self._first("upload")
        if upload is not None:
            if (found := self._hospitals.get(("upload", upload))) is not None:
                return found
            self.notes.append(
                "The link is to a hospital that was uploaded in another visit, and uploads stay where they were made; "
                "this is a generated hospital. Whoever has the files can upload them here."
            )
        elif given is not None:
            if (found := self._hospitals.get(("hospital", given))) is not None:
                return found
            names = [name for kind, name in self._hospitals if kind == "hospital"]
            self._ignore(f"hospital={_cut(given)}: there is none here{did_you_mean(given, names)}")
        return None

    def _in_units(self, spec: RunSpec, units: dict[str, list[str]]) -> RunSpec:
        """Return the spec with episodes in units by name; those that the hospital has not are left out."""
        known = set(spec.unit_names) if units else set()
        for name, asked in units.items():
            episode = name.removesuffix(_ONE_UNIT)
            if episode not in {each.name for each in spec.worlds()[0].episodes}:
                self._ignore(f"{_cut(name)}: not known")
                continue
            there = tuple(unit for unit in asked if unit in known)
            for unit in (unit for unit in asked if unit not in known):
                self._ignore(f"{name}={_cut(unit)}: there is none in this hospital{did_you_mean(unit, known)}")
            if there:
                spec = self._tried(spec, spec.setting(f"{episode}{UNITS_END}", there))
        return spec

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


def _units(name: str, units: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"{name.removesuffix(UNITS_END)}{_ONE_UNIT}", unit) for unit in units]


def _written(value: float | str) -> str:
    return repr(value) if isinstance(value, float) else str(value)
