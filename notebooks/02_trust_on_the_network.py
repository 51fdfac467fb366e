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
# # 2 · Seeing trust on the network
#
# **After this notebook** you can open the hospital and look at its people: step the Mesa model week by week, ask the
# agents what they feel, draw the organization colored by trust, and follow what one nurse comes to believe of her
# leaders while they tour the units, and while they do not.
#
# **Time:** 30 minutes. **You need:** notebook 1; a little of [Mesa](https://mesa.readthedocs.io) and
# [networkx](https://networkx.org) helps.

# %%
# %matplotlib inline
import inspect

import matplotlib.pyplot as plt
import mesa
import networkx as nx
import numpy as np
import pandas as pd

import trustsim as ts
from trustsim.agents import Person
from trustsim.scenario import with_settings

# %% [markdown]
# ## A small hospital
#
# trustsim has two engines that give the same numbers to the bit. `compare` uses the compiled one. The Mesa model is
# the specification: real agents, with methods whose names say what they do. We make a hospital that is small enough to
# draw.

# %%
SMALL = {"organization.units": 6, "organization.nurses": 6, "organization.physicians": 3, "organization.apps": 1}
baseline = with_settings(ts.load_scenario("baseline"), SMALL)
tour = with_settings(ts.load_scenario("listening_tour"), SMALL)

hospital = ts.HospitalModel(baseline, rng=3)
print(hospital.organization)
for kind, people in hospital.agents_by_type.items():
    print(f"{len(people):4} agents of class {kind.__name__}")

# %% [markdown]
# ## A week
#
# `step` runs a week, in seven stages. Every stage reads what stood at its start, so the order in which people act
# makes no difference.

# %%
print(inspect.getdoc(ts.HospitalModel.step))

# %%
for _ in range(4):
    hospital.step()

tired = hospital.agents.select(lambda person: person.exhaustion > 0.5, agent_type=ts.Clinician)
print(f"After {hospital.week} weeks {len(tired)} of {len(hospital.agents_by_type[ts.Clinician])} clinicians are tired.")
nurses = [person for person in hospital.agents_by_type[ts.Clinician] if person.role == "nurse"]
most_tired = max(nurses, key=lambda person: person.exhaustion)
print(f"{most_tired} trusts the organization at {most_tired.trust_organization:.2f}.")

# %% [markdown]
# ## Ties
#
# Trust is not a property of a hospital but of a *tie*: this person's beliefs about that one, in three parts.
# **Ability**: do they know what they are doing? **Benevolence**: do they care about us? **Integrity**: do they keep
# their word? The ties are the edges of a networkx graph, from the one who trusts to the one who is trusted.

# %%
for _, trustee, tie in hospital.graph.out_edges(most_tired.position.label, data="tie"):
    print(f"{tie.kind:10} {trustee:22} {tie}")

# %% [markdown]
# It is an ordinary graph, so ordinary questions have short answers. What kinds of ties are there, and how often do
# people who are tied to one another that way deal with one another in a usual week?

# %%
graph = hospital.graph
kinds = pd.Series([tie.kind for _, _, tie in graph.edges(data="tie")], name="ties").value_counts().to_frame()
kinds["chance of a contact a week"] = [hospital.parameters[f"contact.base.{kind}"] for kind in kinds.index]
kinds

# %% [markdown]
# ## Draw it
#
# Executives and directors stand in the middle, each unit around its own center. The color of a clinician is how much
# they trust administrators (the mean over their ties); diamonds are administrators, and a cross is an empty chair.

# %%
ADMINISTRATORS = {"manager", "director", "executive"}


def places(graph: nx.DiGraph) -> dict[str, np.ndarray]:
    """Return where each chair is drawn: units on a ring, leaders of the hospital inside it."""
    units = {name: position.unit.number for name, position in graph.nodes(data="position")}
    floor = max(units.values())
    found = {}
    for unit in range(floor + 1):
        members = [name for name in graph if units[name] == unit]
        angle = 2 * np.pi * unit / floor
        center = np.zeros(2) if unit == floor else 3.2 * np.array([np.cos(angle), np.sin(angle)])
        found |= nx.circular_layout(graph.subgraph(members), scale=1.0, center=center)
    return found


def trust_in_administrators(person: Person) -> float:
    """Return the mean trust of a clinician along ties to administrators."""
    return np.mean([person.trust(tie) for tie in person.position.ties if tie.to_administration])


