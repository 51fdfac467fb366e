"""The figures of a debrief: curves quarter by quarter, and where the teams of a class stand."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Final

from trustsim.game.outcome import Played
from trustsim.game.readings import said, said_change
from trustsim.game.setup import SITUATIONS
from trustsim.game.turns import SEATS
from trustsim.measures import lookup
from trustsim.report.blocks import Cell, Chart, Number, Table
from trustsim.report.svg import BETTER, GRID, INK, MUTED, PAPER, WORSE, inline, new_figure
from trustsim.report.words import capital, join, name_of, people

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Place", "curve", "dots", "expected"]

_WRAP: Final = 52  # letters of an axis' title
_APART: Final = 0.02
"""Share of the width of a drawing that two dots need between them to be told apart."""
Place = tuple[str, float]
"""What a dot is called, and where it stands."""


def curve(measure: str, played: Mapping[str, Played], numbers: count[int]) -> Chart:
    """Draw a measure at the end of each quarter: of a team, of others, and with nobody deciding anything.

    Parameters
    ----------
    measure : str
    played : mapping of str to Played
        By what they are called; the first is the team, drawn strongest. All of one setup and as many quarters.
    numbers : itertools.count
        Of the page's figures.
    """
    factor, words = people(lookup(measure).unit)
    (team, own), *others = played.items()
    quarters = range(-1, own.game.quarter)
    lines = {
        team: [own.value(measure, quarter) for quarter in quarters],
        **{name: [other.value(measure, quarter) for quarter in quarters] for name, other in others},
        "nobody deciding": [own.value(measure, quarter, untouched=True) for quarter in quarters],
    }
    looks = [(BETTER, "-", "o", 2.4), (INK, ":", "", 1.6), (WORSE, ":", "", 1.6)][: len(played)]
    figure, axes = new_figure(3.1)
    places = [quarter + 1 for quarter in quarters]
    for (name, values), (color, style, marker, width) in zip(
        lines.items(), [*looks, (MUTED, "--", "", 2.0)], strict=True
    ):
        axes.plot(
            places, [factor * value for value in values], color=color, linestyle=style, marker=marker, markersize=4.5,
            linewidth=width, label=name,
        )  # fmt: skip
    _events(axes, own)
    axes.set_title(capital(name_of(measure)), loc="left", color=INK, fontsize=11)
    axes.set(xlabel="quarter; 0 is before the team came", ylabel=words.strip(), xlim=(0, places[-1] or 1))
    axes.set_xticks(range(0, places[-1] + 1, 2))
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    figure.legend(frameon=False, loc="outside lower center", ncols=2, fontsize=9, labelcolor=INK)
    mine, nobodys = (said(measure, lines[name][-1]) for name in (team, "nobody deciding"))
    last = f"{mine} with {team}, {nobodys} with nobody deciding"
    rows: list[list[Cell]] = [
        [str(place), *(Number(said(measure, values[number]), values[number]) for values in lines.values())]
        for number, place in enumerate(places)
    ]
    name = capital(name_of(measure))
    return Chart(
        svg=inline(figure, numbers),
        alt=f"{name} quarter by quarter. At the end of quarter {places[-1]}: {last}.",
        caption=f"{name}, at the end: {last}. Thin vertical lines: announcements.",
        data=Table(f"{name} at the end of each quarter", ("Quarter", *(capital(key) for key in lines)), rows),
    )


def dots(measure: str, teams: Sequence[Place], untouched: float, marks: Sequence[Place], numbers: count[int]) -> Chart:
    """Draw where the teams of a class stand on a measure.

    Parameters
    ----------
    measure : str
    teams : sequence of Place
        Numbered in the drawing in this order.
    untouched : float
        Where the hospital stands in which nobody decided anything.
    marks : sequence of Place
        Of the best and the worst plan found, perhaps.
    numbers : itertools.count
        Of the page's figures.
    """
    factor, words = people(lookup(measure).unit)
    figure, axes = new_figure(1.75)
    for number, (called, value) in enumerate(_together(teams, [value for _, value in marks])):
        axes.plot(factor * value, 0.0, "o", color=BETTER, markersize=8.0, alpha=0.85)
        axes.annotate(
            called, (factor * value, 0.06), (factor * value, 0.3 + 0.25 * (number % 2)), ha="center", fontsize=9,
            color=INK, arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.6},
        )  # fmt: skip
    for name, value in marks:
        axes.plot(factor * value, 0.0, "D", color=WORSE, markerfacecolor=PAPER, markersize=7.0)
        axes.annotate(name, (factor * value, -0.14), ha="center", va="top", fontsize=9, color=INK)
    axes.axvline(factor * untouched, color=MUTED, linestyle="--", linewidth=1.6)
    axes.set(ylim=(-0.5, 1.0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("\n".join(textwrap.wrap(words.strip(), _WRAP)))
    name = capital(name_of(measure))
    axes.set_title(name, loc="left", color=INK, fontsize=11)
    rows: list[list[Cell]] = [
        [called, Number(said(measure, value), value)]
        for called, value in (
            *((f"{place}. {team}", value) for place, (team, value) in enumerate(teams, 1)),
            *((capital(mark), value) for mark, value in marks),
            ("Nobody deciding", untouched),
        )
    ]
    stand = join([f"{team} {said(measure, value)}" for team, value in teams])
    return Chart(
        svg=inline(figure, numbers),
        alt=f"{name}: {stand}; with nobody deciding {said(measure, untouched)}.",
        caption="Circles: teams, by number. Dashed: nobody deciding."
        + (" Diamonds: found by search." if marks else ""),
        data=Table(f"{name} of each team", ("Team", name), rows),
    )


def expected(measure: str, played: Played, numbers: count[int]) -> Chart:
    """Draw the change of a measure in each quarter, and what the two seats expected.

    Parameters
    ----------
    measure : str
    played : Played
    numbers : itertools.count
        Of the page's figures.
    """
    factor, words = people(lookup(measure).unit, change=True)
    judged = [each for each in played.predictions() if each.prediction.measure == measure]
    quarters = sorted({each.quarter for each in judged})
    happened = {quarter: played.change(measure, quarter) for quarter in quarters}
    by_seat: dict[str, dict[int, float]] = {seat: {} for seat in SEATS}
    for each in judged:
        by_seat[each.prediction.seat][each.quarter] = each.prediction.change
    figure, axes = new_figure(2.9)
    axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.plot(
        [quarter + 1 for quarter in quarters], [factor * change for change in happened.values()], "-", color=MUTED,
        linewidth=2.0, label="happened",
    )  # fmt: skip
    for (seat, changes), (color, shape) in zip(by_seat.items(), ((BETTER, "o"), (WORSE, "s")), strict=True):
        axes.plot(
            [quarter + 1 for quarter in changes], [factor * change for change in changes.values()], shape, color=color,
            markersize=5.5, label=seat,
        )  # fmt: skip
    name = capital(name_of(measure))
    axes.set_title(name, loc="left", color=INK, fontsize=11)
    axes.set(xlabel="quarter", ylabel=f"change, {words.strip()}")
    axes.set_xticks([quarter + 1 for quarter in quarters])
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    figure.legend(frameon=False, loc="outside lower center", ncols=3, fontsize=9, labelcolor=INK)
    rows: list[list[Cell]] = [
        [
            str(quarter + 1), Number(said_change(measure, change), change),
            *(
                Number(said_change(measure, changes[quarter]), changes[quarter]) if quarter in changes else "nothing"
                for changes in by_seat.values()
            ),
        ]
        for quarter, change in happened.items()
    ]  # fmt: skip
    right = sum(each.right_direction for each in judged)
    told = f"{name}: {right} of {len(judged)} predictions had the right direction."
    columns = ("Quarter", "Happened", *(f"The {seat} expected" for seat in SEATS))
    return Chart(
        svg=inline(figure, numbers),
        alt=f"Changes quarter by quarter, predicted and real. {told}",
        caption=told,
        data=Table(f"{name}: changes, predicted and real", columns, rows),
    )


def _together(teams: Sequence[Place], others: Sequence[float]) -> list[Place]:
    """Return the numbers of the teams by where they stand; those that a drawing cannot tell apart share a place."""
    values = [value for _, value in teams]
    reach = _APART * (max([*values, *others]) - min([*values, *others]))
    found: list[tuple[list[int], float]] = []
    for number in sorted(range(len(values)), key=lambda number: values[number]):
        if found and values[number] - found[-1][1] <= reach:
            found[-1][0].append(number + 1)
        else:
            found.append(([number + 1], values[number]))
    return [(", ".join(str(number) for number in numbers), value) for numbers, value in found]


def _events(axes: Axes, played: Played) -> None:
    """Mark the quarters in which something was announced."""
    for event in SITUATIONS[played.game.setup.situation].events:
        if event.quarter < played.game.quarter:
            axes.axvline(event.quarter, color=MUTED, linewidth=0.8, alpha=0.7)
