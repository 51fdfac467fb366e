"""What reports of runs and of studies say alike: key figures, what a report is not, how to make its numbers again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from trustsim.comparison import Effect
from trustsim.report.blocks import Block, Bullets, Card, Code, Section, Table, Text
from trustsim.report.words import (
    NO_DIFFERENCE,
    capital,
    interval,
    join,
    level,
    lower,
    name_of,
    phrase,
    signed,
    tone,
    verdict,
)

__all__ = ["answer", "card", "reproduce", "what_it_is_not"]


_NO_FORECAST: Final = (
    "This is not a forecast for any hospital. It says what follows from published findings and from stated "
    "assumptions, in a simulated hospital. Use it to compare what leaders could do and to find out what the answer "
    "hangs on."
)
_LIMITS: Final = (
    (
        "The intervals say how far chance alone could move the answer in the simulated hospital. They do not say how "
        "wrong the assumptions may be."
    ),
    (
        "Of many intervals of 95 %, about one in twenty leaves out zero by chance alone. Trust a pattern more than a "
        "single figure."
    ),
    (
        "Not in the model: pay and the labor market, unions, regulators, individual patients and diagnoses, skill in "
        "one's craft, conflicts that have nothing to do with work, and whatever else your hospital is going through."
    ),
    "Trust, safety and autonomy are on scales of the model, not scores of a survey that you run.",
    "No person, unit or small group stands in this report: all figures are of the hospital as a whole.",
)


def answer(subject: str, effects: Sequence[Effect], without: str) -> str:
    """Return one honest sentence: what is clear with its size and interval, what is not by name.

    Parameters
    ----------
    subject : str
        What does it: the title of a scenario.
    effects : sequence of Effect
        The measures that the sentence is about.
    without : str
        What it is compared with.
    """
    clear = [phrase(effect) for effect in effects if effect.is_clear]
    unclear = join([name_of(effect.name) for effect in effects if not effect.is_clear] or [""])
    with_it = f"With {lower(subject)}, compared with {lower(without)},"
    if not clear:
        return f"{with_it} there is {NO_DIFFERENCE} in {unclear}."
    return f"{with_it} {join(clear)}" + (f"; in {unclear} there is {NO_DIFFERENCE}." if unclear else ".")


def card(effect: Effect, note: str = "") -> Card:
    """Return an effect as a key figure."""
    like = 0.5 * (effect.high - effect.low)
    levels = f"from {level(effect.unit, effect.baseline, like)} to {level(effect.unit, effect.scenario, like)}"
    return Card(
        name=capital(name_of(effect.name)),
        change=signed(effect),
        interval=f"95 % interval {interval(effect)}",
        levels=f"{levels}{f'; {note}' if note else ''}",
        verdict=verdict(effect),
        tone=tone(effect),
    )


def what_it_is_not() -> Section:
    """Return the section on what a report is not."""
    return Section(
        "not",
        "What this is not",
        [
            Text(_NO_FORECAST, "lead"),
            Bullets(_LIMITS),
        ],
    )


def reproduce(commands: Sequence[str], facts: Mapping[str, str], environment: Mapping[str, Any]) -> Section:
    """Return the section on how to make the same numbers again.

    Parameters
    ----------
    commands : sequence of str
        For a terminal.
    facts : mapping of str to str
        Seeds, digests and whatever else decides the numbers.
    environment : mapping
        Of a manifest.
    """
    commit = environment.get("commit")
    changed = " with uncommitted changes" if commit and commit.get("dirty") else ""
    packages = ", ".join(f"{name} {release}" for name, release in environment["packages"].items() if release)
    rows = [
        *([name, value] for name, value in facts.items()),
        ["trustsim", str(environment["trustsim"])],
        ["Commit", f"{commit['id']}{changed}" if commit else "not run from a checkout"],
        ["Compiled model", str(environment["kernel_digest"])],
        ["Python and packages", f"Python {environment['python']}; {packages}"],
        ["Platform", f"{environment['platform']}, {environment['machine']}"],
    ]
    blocks: list[Block] = [
        Text("The same command with the same version gives the same numbers, to the last digit."),
        Code(list(commands)),
        Table("What decided the numbers", ("What", "Value"), rows),
    ]
    return Section("reproduce", "How to reproduce it", blocks)
