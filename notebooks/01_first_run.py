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
# # 1 · First run
#
# **After this notebook** you can compare what leaders do with the same hospital in which they do not do it, read the
# table and the curves that come out, tell an effect from luck, and convince a skeptic that the comparison is fair.
#
# **Time:** 20 minutes. **You need:** nothing but a little Python. The first cell that runs a hospital compiles the
# model, once on each machine; that takes about a minute, and seconds ever after.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from terminal import terminal

import trustsim as ts
from trustsim.scenario import with_settings

# %% [markdown]
# ## A question, and an answer in one sentence
#
# Executives set out on a *listening tour*: they visit units, ask open questions, and see to it that most of what they
# hear is resolved. What comes of it?
#
# `compare` runs the hospital twice, once with the tour and once without. Both worlds have the same people, the same
# ties and the same luck: who falls into a conversation in a week, who meets a problem, who gets a call from another
# employer. It does so for several hospitals, the *replicates*.

# %%
tour = ts.compare("listening_tour", replicates=20, seed=1)
print(tour.sentence())

# %% [markdown]
# ## The table
#
# Each row is a measure, averaged over the last half year of the run. `baseline` and `scenario` are its means in the
# two worlds, `difference` is the mean over replicates of *scenario minus baseline*, and `low` and `high` are the ends
# of its 95 % interval.

# %%
tour.table().round(4)

# %% [markdown]
# **How to read an interval.** If we drew many sets of replicates like this one, 95 of 100 such intervals would contain
# the difference that infinitely many replicates would show. So:
#
# - both ends on one side of zero: the model is clear about the *direction*;
# - zero inside: with so many replicates the two worlds cannot be told apart in this measure. That is not a proof that
#   nothing happens; look at how wide the interval is before you call an effect absent;
# - what the interval does *not* contain is doubt about the model itself. It speaks of luck, not of wrong assumptions.
#   Notebook 3 is about those.
#
# A small difference can be clear, and a large one unclear. *Clear* is no word for *important*: compare the difference
# with the level in `baseline`, and ask a clinician.

# %%
for effect in tour.effects():
    verdict = "unclear" if not effect.is_clear else "up" if effect.difference > 0 else "down"
    print(f"{effect.name:24} {verdict:8} {effect.low:+9.4f} to {effect.high:+9.4f}  {effect.unit}")

# %% [markdown]
# Many measures at once also means many chances to be fooled: of twenty intervals around effects that do not exist, one
# misses zero on average. Say before you run which measure you are asking about.
#
# ## The course of events
#
# Gray is the baseline, blue the tour. Weeks are counted from the end of a burn-in, in which the hospital settles.

# %%
tour.plot()

# %% [markdown]
# ## What the same luck is worth
#
# Here is one dot for each replicate: the difference that the tour makes in that hospital. Below it is what one would
# get without common luck, comparing each hospital on a tour with *another* hospital that is not on one.

# %%
measure = "trust_clinician_admin"
baseline, scenario = tour.values(measure).T
paired = scenario - baseline
unpaired = scenario - np.roll(baseline, 1)

figure, axes = plt.subplots(figsize=(8, 2.2), layout="constrained")
for row, (name, differences) in enumerate({"another hospital": unpaired, "same hospital, same luck": paired}.items()):
    axes.plot(differences, np.full(len(differences), row), "o", alpha=0.5, label=name)
axes.axvline(0, color="#767676", linewidth=1)
axes.set(yticks=[0, 1], yticklabels=["another hospital", "same hospital,\nsame luck"], ylim=(-0.6, 1.6))
axes.set_xlabel("difference in clinicians' trust in administrators")
axes.spines[["top", "right"]].set_visible(False)

print(f"Without common luck the differences scatter {unpaired.std() / paired.std():.0f} times as widely,")
print(f"so that it would take {(unpaired.std() / paired.std()) ** 2:.0f} times as many replicates to know as much.")

# %% [markdown]
# ## Every week of every run
#
# `weekly()` is a pandas DataFrame with a row for each replicate, world and week. Here is the difference quarter by
# quarter, with the number of replicates in which it is above zero.

# %%
weeks = tour.weekly()
weeks["quarter"] = weeks["week"] // 13 + 1
by_quarter = weeks.pivot_table(index="quarter", columns=["world", "replicate"], values=measure)
difference = by_quarter[1] - by_quarter[0]  # world 1 is the scenario, world 0 the baseline
difference.agg(["mean", lambda row: (row > 0).sum()], axis="columns").set_axis(["mean", "replicates above 0"], axis=1)

# %% [markdown]
# The first quarters are exactly zero: the tour has not begun, and with the same luck nothing else can differ.
#
# ## Change something
#
# Everything in a scenario can be set by a name. What if the same visits are made and nothing that is raised is
# resolved or answered? *Before you run the next cell, write down what you expect.*

# %%
listening_tour = ts.load_scenario("listening_tour")
nothing_follows = {"listening_tour.follow_through": 0, "listening_tour.explanation": 0}
empty_tour = ts.compare(with_settings(listening_tour, nothing_follows), replicates=20, seed=1)
empty_tour.table([measure, "psychological_safety", "open_concerns", "burnout_prevalence"]).round(4)

# %% [markdown]
# Trust *falls*: visits raise the expectation that something will follow. This is not a quirk of the model; it was
# built to show what trials of executive rounds found. `trustsim show` tells where each setting comes from, what is
# assumed, and how an intervention backfires:

# %%
terminal("trustsim show listening_tour")

# %% [markdown]
# A mistake is answered, not swallowed. A scenario that silently ignored a misspelled setting would give a wrong answer
# with narrow intervals.

# %%
try:
    with_settings(listening_tour, {"listening_tour.folow_through": 0})
except ts.InputError as error:
    print(error)

# %% [markdown]
# ## The zero dose: is the comparison fair?
#
# A skeptic may say: any change of the program's input reshuffles the luck, and what you call an effect is a different
# throw of the dice. So let us prescribe the tour at a dose of zero. If the comparison is fair, *nothing* differs, not
# even in the last digit.

# %%
placebo = ts.compare(with_settings(listening_tour, {"listening_tour.dose": 0}), replicates=5, seed=1)
largest = max(abs(effect.difference) for effect in placebo.effects())
print("Largest difference in any measure:", largest)
if largest != 0:
    raise AssertionError("a tour that does not happen made a difference")

# %% [markdown]
# This works because each draw has an address: seed, week, and whom it concerns. What one person does never moves the
# dice of another. It is tested for every intervention.
#
# ## The same from a terminal
#
# Everything above is also a command, and `--out` keeps every week with all it takes to run it again.

# %%
terminal("trustsim run listening_tour --replicates 10 --set listening_tour.follow_through=0.9")

# %% [markdown]
# ## What to try next
#
# - `trustsim list scenarios` names all that ship. Run `recognition` and `recognition_without_sincerity`; what differs?
# - How many replicates does the effect on *turnover* need before its direction is clear? Turnover is rare events, so
#   start by guessing.
# - Change the hospital instead of the tour: `with_settings(listening_tour, {"organization.units": 4})`.
# - Notebook 2 opens the hospital and shows the people inside; notebook 3 asks what an answer depends on.
