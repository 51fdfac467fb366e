"""Beyond one team, in a debrief: where the teams of a class stand, and what a search found with hindsight."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from statistics import fmean

from trustsim.game.debrief import Debrief
from trustsim.game.decisions import named, quarters
from trustsim.game.figures import dots
from trustsim.game.outcome import Played, play
from trustsim.game.readings import CARD_MEASURES, said
from trustsim.game.search import Found, gains
from trustsim.report.blocks import Block, Bullets, Cell, Charts, Heading, Number, Table, Text
from trustsim.report.words import capital, join, name_of

__all__ = ["hindsight", "spread"]


def spread(teams: Mapping[str, Played], found: Found | None, numbers: count[int]) -> list[Block]:
    """Return where the teams of a class stand on each measure of the card.

    Parameters
    ----------
    teams : mapping of str to Played
    found : Found, optional
        Shown beside them.
    numbers : itertools.count
        Of the page's figures.
    """
    extremes = {} if found is None else {"best": play(found.best), "worst": play(found.worst)}
    cards = {name: _values(played) for name, played in teams.items()}
    ends = {name: _values(played) for name, played in extremes.items()}
    untouched = _values(next(iter(teams.values())), untouched=True)
    said_first: list[Block] = [
        Text(
            "All teams had the same hospital and the same luck, so what differs between them is what they decided. "
            + " ".join(f"{number} is {name}." for number, name in enumerate(teams, 1))
        )
    ]
    if len({played.game.quarter for played in teams.values()}) > 1:
        played_each = join([f"{name} {played.game.quarter}" for name, played in teams.items()])
        told = f"The teams did not play equally many quarters, so take care in comparing them: {played_each}."
        said_first.append(Text(told, "lead"))
    charts = [
        dots(
            measure,
            [(name, card[measure]) for name, card in cards.items()],
            untouched[measure],
            [(name, end[measure]) for name, end in ends.items()],
            numbers,
        )
        for measure in CARD_MEASURES
    ]
    return [*said_first, Charts(charts)]


def hindsight(debrief: Debrief, found: Found, teams: Mapping[str, Played], *, own: bool = True) -> list[Block]:
    """Return the best and the worst plan that a search found.

    Parameters
    ----------
    debrief : Debrief
    found : Found
    teams : mapping of str to Played
        Of whom it is said if one did better or worse than what was found.
    own : bool
        Whether to show what the team reached beside them.
    """
    plays = {debrief.team: debrief.played} if own else {}
    plays |= {"Best found": play(found.best), "Worst found": play(found.worst)}
    cards = [*({"Nobody deciding": _values(debrief.played, untouched=True)} | {
        name: _values(played) for name, played in plays.items()
    }).items()]  # fmt: skip
    rows: list[list[Cell]] = [
        [capital(name_of(measure)), *(Number(said(measure, card[measure]), card[measure]) for _, card in cards)]
        for measure in CARD_MEASURES
    ]
    blocks: list[Block] = [
        Text(
            f"A search tried {found.tried:,} plans that the budget and the rules allow, in this very hospital, knowing "
            "all that was going to happen. Nobody could have known the best one, and with other luck another plan "
            "would be best. It sought the mean improvement over the four groups, which is nobody's score."
        ),
        *_beyond(found, teams),
        Table("The card", ("Measure", *(name for name, _ in cards)), rows),
    ]
    for name, plan in (("Best found", found.best), ("Worst found", found.worst)):
        done = [f"{named(run.pick)}: {quarters(run.first, run.last)}" for run in plan.decisions]
        blocks += [Heading(f"{name}, by quarters"), Bullets(done or ["Nothing at all"])]
    return blocks


def _beyond(found: Found, teams: Mapping[str, Played]) -> list[Text]:
    """Say which teams did better than the best that was found, or worse than the worst; a search misses plans."""
    best, worst = _sought(play(found.best)), _sought(play(found.worst))
    reached = {team: _sought(one) for team, one in teams.items() if one.game.quarter == found.best.quarter}
    better = [team for team, value in reached.items() if value > best]
    worse = [team for team, value in reached.items() if value < worst]
    told = []
    if better:
        told.append(f"By that mean, {join(better)} did better than the best plan found: no search tries all plans.")
    if worse:
        told.append(f"By that mean, {join(worse)} did worse than the worst plan found: no search tries all plans.")
    return [Text(sentence, "lead") for sentence in told]


def _sought(played: Played) -> float:
    """Return what a search seeks: the mean improvement over the four groups."""
    return fmean(gains(_values(played), _values(played, untouched=True)).values())


def _values(played: Played, *, untouched: bool = False) -> dict[str, float]:
    """Return the measures of the card."""
    on_card = [measure for group in played.card() for measure in group.measures]
    return {measure.measure: measure.untouched if untouched else measure.value for measure in on_card}