def draw(hospital: ts.HospitalModel, axes: plt.Axes, value, norm: plt.Normalize, cmap: str, title: str) -> None:
    """Draw a hospital, its clinicians colored by a value."""
    graph, where = hospital.graph, places(hospital.graph)
    chairs = dict(graph.nodes(data="position"))
    clinicians = [name for name, chair in chairs.items() if chair.person and chair.role not in ADMINISTRATORS]
    administrators = [name for name, chair in chairs.items() if chair.person and chair.role in ADMINISTRATORS]
    vacant = [name for name, chair in chairs.items() if not chair.person]
    across = [(one, other) for one, other, tie in graph.edges(data="tie") if tie.to_administration]
    nx.draw_networkx_edges(graph, where, across, ax=axes, alpha=0.12, arrows=False, width=0.6)
    colors = [value(chairs[name].person) for name in clinicians]
    style = {"ax": axes, "edgecolors": "#333333", "linewidths": 0.6}
    nx.draw_networkx_nodes(
        graph, where, clinicians, node_color=colors, cmap=cmap, vmin=norm.vmin, vmax=norm.vmax, node_size=70, **style
    )
    nx.draw_networkx_nodes(graph, where, administrators, node_color="white", node_shape="d", node_size=60, **style)
    nx.draw_networkx_nodes(graph, where, vacant, node_color="#333333", node_shape="x", node_size=25, ax=axes)
    for unit in hospital.units[:-1]:  # the last is the floor of executives and directors
        x, y = np.mean([where[chair.label] for chair in unit.positions], axis=0)
        axes.text(x, y, unit.name, ha="center", va="center", fontsize=8, color="#333333")
    axes.set(title=title, aspect="equal")
    axes.axis("off")


figure, axes = plt.subplots(figsize=(7, 6), layout="constrained")
norm = plt.Normalize(0.3, 0.7)
draw(hospital, axes, trust_in_administrators, norm, "cividis", f"week {hospital.week}")
_ = figure.colorbar(plt.cm.ScalarMappable(norm, "cividis"), ax=axes, shrink=0.6, label="trust in administrators")

# %% [markdown]
# ## Two worlds of one hospital
#
# Now the same hospital with the same luck twice: executives tour the units in one world and do not in the other. The
# seed makes both worlds start from the same people.

# %%
worlds = {"no tour": ts.HospitalModel(baseline, rng=3), "tour": ts.HospitalModel(tour, rng=3)}
(episode,) = tour.interventions
first_week = tour.burn_in + episode.start


def follow(nurse: str, hospital: ts.HospitalModel) -> dict[str, float]:
    """Return what is to be seen of a nurse this week."""
    chair = hospital.graph.nodes[nurse]["position"]
    seen = {"week": hospital.week - tour.burn_in, "occupant": chair.occupant, "present": chair.person is not None}
    luck, tie = hospital.luck["message"][chair.executive_tie.number], chair.executive_tie
    seen["meets an executive"] = luck[0] < tie.unit.contact[tie.kind]
    for whom, tie in (("manager", chair.line_tie), ("executive", chair.executive_tie)):
        seen |= {f"{part} of {whom}": getattr(tie, part) for part in ("ability", "benevolence", "integrity")}
    if chair.person is not None:
        seen |= {"psychological safety": chair.person.psychological_safety, "open concerns": chair.person.open_concerns}
    return seen


nurses = [name for name, chair in graph.nodes(data="position") if chair.role == "nurse"]
diaries = {world: {nurse: [] for nurse in nurses} for world in worlds}
for world, each in worlds.items():
    for _ in range(each.horizon):
        each.step()
        for nurse in nurses:
            diaries[world][nurse].append(follow(nurse, each))

# %% [markdown]
# What did the tour change, and where? Here is each clinician's trust in administrators with the tour minus without it.
# People who are in only one of the two worlds (somebody left) are left out; chairs whose holder changed tell mostly
# that a newcomer has yet to make up their mind.

# %%
others = {chair.label: chair.person for chair in worlds["no tour"].positions}


def gain(person: Person) -> float:
    """Return how much more a person trusts administrators than the holder of the same chair without the tour."""
    other = others[person.position.label]
    return 0.0 if other is None else trust_in_administrators(person) - trust_in_administrators(other)


