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
# # 5 · A leadership lab
#
# **After this notebook** you can predict what a leadership decision does to trust, test the prediction, and explain
# why you were wrong, which is worth more than having been right.
#
# **Time:** 60 to 90 minutes in pairs; each round can be done alone in 15. **You need:** nobody has to program. Replace
# the word `None` where it says *predict*, and run the cells from the top with Shift-Enter.
#
# Instructors find a plan, learning goals and a debrief in [05_instructor_notes.md](05_instructor_notes.md).
#
# **The rules of the lab.** In each round you lead a hospital. *Predict* before you run: each answer is `"up"`,
# `"down"` or `"unclear"`. Write down your reason too, in a sentence. Then run, look, and let `check` tell what it says
# and why. The model is no oracle: where you disagree with its reasons, say which assumption you doubt.

# %%
# %matplotlib inline
import matplotlib.pyplot as plt
from leadership_lab import check, check_break_even

import trustsim as ts
from trustsim.scenario import with_settings

REPLICATES = 16


def race(measure: str, label: str, **comparisons: ts.Comparison) -> None:
    """Draw how a measure differs from the baseline, week by week, in several scenarios."""
    _, axes = plt.subplots(figsize=(7.5, 3), layout="constrained")
    styles = ("-", "--", "-.")
    colors = ("#0072b2", "#d55e00", "#009e73")
    for (name, comparison), color, style in zip(comparisons.items(), colors, styles, strict=False):
        weeks = comparison.weekly().pivot_table(index="week", columns="world", values=measure)
        difference = (weeks[1] - weeks[0]).rolling(4, min_periods=1).mean()
        axes.plot(difference, color=color, linestyle=style, label=name.replace("_", " "), linewidth=1.8)
    axes.axhline(0, color="#767676", linewidth=1)
    axes.set(xlabel="week", ylabel="scenario minus baseline", title=label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)


# %% [markdown]
# ## Round 1: listening
#
# Two chief executives tour their units for a year and a half: the same number of visits, the same open questions. One
# sees to it that most of what is raised gets resolved, and explains the rest. The other listens, nods, and moves on.
#
# **Predict** how clinicians' trust in administrators changes, compared with a hospital without visits.

# %%
my_prediction_with_follow_through = None
my_prediction_without = None

# %%
tour = ts.compare("listening_tour", replicates=REPLICATES, seed=1)
empty_tour = ts.compare("listening_tour_without_follow_through", replicates=REPLICATES, seed=1)
race("trust_clinician_admin", "clinicians' trust in administrators", with_follow_through=tour, without=empty_tour)

# %%
check("tour", my_prediction_with_follow_through, tour)

# %%
check("empty tour", my_prediction_without, empty_tour)

# %% [markdown]
# **Exercise.** How much has to follow? Suppose that what is not resolved is not explained either. Which is the
# smallest share of issues resolved, in steps of a tenth, with which the tour clearly raises trust? Guess, check, and
# improve.

# %%
my_share = None
check_break_even(my_share, replicates=REPLICATES)

# %% [markdown]
# **Reflect** (write a line each): What did you expect, and what happened? What in the hospital brought it about? What
# would you do differently on Monday?
#
# ## Round 2: deciding in a crisis
#
# A crisis comes. You can decide alone, fast, and explain later; or consult those concerned and lose days.
#
# **Predict**, for the half year of the crisis and compared with a hospital that goes through the same crisis as usual:
# what does deciding alone do to workload, and what to clinicians' autonomy?

# %%
my_prediction_workload = None
my_prediction_autonomy = None

# %%
alone = ts.compare("autocratic_in_crisis", replicates=REPLICATES, seed=1)
together = ts.compare("inclusive_in_crisis", replicates=REPLICATES, seed=1)
race("workload", "workload (1 is normal)", alone=alone, together=together)

# %%
race("autonomy", "clinicians' autonomy", alone=alone, together=together)

# %%
check("alone in a crisis", my_prediction_workload, alone)

# %%
check("price of speed", my_prediction_autonomy, alone)

# %% [markdown]
# **Discuss.** Look at the curves after the crisis. Which hospital would you rather work in then? When should a leader
# who decided alone stop doing so, and how will they notice?
#
# ## Round 3: the worker or the workplace
#
# Burnout is high. One proposal is training in resilience, for everybody. The other takes work away, gives units
# huddles and a team to mend what is in their way, and clinicians a say.
#
# **Predict** how burnout differs in the hospital that mends its workplace, compared with the one that trains its
# people.

# %%
my_prediction_burnout = None

# %%
training = ts.compare("resilience_training", replicates=REPLICATES, seed=1)
workplace = ts.compare("fix_the_workplace", replicates=REPLICATES, seed=1)
race("burnout_prevalence", "share of clinicians who are burned out", training=training, workplace=workplace)

