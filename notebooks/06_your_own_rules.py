# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 6 · An intervention and a clinician of your own
#
# **After this notebook** you can add to the model what it lacks: declare an intervention, run it on the fast engine
# and check that it is honest; change how clinicians behave by subclassing one, and measure what that change does, with
# the same luck.
#
# **Time:** 45 minutes. **You need:** notebooks 1 and 2, and classes in Python.

# %%
# %matplotlib inline
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Literal

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from typing_extensions import override

import trustsim as ts
from trustsim.comparison import paired_effect
from trustsim.interventions import INTERVENTIONS, Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import LEVERS, Contribution
from trustsim.scenario import with_settings

# %% [markdown]
# ## What an intervention may do
#
# An intervention never touches people. It *contributes to levers*, and the rules of the model read the levers. That is
# why any two interventions can be combined, why a dose of zero is exactly nothing, and why both engines run yours
# without knowing it. These are all the levers there are:

# %%
pd.DataFrame(
    [[lever.unit, f"{lever.low:g} to {lever.high:g}", lever.meaning] for lever in LEVERS.values()],
    index=list(LEVERS),
    columns=["unit", "range", "meaning"],
).style.set_properties(**{"text-align": "left"})

# %% [markdown]
# ## Declare one
#
# Our idea: an *answer board* in every unit. Chief and manager write on it what became of what people raised. If the
# answers are honest, more concerns that cannot be resolved are at least explained, and leaders come across as keeping
# their word. If they are phrases, they come across as the opposite. It takes leaders' time, which is scarce.
#
# How strong is each of these? Nobody has published it, so they are assumptions, and stand where a reader sees them.

# %%


