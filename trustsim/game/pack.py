"""What a facilitator takes home: the debrief of a class and everything that was decided, as one zip of plain files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from typing import Final

from trustsim.errors import InputError
from trustsim.game.debrief import debrief
from trustsim.game.game import Game
from trustsim.game.outcome import play
from trustsim.game.page import debrief_html
from trustsim.game.portion import portion
from trustsim.game.record import as_yaml
from trustsim.game.search import Found
from trustsim.game.setup import SITUATIONS
from trustsim.game.turns import questions
from trustsim.measures import MEASURES

__all__ = ["pack"]

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the same games give the same bytes, and nothing says when a class was."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell of text may not start with, since spreadsheets would compute it; some take wide letters for narrow."""
_README: Final = """\
debrief.html      the debrief of the class, for any browser
decisions.csv     what each team picked in each quarter, and what it took
measures.csv      every measure at the end of every quarter; quarter 0 is before the team came
predictions.csv   what the seats expected, and what happened
reflections.csv   questions and answers
games.json        the games themselves; trustsim.game.Game.from_json reads each
scenarios/        each team's plan, for: trustsim run scenarios/TEAM.yaml --seed {seed} --replicates 11
                  (the first replicate is the hospital that was played, the others are other hospitals)

In the tables trust and shares go from 0 to 1, on the pages from 0 to 100.
No names of people are in it, unless somebody wrote one into an answer.
"""


def pack(
    games: Mapping[str, Game],
    found: Found | None = None,
    tell: Callable[[float], None] | None = None,
    *,
    executor: Executor | None = None,
) -> bytes:
    """Return the debrief pack of a class.

    Parameters
    ----------
    games : mapping of str to Game
        By what the teams are called; all of one setup. Teams without a turn are left out of the debrief.
    found : Found, optional
        What `trustsim.game.search` found.
    tell : callable, optional
        Called with the share of the work that is done; may raise to stop it.
    executor : concurrent.futures.Executor, optional
        Is given one team at a time; by default all is done here.

    Returns
    -------
    bytes
        Of a zip file.

    Raises
    ------
    InputError
        If no team has played a quarter, or the games are not of one setup.
    """
    played = {team: game for team, game in games.items() if game.turns}
    if not played:
        raise InputError("no team has played a quarter yet")
    if len({(game.setup.situation, game.setup.role, game.setup.seed) for game in games.values()}) > 1:
        raise InputError("the games of a pack are of one situation, role and seed")
    tell = tell or (lambda _: None)
    debriefs = []
    for number, (team, game) in enumerate(played.items()):
        fits = found if found is not None and found.best.quarter == game.quarter else None
        debriefs.append(portion(executor, debrief, game, found=fits, team=team))
        tell((number + 1) / len(played))
    page = debrief_html(debriefs, executor)
    readme = _README.format(seed=next(iter(played.values())).setup.seed)
    return portion(executor, lambda: _zipped({"README.txt": readme, "debrief.html": page, **_tables(games, played)}))


def _tables(games: Mapping[str, Game], played: Mapping[str, Game]) -> dict[str, str]:
    """Return the files for spreadsheets and programs: of the teams that played, and the games of all."""
    logs = {team: json.loads(game.to_json()) for team, game in games.items()}
    return {
        "decisions.csv": _csv(
            ("team", "quarter", "announced", "move", "variant", "leader_hours", "thousand_dollars"), _decisions(played)
        ),
        "measures.csv": _csv(("team", "quarter", "measure", "unit", "value", "nobody_deciding"), _measures(played)),
        "predictions.csv": _csv(
            ("team", "quarter", "seat", "measure", "predicted", "happened", "right_direction"), _predictions(played)
        ),
        "reflections.csv": _csv(("team", "after_quarter", "question", "answer"), _reflections(played)),
        "games.json": json.dumps(logs, ensure_ascii=False, indent=1),
        **_scenarios(played),
    }


def _zipped(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    out.write("\ufeff")  # without this mark, Excel takes a file for one of its own language's encoding
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _decisions(games: Mapping[str, Game]) -> Iterator[Sequence[object]]:
    for team, game in games.items():
        before = Game(game.setup)
        for quarter, turn in enumerate(game.turns):
            told = " ".join(SITUATIONS[game.setup.situation].announced(quarter))
            for pick in turn.picks:
                price = before.cost([pick])
                yield team, quarter + 1, told, *pick, round(price.leader_hours, 1), round(price.money, 1)
            if not turn.picks:
                yield team, quarter + 1, told, "", "", 0, 0
            before = before.commit(turn.picks)


def _measures(games: Mapping[str, Game]) -> Iterator[Sequence[object]]:
    for team, game in games.items():
        played = play(game)
        for quarter in range(-1, game.quarter):
            for name, measure in MEASURES.items():
                values = (played.value(name, quarter, untouched=untouched) for untouched in (False, True))
                yield team, quarter + 1, name, measure.unit, *values


def _predictions(games: Mapping[str, Game]) -> Iterator[Sequence[object]]:
    for team, game in games.items():
        for each in play(game).predictions():
            yield team, each.quarter + 1, *each.prediction, each.happened, each.right_direction


def _reflections(games: Mapping[str, Game]) -> Iterator[Sequence[object]]:
    for team, game in games.items():
        for quarter, turn in enumerate(game.turns, 1):
            for question, answer in zip(questions(quarter), turn.reflection, strict=False):
                yield team, quarter, question, answer


def _scenarios(games: Mapping[str, Game]) -> dict[str, str]:
    """Return each team's plan as a scenario file, beside the hospital in which nobody decides anything."""
    longest = max(games.values(), key=lambda game: game.quarter)
    files = {"scenarios/untouched.yaml": as_yaml(longest.untouched(), "untouched.yaml")}
    for number, (team, game) in enumerate(games.items(), 1):
        name = re.sub(r"[^a-z0-9]+", "_", team.lower()).strip("_") or "team"
        files[f"scenarios/{number}_{name}.yaml"] = as_yaml(game.scenario(), "untouched.yaml")
    return files
