"""What a team decided, in a debrief: what each decision changed, and the log of the quarters."""

from __future__ import annotations

from collections.abc import Iterator

from trustsim.game.debrief import Debrief, Effect
from trustsim.game.game import Game
from trustsim.game.moves import Pick, find
from trustsim.game.readings import CARD, mark, short_change
from trustsim.game.setup import SITUATIONS
from trustsim.report.blocks import Block, Cell, Mark, Table, Text
from trustsim.report.words import dollars, join, lower

__all__ = ["decisions", "named", "quarters"]

_MEANWHILE = ("trust_clinician_admin", "burnout_prevalence")
_IN_THE_END = (*_MEANWHILE, "trust_patients", "cost")


def named(pick: Pick) -> str:
    """Return what a pick is called: ``"Daily huddles (answered)"``."""
    move, variant = find(pick)
    return f"{move.title} ({variant.short})" if len(move.variants) > 1 else move.title


def quarters(first: int, last: int) -> str:
    """Return quarters as people count them: ``"3 to 5"``."""
    return str(first + 1) if first == last else f"{first + 1} to {last + 1}"


def decisions(debrief: Debrief) -> list[Block]:
    """Return what helped most and did most harm, what each decision changed, and the log."""
    log = Table("Quarter by quarter", ("Quarter", "Announced", "Decided", "Leader-hours", "Money"), _log(debrief.game))
    if not debrief.effects:
        return [Text("Nothing was decided."), log]
    rows: list[list[Cell]] = []
    tones: list[list[Mark]] = []
    for effect in debrief.effects:
        changes = [(measure, effect.meanwhile[measure]) for measure in _MEANWHILE]
        changes += [(measure, effect.changes[measure]) for measure in _IN_THE_END]
        numbers = [short_change(measure, change) for measure, change in changes]
        rows.append([named(effect.run.pick), quarters(effect.run.first, effect.run.last), *numbers])
        tones.append(["", "", *(mark(measure, change) for measure, change in changes)])
    columns = (
        "Decision", "Quarters", "Trust meanwhile, points", "Burnout meanwhile, % points", "Trust in the end, points",
        "Burnout in the end, % points", "Patients' trust, points", "Cost, thousand $ a year",
    )  # fmt: skip
    return [
        *(Text(told, "lead") for told in _best_and_worst(debrief.effects)),
        Text(
            "Each row compares the hospital with the same one in which all was decided but this. Meanwhile: over the "
            "quarters in which it was going on. In the end: as it counts on the card. The rows do not add up, since "
            "what decisions do together is more or less than what each does alone."
        ),
        Table("What each decision changed", columns, rows, tones),
        log,
    ]


def _best_and_worst(effects: tuple[Effect, ...]) -> Iterator[str]:
    order = sorted(effects, key=_worth)
    best, worst = order[-1], order[0]
    if _worth(best) > 0.0:
        groups = [CARD[key][0].lower() for key, gain in best.gains.items() if gain > 0.0]
        yield f"What helped most: {_short(best)}. Without it, these would be worse off: {join(groups)}."
    if _worth(worst) < 0.0:
        groups = [CARD[key][0].lower() for key, gain in worst.gains.items() if gain < 0.0]
        backfires = lower(find(worst.run.pick)[0].backfires)
        yield (
            f"What did most harm: {_short(worst)}. Without it, these would be better off: {join(groups)}. "
            f"How it backfires: {backfires}"
        )


def _short(effect: Effect) -> str:
    when = quarters(effect.run.first, effect.run.last)
    return f"{lower(named(effect.run.pick))}, in {'quarters' if 'to' in when else 'quarter'} {when}"


def _worth(effect: Effect) -> float:
    """Return the mean improvement of the four groups, by which decisions are sorted and nobody is judged."""
    return sum(effect.gains.values()) / len(effect.gains)


def _log(game: Game) -> list[list[Cell]]:
    situation = SITUATIONS[game.setup.situation]
    rows: list[list[Cell]] = []
    before = Game(game.setup)
    for quarter, turn in enumerate(game.turns):
        price = before.cost(turn.picks)
        told = " ".join(situation.announced(quarter)) or "\N{EN DASH}"
        decided = "; ".join(named(pick) for pick in turn.picks) or "nothing"
        if quarter and turn.picks == game.turns[quarter - 1].picks:
            decided = "as before"
        rows.append([str(quarter + 1), told, decided, f"{price.leader_hours:,.0f}", dollars(price.money)])
        before = before.commit(turn.picks)
    return rows