class AnswerBoard(Intervention):
    """Chief and manager write on a board what became of the concerns that were raised."""

    title: ClassVar = "Answer board"
    sources: ClassVar = ()
    evidence: ClassVar = ("assumption",)
    cooldown: ClassVar = 0
    backfires: ClassVar = "A board of phrases shows every week that leaders do not mean what they write."

    EXPLAINED: ClassVar = 0.15  # added chance of an explanation for each answer a week, if it is honest (assumption)
    INTEGRITY: ClassVar = 0.05  # how the board makes leaders come across; at no honesty, below their usual (assumption)
    HOURS_PER_ANSWER: ClassVar = 0.5  # to find out and to write (assumption)

    kind: Literal["answer_board"] = "answer_board"
    answers_per_week: float = parameter(2.0, "answers per unit and week", "How many there are.", low=0, high=5)
    honesty: float = parameter(0.8, "0 to 1", "How much an answer tells; at 0 it is a phrase.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return more explanations, and how the board makes leaders come across."""
        seen = min(self.answers_per_week, 1.0)  # one answer a week is enough to look at the board
        return (
            Contribution("voice.explain", min(self.EXPLAINED * self.answers_per_week * self.honesty, 1.0)),
            Contribution("shift.integrity", self.INTEGRITY * seen * (2.0 * self.honesty - 1.0)),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the leaders' time for answers in all units."""
        return Hours(leaders=self.HOURS_PER_ANSWER * self.answers_per_week * units)


# %% [markdown]
# A scenario takes the object as it is. Values outside the range, misspelled settings and boards that begin after the
# end are refused as for any shipped intervention.

# %%
board = ts.Scenario(name="answer_board", title="An answer board", interventions=[AnswerBoard(start=26, weeks=78)])
honest = ts.compare(board, replicates=20, seed=1)
print(honest.sentence())
honest.table(["trust_leader", "trust_clinician_admin", "open_concerns", "leader_hours"]).round(4)

# %%
try:
    AnswerBoard(honesty=1.5)
except ValueError as error:
    print(error)

# %% [markdown]
# Its settings have names like all others, so everything that works by name works for them: how much honesty does it
# take?

# %%
shares = [0.0, 0.25, 0.5, 0.75, 1.0]
effects = []
for share in shares:
    world = with_settings(board, {"answer_board.honesty": share})
    effects.append(ts.compare(world, replicates=12, seed=1).effect("trust_leader"))

_, axes = plt.subplots(figsize=(6, 3), layout="constrained")
middle = [effect.difference for effect in effects]
error = [[each.difference - each.low for each in effects], [each.high - each.difference for each in effects]]
axes.errorbar(shares, middle, yerr=error, marker="o", capsize=3, color="#0072b2")
axes.axhline(0, color="#767676", linewidth=1)
axes.set(xlabel="honesty of the answers", ylabel="difference from baseline", title="clinicians' trust in their leader")
axes.spines[["top", "right"]].set_visible(False)

# %% [markdown]
# ## Is it honest itself?
#
# Three things that every shipped intervention is held to. You want them for yours before you believe any figure.
#
# **A dose of zero is nothing**, to the last bit.

# %%
small = {"organization.units": 3, "organization.nurses": 4, "organization.physicians": 2, "organization.apps": 0}
small_board, small_baseline = (with_settings(world, small) for world in (board, ts.load_scenario("baseline")))
weeks = ts.simulate([with_settings(small_board, {"answer_board.dose": 0}), small_baseline], seed=5)
without_names = weeks.drop(columns=["world", "scenario"])
pd.testing.assert_frame_equal(
    without_names[weeks["world"] == 0].reset_index(drop=True),
    without_names[weeks["world"] == 1].reset_index(drop=True),
    check_exact=True,
)
print("A dose of zero is nothing.")

# %% [markdown]
# **Both engines agree**, to the last bit: the agents of notebook 2 and the compiled engine of `compare`.

# %%
pd.testing.assert_frame_equal(
    ts.simulate(small_board, seed=5), ts.simulate(small_board, seed=5, engine="mesa"), check_exact=True
)
print("Both engines agree.")

# %% [markdown]
# **It contributes within the ranges of the levers**, wherever its settings are.

# %%
for answers in np.linspace(0, 5, 6):
    for honesty in np.linspace(0, 1, 6):
        extreme = AnswerBoard(answers_per_week=float(answers), honesty=float(honesty))
        for lever, value, _ in extreme.contributions(week=0, units=16):
            if not LEVERS[lever].low <= value <= LEVERS[lever].high:
                raise ValueError(f"{lever} would get {value}")
print("All contributions are within range.")

# %% [markdown]
# ## Give it a name in files
#
# Scenario files know an intervention by its kind, which they look up in a registry. What is entered there counts for
# this Python process; the command `trustsim` in a terminal does not know it. To give it to others, put the class into
# its theme's file in `trustsim/interventions/`, a line into the registry, and a scenario into `scenarios/`:
# [CONTRIBUTING](../CONTRIBUTING.md) tells how, and the contract tests pick it up.

# %%
INTERVENTIONS["answer_board"] = AnswerBoard
path = Path(tempfile.mkdtemp()) / "phrases.yaml"
path.write_text("""
name: phrases
title: A board of phrases
extends: baseline
interventions:
  - {kind: answer_board, start: 26, weeks: 78, honesty: 0.1}
""")
phrases = ts.load_scenario(path)
print(phrases.interventions[0])

# %% [markdown]
# ## Another clinician
#
# Some ideas are about people, not about what leaders do. Say: *who raised two concerns in a row and heard nothing,
# gives up and stays silent.* In the shipped model silence comes with low psychological safety, whatever
# brought it there; nobody keeps count.
#
# Agents are made for this. `hear_answer` is called when a concern was raised, and `speak_up` is the week's chance to
# raise one; we need a line or two in each, and leave the rest to the class that we extend.

# %%


class OnceBitten(ts.Clinician):
    """A clinician who stays silent after some concerns in a row came to nothing."""

    patience = 2

    def __init__(self, model, position) -> None:
        super().__init__(model, position)
        self.ignored_in_a_row = 0

    @override
    def hear_answer(self, channel, luck) -> None:
        """Learn what came of a concern, and remember if it was nothing."""
        self.ignored_in_a_row = 0 if luck < channel.resolution_or_reason else self.ignored_in_a_row + 1
        super().hear_answer(channel, luck)

    @override
    def speak_up(self) -> None:
        """Raise a concern, unless silenced."""
        if not self.is_silenced:
            super().speak_up()

    @property
    def is_silenced(self) -> bool:
        """Whether patience is at an end."""
        return self.ignored_in_a_row >= self.patience


class HospitalOfTheOnceBitten(ts.HospitalModel):
    """A hospital whose clinicians, newcomers among them, are of that kind."""

    clinician_class = OnceBitten


# %% [markdown]
# We run the shipped hospital and ours, with and without a listening tour, each with the same seeds. Luck is addressed
# to positions and weeks, so a clinician of ours who stays silent takes no dice away from anybody else.

# %%
MIDDLE = {"organization.units": 4, "organization.nurses": 6, "organization.physicians": 3, "organization.apps": 1}
worlds = {name: with_settings(ts.load_scenario(name), MIDDLE) for name in ("baseline", "listening_tour")}
SEEDS = range(1, 7)


def run(hospital: type[ts.HospitalModel], scenario: ts.Scenario, seed: int) -> pd.DataFrame:
    """Return the measures of every week after burn-in, and the share of clinicians who were silenced."""
    model = hospital(scenario, rng=seed)
    rows = []
    while model.week < model.horizon:
        model.step()
        clinicians = model.agents.select(agent_type=ts.Clinician)
        silenced = np.mean([getattr(person, "is_silenced", False) for person in clinicians])
        rows.append({**model.measures(), "silenced": silenced})
    return pd.DataFrame(rows[scenario.burn_in :])


kinds = {"as shipped": ts.HospitalModel, "once bitten": HospitalOfTheOnceBitten}
runs = {
    (kind, world, seed): run(hospital, scenario, seed)
    for kind, hospital in kinds.items()
    for world, scenario in worlds.items()
    for seed in SEEDS
}

# %% [markdown]
# First the zero dose of the idea: with endless patience our clinician must be the shipped one, to the last bit. If
# this fails, whatever we find is not about silence.


# %%
class EndlesslyPatient(OnceBitten):
    """The same, and never silenced."""

    patience = np.inf


class PatientHospital(ts.HospitalModel):
    """A hospital of them."""

    clinician_class = EndlesslyPatient


pd.testing.assert_frame_equal(
    run(PatientHospital, worlds["baseline"], 1), runs["as shipped", "baseline", 1], check_exact=True
)
print("With endless patience it is the shipped clinician.")

# %%
_, rows = plt.subplots(1, 2, figsize=(10, 3), layout="constrained")
styles = {"baseline": ("#767676", "-"), "listening_tour": ("#0072b2", "--")}
for world, (color, style) in styles.items():
    silenced = np.mean([runs["once bitten", world, seed]["silenced"] for seed in SEEDS], axis=0)
    rows[0].plot(silenced, color=color, linestyle=style, label=world)
    change = np.mean(
        [
            runs["once bitten", world, seed]["open_concerns"] - runs["as shipped", world, seed]["open_concerns"]
            for seed in SEEDS
        ],
        axis=0,
    )
    rows[1].plot(change, color=color, linestyle=style, label=world)
rows[0].set(title="share of clinicians who were silenced", xlabel="week", ylim=(0, 1))
rows[1].set(title="open concerns: once bitten minus as shipped", xlabel="week", ylabel="per clinician")
rows[0].legend(frameon=False)
for axes in rows:
    axes.spines[["top", "right"]].set_visible(False)

# %% [markdown]
# And with intervals. `paired_effect` is what `compare` uses: a value for each seed from either world. The first rows
# ask what our clinician changes in a usual hospital; the last, whether a listening tour does more or less among people
# who can be silenced (a difference of differences, seed by seed).

# %%


def last_half_year(kind: str, world: str, measure: str) -> np.ndarray:
    """Return a value for each seed."""
    return np.array([runs[kind, world, seed][measure].iloc[-26:].mean() for seed in SEEDS])


def difference(kind: str, measure: str) -> np.ndarray:
    """Return what the tour does, for each seed."""
    return last_half_year(kind, "listening_tour", measure) - last_half_year(kind, "baseline", measure)


found = {}
for measure in ("voice_rate", "open_concerns", "burnout_prevalence", "trust_clinician_admin"):
    usual, ours = (last_half_year(kind, "baseline", measure) for kind in kinds)
    found["a usual hospital", measure] = paired_effect(measure, usual, ours)
    found["effect of a tour", measure] = paired_effect(measure, *(difference(kind, measure) for kind in kinds))
table = pd.DataFrame(found.values(), index=pd.MultiIndex.from_tuples(found, names=["in", "measure"]))
table[["baseline", "scenario", "difference", "low", "high"]].sort_index().rename(
    columns={"baseline": "as shipped", "scenario": "once bitten"}
).round(4)

# %% [markdown]
# What is unclear here may be clear with more seeds; agents are slower than the compiled engine, which pays off only
# from hundreds of runs on. If an idea proves worth it, write it as a rule and give it to both engines:
# [CONTRIBUTING](../CONTRIBUTING.md) has the steps.
#
# ## What to try next
#
# - Let a silenced clinician be won back: on a visit of an executive (`hear` is called for each contact), once a
#   colleague was heard, or when a new leader comes.
# - Subclass `Administrator` instead. One who includes clinicians in every decision overrides `decide`; name the class
#   as `administrator_class`.
# - Give the answer board a cost in dollars (`dollars`), or let it fade after half a year (`phase`).
# - Count: in how many of the seeds did the tour do more among the once bitten? What would you need to be sure?