# %%
against_training = ts.compare("fix_the_workplace", "resilience_training", replicates=REPLICATES, seed=1)
check("worker or workplace", my_prediction_burnout, against_training)

# %% [markdown]
# **Discuss.** What does each proposal cost, and who pays? The table counts leaders' hours and money.

# %%
against_training.table(["mbi_ee", "trust_clinician_admin", "turnover_annual", "leader_hours", "cost"]).round(3)

# %% [markdown]
# ## Round 4: everything at once
#
# The board is impatient: *why not do all of it?* Two dozen programs, each recommended by somebody, begin in one week.
#
# **Predict**, compared with the hospital that mended its workplace in round 3: trust in administrators, and the hours
# that leaders spend.

# %%
my_prediction_trust = None
my_prediction_hours = None

# %%
everything = ts.compare("everything_at_once", "fix_the_workplace", replicates=REPLICATES, seed=1)
check("everything", my_prediction_trust, everything)

# %%
check("hours", my_prediction_hours, everything)

# %% [markdown]
# **What is missing is time.** Let leaders have more of it, and nothing else changes. (Nobody has it; that is the
# point.)

# %%
with_time = with_settings(
    ts.load_scenario("everything_at_once"), {"work.executive_hours": 30.0, "work.leader_hours": 10.0}
)
in_haste = ts.compare("everything_at_once", replicates=REPLICATES, seed=1)
at_leisure = ts.compare(with_time, replicates=REPLICATES, seed=1)
few_things = ts.compare("fix_the_workplace", replicates=REPLICATES, seed=1)
race(
    "trust_clinician_admin",
    "clinicians' trust in administrators",
    everything_in_haste=in_haste,
    everything_with_time=at_leisure,
    a_few_things=few_things,
)

# %% [markdown]
# ## Round 5: after a breach of trust
#
# Something went badly wrong and it came out. Leaders acknowledge it, explain it, and make up for it: in the first
# week, or only after four months.
#
# **Predict** trust over the half year after the failure, if leaders wait, compared with repair at once. And
# **predict** how trust at the end differs if it was no failure but a deception.

# %%
my_prediction_if_they_wait = None
my_prediction_deception = None

# %%
at_once = ts.load_scenario("trust_repair")
late = with_settings(at_once, {"trust_repair.delay": 16})
waiting = ts.compare(late, at_once, replicates=REPLICATES, seed=1)
deception = ts.compare("deception", "breach_of_trust", replicates=REPLICATES, seed=1)
race(
    "trust_clinician_admin",
    "clinicians' trust in administrators, compared with no breach",
    failure=ts.compare("breach_of_trust", "baseline", replicates=REPLICATES, seed=1),
    repaired_at_once=ts.compare(at_once, "baseline", replicates=REPLICATES, seed=1),
    deception=ts.compare("deception", "baseline", replicates=REPLICATES, seed=1),
)

# %%
check("late repair", my_prediction_if_they_wait, waiting)

# %%
check("deception", my_prediction_deception, deception)

# %% [markdown]
# ## Was it luck?
#
# Choose what surprised you most. Below, each dot is one hospital with luck of its own. How often would a leader in a
# *single* hospital have seen the direction of the mean? We begin with turnover after the empty tour, which is what a
# board would look at: people leave rarely, and for many reasons.

# %%
surprise, measure = empty_tour, "turnover_annual"
baseline, scenario = surprise.values(measure).T
differences = scenario - baseline
figure, axes = plt.subplots(figsize=(7.5, 1.6), layout="constrained")
axes.plot(differences, [0] * len(differences), "o", alpha=0.5, color="#d55e00")
axes.axvline(0, color="#767676", linewidth=1)
axes.set(yticks=[], xlabel=f"{measure}: scenario minus baseline, one dot a hospital")
axes.spines[["top", "right", "left"]].set_visible(False)
sign = 1 if differences.mean() > 0 else -1
print(f"{(sign * differences > 0).sum()} of {len(differences)} hospitals went the way of the mean.")

# %% [markdown]
# Even so, no leader sees the world in which they did nothing. Without it, what would you have measured, and would you
# have noticed?
#
# ## What to try next
#
# - **Beat the house.** Write a scenario of at most three interventions that lowers `mbi_ee` by more than
#   `fix_the_workplace` does and takes no more `leader_hours`. `trustsim list interventions` names the building blocks;
#   `trustsim show NAME` tells how each can backfire.
# - **Break a result.** For one answer that you doubt, find the assumption behind it (`trustsim show NAME`), change it
#   with `with_settings` within its range, and see whether the direction survives.
# - **Another hospital.** Repeat round 1 with `{"organization.units": 40}`: the same executives, more units to visit.
# - Notebook 4 takes all this to your own hospital.