gains = [gain(person) for person in worlds["tour"].agents.select(agent_type=ts.Clinician)]
most = max(map(abs, gains))
figure, axes = plt.subplots(figsize=(7, 6), layout="constrained")
norm = plt.Normalize(-most, most)
draw(worlds["tour"], axes, gain, norm, "PuOr_r", "trust in administrators: tour minus no tour, last week")
figure.colorbar(plt.cm.ScalarMappable(norm, "PuOr_r"), ax=axes, shrink=0.6, label="difference")
more, less = (sum(sign * each > 0 for each in gains) for sign in (1, -1))
print(f"The tour raised trust for {more} clinicians and lowered it for {less}.")

# %% [markdown]
# An average hides who gains and who does not; a picture shows it. A visit meets a part of a unit, and of those whom it
# meets some raise a concern that is resolved and some raise one that is not. One hospital with one luck proves nothing
# about tours, though: that takes replicates, as in notebook 1.
#
# ## One nurse
#
# We follow a nurse who stays for the whole time in both worlds, the one for whom the tour changed most in what she
# believes of the executive's benevolence.

# %%
stays = [
    nurse
    for nurse in nurses
    if all(week["occupant"] == 0 and week["present"] for world in worlds for week in diaries[world][nurse])
]
last = {world: pd.DataFrame({nurse: diaries[world][nurse][-1] for nurse in stays}).T for world in worlds}
change = (last["tour"] - last["no tour"])["benevolence of executive"].astype(float)
nurse = change.abs().idxmax()
print(f"{len(stays)} of {len(nurses)} nurses stay in both worlds. We follow {nurse}.")

# %%
diary = {world: pd.DataFrame(diaries[world][nurse]).set_index("week") for world in worlds}
panels = ["benevolence of executive", "integrity of executive", "benevolence of manager", "psychological safety"]
figure, rows = plt.subplots(2, 2, figsize=(9, 5), sharex=True, sharey=True, layout="constrained")
for axes, panel in zip(rows.flat, panels, strict=True):
    for world, color in (("no tour", "#767676"), ("tour", "#0072b2")):
        axes.plot(diary[world][panel], color=color, label=world, linewidth=1.6)
    axes.axvline(episode.start, color="#767676", linestyle=":")
    axes.set_title(panel)
    axes.spines[["top", "right"]].set_visible(False)
for axes in rows[1]:
    axes.set_xlabel("week")
_ = rows[0, 0].legend(frameon=False)

# %% [markdown]
# Four things to see:
#
# - **Left of the dotted line the curves are one.** Same luck, and nothing has been done differently yet.
# - **Beliefs about the executive move in steps.** A step is a contact, or a concern that was raised on a visit and
#   answered, or was not. Between contacts a belief drifts slowly to what the nurse expects of anybody.
# - **A step down costs more than a step up brings.** Bad news weighs more than good news of the same size, and a visit
#   on which a concern is brushed aside is bad news.
# - **Other curves part as well**, later and for other reasons: a concern that an executive resolved is one that she
#   need not take to her manager.
#
# In which weeks did the tour bring her together with an executive who would otherwise not have come by? The luck of a
# tie in a week is the same in both worlds; people meet if it is below their chance to meet, and the tour raises that.

# %%
met = {world: diary[world]["meets an executive"] for world in worlds}
print("Met an executive anyway: weeks", [int(week) for week in met["no tour"].index[met["no tour"]] if week >= 0])
print("Met one on the tour alone: weeks", [int(week) for week in met["tour"].index[met["tour"] & ~met["no tour"]]])

# %% [markdown]
# ## Collect what you like
#
# Mesa's `DataCollector` works as in any Mesa model. Measures of the whole hospital come from `measures()`; they are
# the same as in `compare` and in result files.

# %%
hospital = ts.HospitalModel(baseline, rng=3)
collector = mesa.DataCollector(
    model_reporters={"trust": lambda model: model.measures()["trust_clinician_admin"]},
    agenttype_reporters={Person: {"role": "role", "exhaustion": "exhaustion", "cynicism": "cynicism"}},
)
for _ in range(26):
    hospital.step()
    collector.collect(hospital)
people = collector.get_agenttype_vars_dataframe(Person)
people.loc[26].groupby("role")[["exhaustion", "cynicism"]].agg(["mean", "std"]).round(2)

# %% [markdown]
# ## What to try next
#
# - Give the tour no follow-through (`{"listening_tour.follow_through": 0, "listening_tour.explanation": 0}`), draw the
#   differences again, and follow the same nurse. Which of her beliefs falls first?
# - Take the ties between the silos away with `{"organization.bridging": 0}`. How far is it now to an executive?
# - Color people by `exhaustion` instead of trust. Do the exhausted sit together?
# - Notebook 6 changes what a clinician does, and keeps everything else.
