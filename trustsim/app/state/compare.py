"""Alternatives that are compared: one to four runs in the same world, as a link carries them.

``/compare?of=...&of=...&week=52``: each ``of`` is the query of a link to Explore, with a name in front if the visitor
gave one. The first one says how the world is for all: how long, how often, with which luck, in which hospital.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from trustsim.app.state.hospital import Hospital
from trustsim.app.state.link import fits_in_link, read_link, write_link
from trustsim.app.state.offered import current_values
from trustsim.app.state.run_spec import RunSpec
from trustsim.app.state.view import View
from trustsim.errors import InputError
from trustsim.parameters import REGISTER

__all__ = [
    "LETTERS",
    "MOST_COMPARED",
    "MOST_PINNED",
    "Alternative",
    "comparison_fits",
    "in_one_world",
    "one_changed",
    "read_comparison",
    "read_pins",
    "write_comparison",
]

LETTERS: Final = "ABCD"
MOST_COMPARED: Final = len(LETTERS)
MOST_PINNED: Final = 8
_FIRST_VISIT: Final = ("listening_tour", "autocratic_decisions")
_LONGEST: Final = 30_000  # characters
_LONGEST_NAME: Final = 60
_OF, _NAME, _WEEK = "of", "name", "week"
_HORIZON: Final = ("weeks", "burn_in")
_SIZES: Final = tuple(name for name, known in REGISTER.items() if known.group == "organization")


@dataclass(frozen=True)
class Alternative:
    """What leaders could do.

    Attributes
    ----------
    spec : RunSpec
    name : str
        As the visitor calls it; "" if they did not say.
    """

    spec: RunSpec
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self._own_title

    @property
    def _own_title(self) -> str:
        shipped, spec = self.spec.shipped(), self.spec
        edited = spec.left_out or spec.added or any(name not in (*_HORIZON, *_SIZES) for name, _ in spec.settings)
        return f"{shipped.title or shipped.name}{' (edited)' if edited else ''}"

    def called(self, name: str) -> Alternative:
        """Return it under another name; without one, or with its own title, it has none."""
        cut = "".join(letter for letter in name if letter.isprintable()).strip()[:_LONGEST_NAME]
        return replace(self, name="" if cut == self._own_title else cut)

    def written(self) -> str:
        """Return it as the value of ``of``."""
        name = f"{urlencode([(_NAME, self.name)], quote_via=quote)}&" if self.name else ""
        return f"{name}{write_link(self.spec)}"


def in_one_world(alternatives: Sequence[Alternative], ruling: int = 0) -> tuple[Alternative, ...]:
    """Return alternatives that run as long, as often, with the same luck and in the same hospital as one of them.

    Parameters
    ----------
    alternatives : sequence of Alternative
    ruling : int
        Whose world it is.

    Raises
    ------
    InputError
        If one does not fit into that world: its intervention starts after the last week, say.
    """
    spec = alternatives[ruling].spec
    fitted = tuple(each if each.spec == spec else replace(each, spec=_fitted(each.spec, spec)) for each in alternatives)
    for each in fitted:
        each.spec.worlds()
    return fitted


def one_changed(
    alternatives: Sequence[Alternative], number: int, change: Callable[[RunSpec], RunSpec]
) -> tuple[Alternative, ...]:
    """Return alternatives of which one is changed.

    What that changes of the world holds for all, but another scenario comes into the world that there is.

    Parameters
    ----------
    alternatives : sequence of Alternative
    number : int
        Of the one.
    change : callable

    Raises
    ------
    InputError
        If one does not fit into that world.
    """
    before = alternatives[number]
    after = replace(before, spec=change(before.spec))
    changed = [*alternatives[:number], after, *alternatives[number + 1 :]]
    if after.spec.scenario != before.spec.scenario:
        return in_one_world([before, *changed])[1:]
    return in_one_world(changed, number)


def write_comparison(alternatives: Iterable[Alternative], view: View | None = None) -> str:
    """Return the query (without ``?``) that `read_comparison` reads."""
    pairs: list[tuple[str, object]] = [(_OF, each.written()) for each in alternatives]
    if view is not None:
        changed = [(field.name, getattr(view, field.name)) for field in fields(View)]
        pairs += [(name, value) for name, value in changed if value != getattr(View(), name) or name == _WEEK]
    return urlencode(pairs, quote_via=quote)


def comparison_fits(alternatives: Sequence[Alternative]) -> bool:
    """Whether a link can say all of a comparison; only very many names of units do not fit."""
    room = _LONGEST - 500  # for a view
    return len(write_comparison(alternatives)) < room and all(fits_in_link(each.spec) for each in alternatives)


def read_comparison(
    query: str | None, hospitals: Iterable[Hospital] = ()
) -> tuple[tuple[Alternative, ...], View, tuple[str, ...]]:
    """Return what a link asks to compare and how to look at it, and a sentence about each thing that could not be used.

    Parameters
    ----------
    query : str, optional
        What follows the ``?``. Without alternatives in it, those of a first visit are compared.
    hospitals : iterable of Hospital
        Those that the visitor may see.
    """
    notes: list[str] = []
    if query and len(query) > _LONGEST:
        notes.append(f"The link has {len(query):,} characters, too many to be one of ours; it is ignored.")
        query = ""
    pairs = parse_qsl(query or "", keep_blank_values=True, errors="replace", max_num_fields=None)
    written = [value for name, value in pairs if name == _OF]
    rest = urlencode([pair for pair in pairs if pair[0] != _OF])
    _, view, strange = read_link(rest)
    if len(written) > MOST_COMPARED:
        notes.append(f"The link has {len(written)} alternatives; the first {MOST_COMPARED} are compared.")
    known = tuple(hospitals)
    found = [_read(value, known) for value in written[:MOST_COMPARED]]
    notes += [f"{LETTERS[place]}: {note}" for place, (_, each) in enumerate(found) for note in each]
    alternatives = [each for each, _ in found] or [Alternative(RunSpec(scenario=name)) for name in _FIRST_VISIT]
    fitted = _that_fit(alternatives, notes)
    if _WEEK not in dict(pairs):
        view = replace(view, week=fitted[0].spec.worlds()[0].weeks - 1)  # where they have come to; playing tells how
    return fitted, view, (*notes, *strange)


def read_pins(
    written: Sequence[str], world: Alternative, hospitals: Iterable[Hospital] = ()
) -> tuple[Alternative | None, ...]:
    """Return what a browser kept, in the world of one that is compared; None for what does not fit into it.

    Parameters
    ----------
    written : sequence of str
        Each as `Alternative.written`; nothing in them is trusted.
    world : Alternative
    hospitals : iterable of Hospital
    """
    known = tuple(hospitals)

    def fitted(value: str) -> Alternative | None:
        try:
            return in_one_world((world, _read(value, known)[0]))[1]
        except InputError:
            return None

    return tuple(fitted(value) for value in written[:MOST_PINNED])


def _read(written: str, hospitals: tuple[Hospital, ...]) -> tuple[Alternative, tuple[str, ...]]:
    names = [value for name, value in parse_qsl(written, errors="replace", max_num_fields=None) if name == _NAME]
    parts = [part for part in written.split("&") if not part.startswith(f"{_NAME}=")]
    spec, _, notes = read_link("&".join(parts), hospitals)
    return Alternative(spec).called(names[0] if names else ""), notes


def _that_fit(alternatives: Sequence[Alternative], notes: list[str]) -> tuple[Alternative, ...]:
    first, kept = alternatives[0], [alternatives[0]]
    for each in alternatives[1:]:
        try:
            kept.append(in_one_world((first, each))[1])
        except InputError as error:
            notes.append(f"{each.title} is left out, since it does not fit into the world of {first.title}: {error}.")
    return tuple(kept)


def _fitted(spec: RunSpec, ruling: RunSpec) -> RunSpec:
    """Return a spec in the world of another: what that one has of it, where its own is another."""
    world = _HORIZON if ruling.hospital is not None else (*_HORIZON, *_SIZES)
    own = tuple(each for each in spec.settings if each[0] not in (*_HORIZON, *_SIZES))
    fitted = replace(spec, settings=own, replicates=ruling.replicates, seed=ruling.seed)
    if spec.hospital != ruling.hospital:
        fitted = fitted.within(ruling.hospital)
    now = current_values(ruling.worlds()[0])
    usual = current_values(replace(fitted, settings=(), replicates=2).worlds()[0])
    for name in world:
        if now[name] != usual[name]:
            fitted = fitted.setting(name, int(now[name]))  # all of them are whole numbers
    return fitted
