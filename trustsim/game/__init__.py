"""The leadership flight simulator: twelve quarters at the head of a simulated hospital, without a screen.

A `Game` is a log of decisions. It compiles to one scenario, `play` simulates it beside the same hospital in which
nobody decided anything, and `debrief` says what each decision did. The app shows it; scripts and notebooks do without.

>>> from trustsim.game import Game, Pick, Setup, play
>>> game = Game(Setup("slow_erosion", "ceo")).commit([Pick("transparent_communication", "candid")])
>>> played = play(game)
"""

from trustsim.game.debrief import Debrief, Effect, Luck, debrief
from trustsim.game.episodes import Run
from trustsim.game.game import Budget, Game
from trustsim.game.moves import MOVES, Move, Pick, Price, Variant, price
from trustsim.game.offers import Offer
from trustsim.game.outcome import Judged, Played, play
from trustsim.game.pack import pack
from trustsim.game.page import debrief_html, debrief_report
from trustsim.game.readings import CARD, DASHBOARDS, CardGroup, CardMeasure, Reading, said, said_change
from trustsim.game.record import as_yaml
from trustsim.game.search import Found, search
from trustsim.game.setup import BEFORE, MODES, QUARTERS, ROLES, SITUATIONS, WEEKS, Event, Role, Setup, Situation
from trustsim.game.turns import LONGEST_ANSWER, PREDICTED, SEATS, Predicted, Prediction, Turn

__all__ = [
    "BEFORE", "CARD", "DASHBOARDS", "LONGEST_ANSWER", "MODES", "MOVES", "PREDICTED", "QUARTERS", "ROLES", "SEATS",
    "SITUATIONS", "WEEKS", "Budget", "CardGroup", "CardMeasure", "Debrief", "Effect", "Event", "Found", "Game",
    "Judged", "Luck", "Move", "Offer", "Pick", "Played", "Predicted", "Prediction", "Price", "Reading", "Role", "Run",
    "Setup", "Situation", "Turn", "Variant", "as_yaml", "debrief", "debrief_html", "debrief_report", "pack", "play",
    "price", "said", "said_change", "search",
]  # fmt: skip
