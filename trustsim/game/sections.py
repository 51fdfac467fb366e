"""What became of a team's hospital and why, in a debrief: card, causal strip, predictions, luck, reflection."""

from __future__ import annotations

from itertools import count
from typing import Final

from trustsim.game.debrief import Debrief, Luck
from trustsim.game.figures import expected
from trustsim.game.game import Game
from trustsim.game.outcome import Played
from trustsim.game.readings import CARD, mark, said, said_change, short_change
from trustsim.game.turns import PREDICTED, SEATS, Turn, questions
from trustsim.measures import lookup
from trustsim.report.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Charts,
    Code,
    Heading,
    Mark,
    Number,
    Table,
    Text,
    Tone,
)
from trustsim.report.words import between, capital, join, lower, name_of, people

__all__ = ["FIRST", "luck", "outcome", "predictions", "reflection", "reproduce", "strip"]

FIRST: Final = tuple(measures[0] for _, measures in CARD.values())
"""The first measure of each group of the card."""
_ENOUGH: Final = 8
"""Of ten other hospitals, so many have to go the same way for a change to be called better or worse."""


def outcome(debrief: Debrief) -> list[Block]:
    """Return the card."""
    measures = {measure.measure: measure for group in debrief.played.card() for measure in group.measures}
    changes = [_differs(name, measures[name].gained) for name in FIRST]
    return [
        Text(f"Compared with nobody deciding anything, in this hospital with this luck: {join(changes)}.", "lead"),
        Text(
            "Turnover, safety events, waiting and cost count over all quarters, since what happened early is not "
            "undone later; everything else counts over the last four. There is no single score: a plan that is better "
            "on one card is often worse on another."
        ),
        Cards(_cards(debrief)),
    ]  # fmt: skip


def _differs(measure: str, change: float) -> str:
    name, said_so = name_of(measure).split(",")[0], said_change(measure, abs(change)).lstrip("+")
    if not mark(measure, change):
        return f"{name} no different"
    return f"{name} {said_so} {'higher' if change > 0.0 else 'lower'}"


def _cards(debrief: Debrief) -> list[Card]:
    luck_of = {each.measure: each for each in debrief.luck()}
    cards = []
    for group in debrief.played.card():
        for measure in group.measures:
            others = luck_of[measure.measure]
            name, unit = measure.measure, measure.unit
            tone, verdict = _verdict(others)
            cards.append(
                Card(
                    name=f"{group.title}: {lower(measure.name)}",
                    change=Number(said_change(name, measure.gained), measure.gained),
                    interval=f"with other luck {between(unit, min(others.others), max(others.others))}",
                    levels=f"{said(name, measure.start)} before the team came, {said(name, measure.value)} with it, "
                    f"{said(name, measure.untouched)} with nobody deciding",
                    verdict=verdict,
                    tone=tone,
                )
            )
    return cards


def _verdict(luck: Luck) -> tuple[Tone, str]:
    """Return whether a change is good news or bad, as far as it can be told from luck, and that in words."""
    tone = mark(luck.measure, luck.own)
    if not tone:
        return "unclear", "no difference that shows"
    if luck.alike < _ENOUGH:
        return "unclear", f"may be luck: {luck.alike} of {len(luck.others)} other hospitals go the same way"
    return tone, f"{tone} than with nobody deciding"


def strip(debrief: Debrief) -> list[Block]:
    """Return the causal strip, from what leaders do to what it comes to."""
    rows: list[list[Cell]] = []
    tones: list[list[Mark]] = []
    for measure, changes in debrief.strip().items():
        words = people(lookup(measure).unit, change=True)[1].strip().replace("percentage", "%")
        rows.append([f"{capital(name_of(measure))}, {words}", *(short_change(measure, change) for change in changes)])
        tones.append(["", *(mark(measure, change) for change in changes)])
    columns = ("Difference", *(str(quarter + 1) for quarter in range(debrief.game.quarter)))
    return [
        Text(
            "Each number is the team's hospital minus the one in which nobody decided anything, at the end of a "
            "quarter. Read it from the top: what leaders do comes first, then what becomes of concerns, then trust, "
            "then burnout, then who leaves, then patients and money. What stands lower tends to move later, "
            "except that what is spent shows at once. Blue is better, orange is worse."
        ),
        Table("The causal strip, quarter by quarter", columns, rows, tones),
    ]


def predictions(played: Played, numbers: count[int]) -> list[Block]:
    """Return what the two seats expected, and what happened.

    Parameters
    ----------
    played : Played
    numbers : itertools.count
        Of the page's figures.
    """
    judged = played.predictions()
    if not judged:
        return [Text("Nobody predicted anything.")]
    told = []
    for seat in SEATS:
        mine = [each.right_direction for each in judged if each.prediction.seat == seat]
        if mine:
            told.append(f"The {seat} had the direction right in {mine.count(True)} of {len(mine)} predictions.")
    measures = [measure for measure in PREDICTED if any(each.prediction.measure == measure for each in judged)]
    return [Bullets(told), Charts([expected(measure, played, numbers) for measure in measures])]


def luck(debrief: Debrief) -> list[Block]:
    """Return what other people and other luck would have made of the same plan."""
    rows: list[list[Cell]] = []
    for each in debrief.luck():
        unit = lookup(each.measure).unit
        rows.append(
            [
                capital(name_of(each.measure)), Number(said_change(each.measure, each.own), each.own),
                between(unit, min(each.others), max(each.others)), f"{each.alike} of {len(each.others)}",
            ]
        )  # fmt: skip
    return [
        Text(
            "The same plan in ten other hospitals, with other people and other luck, each against nobody deciding "
            "anything there. Where few of them go the same way, what you saw was chance."
        ),
        Table("What the plan changes", ("Measure", "Your hospital", "Ten others", "Go the same way"), rows),
    ]


def reflection(game: Game) -> list[Block]:
    """Return the questions and what the team answered."""
    blocks: list[Block] = []
    for quarter, turn in enumerate(game.turns, 1):
        pairs = zip(questions(quarter), turn.reflection, strict=False)  # no answers where there was no card
        answered = [f"{asked} \N{EM DASH} {answer}" for asked, answer in pairs if answer]
        if answered:
            blocks += [Heading(f"After quarter {quarter}"), Bullets(answered)]
    return blocks or [Text("Nothing.")]


def reproduce(game: Game) -> list[Block]:
    """Return the decisions as a file that gives the same numbers."""
    decided = Game(game.setup, tuple(Turn(turn.picks) for turn in game.turns))
    return [
        Text(
            "These lines are the game: situation, luck and decisions. Written to game.json, they give the same numbers "
            "with the same version of trustsim. The debrief pack of a class has each plan as a scenario file too."
        ),
        Code(
            ["python -c \"from trustsim.game import *; print(play(Game.from_json(open('game.json').read())).card())\""]
        ),
        Heading("game.json"),
        Code(decided.to_json().replace(', {"picks"', ',\n{"picks"').splitlines()),
    ]
