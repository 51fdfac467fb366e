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
# # 3 · A sensitivity study from end to end
#
# **After this notebook** you can ask what an answer depends on: write a study down, learn its price before you pay it,
# run it, lose it halfway and lose nothing, and read Sobol' indices without reading too much into them.
#
# **Time:** 45 minutes. **You need:** notebook 1, and an idea of what variance is.

# %%
# %matplotlib inline
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from terminal import command_of, terminal

import trustsim as ts

# %% [markdown]
# ## The question
#
# In notebook 1 a listening tour helped, or harmed, depending on what followed from it. Is follow-through what matters
# most? Or is it how many visits there are, whom they reach, or something that leaders do not choose at all: how much
# more bad news weighs than good news, and how disappointed people are who were asked and then ignored?
#
# A study is a file. It names a scenario, the *factors* with their ranges, a *design* (which points of those ranges are
# run), and what is measured when. `expect` is for you: write down what you think before you look. We use a small
# hospital and a small design, so that this takes seconds; `experiments/sobol_listening_tour.yaml` is the real study.

# %%
folder = Path(tempfile.mkdtemp(prefix="study-"))  # thrown away some day; choose a folder of your own to keep it
(folder / "small_hospital.yaml").write_text("""
name: small_hospital
extends: baseline
organization: {units: 6, nurses: 8, physicians: 3, apps: 1}
""")
(folder / "small_tour.yaml").write_text("""
name: small_tour
extends: listening_tour
baseline: small_hospital.yaml
organization: {units: 6, nurses: 8, physicians: 3, apps: 1}
""")
STUDY = """
study: what_a_tour_hangs_on
question: What decides what a listening tour does to trust?
expect: Follow-through first, then the number of visits.
scenario: small_tour.yaml
factors:
  listening_tour.visits_per_week: [1, 6]
  listening_tour.follow_through: [0, 1]
  listening_tour.explanation: [0, 1]
  trust.negativity: [1, 3]
  voice.invitation: [0, 3]
  patients.trust_rate: [0.02, 0.1]
design: {method: sobol, n: 64, dummy: true}
replicates: 8
measures: [trust_clinician_admin, burnout_prevalence]
window: [78, 104]
seed: 20
"""
study_file = folder / "tour.yaml"
study_file.write_text(STUDY)
terminal("trustsim check small_hospital.yaml small_tour.yaml", folder=folder)

# %% [markdown]
# ## What it will cost
#
# A dry run counts the runs, times a few of them, and warns of factors that do nothing. It found one here: no measure
# of this study has anything to do with patients. That is worth knowing before a night of computing, not after it.

# %%
terminal("trustsim sweep tour.yaml --out results --dry-run", folder=folder)

# %%
study_file.write_text("".join(line for line in STUDY.splitlines(keepends=True) if "patients." not in line))
study = ts.load_study(study_file)
print(study.problem.names)

# %% [markdown]
# Are the replicates enough? `trustsim plan` asks a pilot: how widely do runs of one point scatter, and how many does
# it take for an interval of the width that you can live with?

# %%
terminal("trustsim plan tour.yaml --width trust_clinician_admin=0.02 --pilot 6", folder=folder)

# %% [markdown]
# ## Run it, lose it, continue
#
# We start the study in a process of its own, as a terminal would, and kill it as soon as a part of it is done: no
# chance to clean up, just as if the power had failed.

# %%
results = folder / "results"
process = subprocess.Popen(
    command_of("trustsim sweep tour.yaml --out results"),
    cwd=folder,
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
while process.poll() is None and not any(results.glob("runs/*.parquet")):
    time.sleep(0.02)
process.kill()
process.wait()
terminal("trustsim status results", folder=folder)

# %% [markdown]
# What was done is kept. The same command does what is missing, and not a run more. (From Python the same study is
# `study.run(results)`.)

# %%
terminal("trustsim sweep tour.yaml --out results", folder=folder)

# %%
found = ts.read_results(results)
print(found.counts)
if found.counts["done"] < found.counts["planned"]:
    raise RuntimeError("the next cells would tell of a part of the study")

# %% [markdown]
# ## What it says
#
# First in words. An index that cannot be told from zero is never quoted as a number.

# %%
terminal("trustsim analyze results", folder=folder)

# %% [markdown]
# Now the numbers themselves. `X` is the design, a row for each point; `Y` has a column for each replicate, and is a
# *difference from the baseline with the same luck*.

# %%
X, Y = found.X, found.outcomes("trust_clinician_admin")
indices = ts.analysis.sobol.analyze(found.problem, X, Y, seed=1)
indices.table().round(3)

# %%
ts.analysis.figures.indices(indices, outcome="trust of clinicians in administrators")

# %% [markdown]
# **How to read it.** Let every factor vary over its range at once; the outcome varies. Then
#
# - the **first-order** index of a factor is the share of that variance which would go, on average, if we knew the
#   factor;
# - the **total** index is the share that would *remain* if we knew everything else. It counts all that the factor does
#   together with others, so it is never below the first-order index, apart from the error of both;
# - if first-order indices sum to much less than one, factors act together: the effect of one depends on another.
# - A factor with a total index near zero can be left at its default; one with a low first-order index and a high total
#   index must not.

# %%
alone = indices.first.value[:-1].sum()  # the last is the dummy
interaction = [*(indices.total.value - indices.first.value)[:-1]]
most = found.problem.names[int(np.argmax(interaction))]
print(f"First-order indices sum to {alone:.0%}. The factor that does most together with others: {most}.")

# %% [markdown]
# **The dummy** is a factor that is in the design and in nothing else. In this study its index is exactly zero, for a
# reason: all points of a replicate share their luck, so that its runs are the same run. It shows that rows and
# outcomes were not mixed up. In studies whose runs have luck of their own, the dummy shows how large an index luck
# alone produces. Here is what becomes of the dummy, and of everybody, if we destroy the order of the rows, as a wrong
# join would:

# %%
shuffled = np.random.default_rng(1).permutation(len(Y))
wrong = ts.analysis.sobol.analyze(found.problem, X, Y[shuffled], seed=1)
dummies = {"rows in order": indices, "rows mixed up": wrong}
pd.DataFrame({name: [of.total.value[-1], of.floor()] for name, of in dummies.items()}, index=["dummy", "floor"]).round(
    2
)

# %% [markdown]
# **The share of luck** (the row `seed` of the table) is how much of the variance of a *single* run comes from its
# seed. The indices above are those of the expected outcome; what few replicates leave of luck in it is taken out.

# %%
luck = indices.seed_share
print(f"Of the variance of one run, {luck.value[0]:.0%} is luck ({luck.low[0]:.0%} to {luck.high[0]:.0%}).")

# %% [markdown]
# ## What to distrust
#
# **1. Small designs.** The first half of a design is a design itself, so we can look how the indices settle as rows
# are added. As long as values move and intervals are as wide as below, a study tells which factors matter, and no
# more: do not publish an order of ranks.

# %%
settling = ts.analysis.convergence.analyze(found.problem, X, Y, seed=1, smallest=8)
ts.analysis.figures.convergence(settling, outcome="trust of clinicians in administrators")

# %%
for size, widest in zip(settling.sizes, settling.widest("total"), strict=True):
    print(f"{size:4} base rows: the widest interval of a total index spans {widest:.2f}")

# %% [markdown]
# **2. Ranges.** An index belongs to the ranges that were written down. Had follow-through varied over a tenth of its
# range only, it would explain little, and not because it mattered less. To see this without running anything, here is
# the spread of the outcome among those points in which follow-through lies in a narrow band:

# %%
column = found.problem.names.index("listening_tour.follow_through")
narrow = np.abs(X[:, column] - 0.5) < 0.05
print(f"Standard deviation over all points: {Y.mean(axis=1).std():.4f}")
print(f"over those with a follow-through of about a half: {Y[narrow].mean(axis=1).std():.4f}")

# %% [markdown]
# **3. Variance as a yardstick.** An index tells nothing about direction, or about where a good thing turns into a bad
# one. For that, look at the response along a factor, with all others spread over their ranges:

# %%
response = ts.analysis.dose_response.analyze(found.problem, X, Y, seed=1, factor="listening_tour.follow_through")
ts.analysis.figures.dose_response(response, outcome="trust of clinicians in administrators")

# %% [markdown]
# **4. What is not in the study.** A factor that was not varied explains nothing. Whoever chose six factors out of more
# than a hundred has made an assumption about all the others: `experiments/morris_parameters.yaml` screens them all.
#
# **5. Shape of the model.** No index doubts the equations. Whether they describe a hospital is a question for
# validation (`trustsim validate`) and for people who know hospitals.
#
# ## What to try next
#
# - Double the base rows in the file (`n: 128`) and run it again into a new folder. Which intervals become narrow?
# - Ask for `burnout_prevalence` instead of trust. Is the order of factors the same? Should it be?
# - Replace the design by `{method: morris, n: 20}`: a cheap screen. Does it name the same factors?
# - `trustsim report results` makes a page of a study for people who will never see this notebook.
