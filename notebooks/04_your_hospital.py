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
# # 4 · Your hospital
#
# **After this notebook** you can take an export of a personnel system as it comes, learn what is understood of it and
# what is wrong with it, mend it, run a scenario in that hospital, and hand over a report.
#
# **Time:** 30 minutes, and as long as your personnel department takes. **You need:** notebook 1. Nothing leaves your
# machine; names and e-mails are used to find leaders and then dropped.

# %%
# %matplotlib inline
import csv
import io
import tempfile
from pathlib import Path

from IPython.display import HTML, SVG
from terminal import terminal

import trustsim as ts
from trustsim.organization.roles import ROLES
from trustsim.roster import inspect_roster, read_organization

folder = Path(tempfile.mkdtemp(prefix="hospital-"))  # choose a folder of your own to keep it

# %% [markdown]
# ## An export as it comes
#
# We have no hospital to show, so we make one, and then export it as badly as such files are: semicolons, an old
# encoding, a title line above the header, headers in somebody's own words, staff who treat no
# patients, people who left, and a few plain mistakes. Skip this cell; it is only here so that you can see what the
# mistakes are.

# %%
TITLES = {
    "physician": ["Attending Physician", "Hospitalist", "Resident Physician (PGY-2)"],
    "nurse": ["Registered Nurse", "Charge Nurse", "RN II", "Flow Coordinator"],
    "app": ["Nurse Practitioner", "Physician Assistant"],
    "chief": ["Chief of Service"],
    "manager": ["Nurse Manager"],
    "director": ["Director of Nursing"],
    "executive": ["President & CEO", "Chief Medical Officer", "Chief Nursing Officer", "Chief Operating Officer"],
}
hospital = ts.generate({"units": 8, "nurses": 9, "physicians": 4, "apps": 2, "executives": 4}, seed=11)
units = (*hospital.unit_names, "Administration")


def number(person: int) -> str:
    """Return a personnel number."""
    return f"{70000 + 7 * person}"


staff, seen = [], dict.fromkeys(TITLES, 0)
columns = hospital.role.tolist(), hospital.unit.tolist(), hospital.leader.tolist()
for person, (code, unit, leader) in enumerate(zip(*columns, strict=True)):
    role = ROLES[code]
    title = TITLES[role][seen[role] % len(TITLES[role])]
    seen[role] += 1
    hired = f"{1 + person % 28:02}.{1 + person % 12:02}.{2008 + person % 17}"
    above = number(leader) if leader >= 0 else ""
    staff.append([number(person), f"Müller, Zoë {person}", title, units[unit], above, hired, ""])
staff += [["9001", "Cook, Ann", "Cook", "Kitchen", "70021", "01.02.2019", ""]]
staff += [["9002", "Gone, Max", "Registered Nurse", hospital.unit_names[0], staff[5][0], "01.02.2015", "30.06.2026"]]

HEADER = ["Personnel No", "Employee", "Job Title", "Dept.", "Reports to", "Hired on", "Left on"]
people = folder / "people.csv"


def export(rows: list[list[str]]) -> None:
    """Write the export as the personnel system does."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([["Staff list, all sites"], ["Printed on 01.10.2026"], [], HEADER, *rows])
    people.write_bytes(text.getvalue().encode("latin-1"))


messy = [row.copy() for row in staff]
messy[20][4] = "99999"  # reports to nobody whom the file knows
messy[31][0] = messy[30][0]  # two people with one number
messy[40][4], messy[41][4] = messy[41][0], messy[40][0]  # two who lead one another
export(messy)
print(people.read_bytes().decode("latin-1")[:520])

# %% [markdown]
# ## What is understood of it?
#
# `trustsim org check` reads, tells what it made of each column and title, what it assumes, and everything that is
# wrong, with file, line and a way to mend it. Nothing is stored. Exit code 2 says that there is something to mend.

# %%
terminal("trustsim org check people.csv", folder=folder, exit_code=2)

# %% [markdown]
# Encoding, separator and the lines above the header were found out. But who would know what *Personnel No* is? What an
# export does not say, a file beside it says: `mapping.yaml`.

# %%
mapping = folder / "mapping.yaml"
mapping.write_text("""
columns: {person_id: Personnel No, hire_date: Hired on, end_date: Left on, unit_id: Dept.}
date_format: "%d.%m.%Y"
""")
terminal("trustsim org check .", folder=folder, exit_code=2)

# %% [markdown]
# Read it from top to bottom. Which header became which field? Who is in which role, and by which rule? What was
# *made*, because the file has no word of it: ties between colleagues, across units, to executives? The list at the end
# names what has to be mended, by line, so that the person who owns the file can do it. Here we do it.

# %%
export(staff)
mapping.write_text(mapping.read_text() + "titles: {Flow Coordinator: nurse}\n")
terminal("trustsim org check .", folder=folder)

# %% [markdown]
# The cook is left out, since the model has no role for him, and so is the nurse who left; both are counted. Whether
# the coordinators of patient flow are nurses is for you to decide: the mapping says so, and says it to your successor
# too.
#
# The same from Python, for scripts:

# %%
account = inspect_roster(folder).account
print(account.is_usable, account.counts, account.roles)

# %% [markdown]
# ## Look at it
#
# A leader who knows the hospital sees in a picture what no check can find.

# %%
terminal("trustsim org show . -o hospital.svg", folder=folder)
SVG(folder / "hospital.svg")

# %% [markdown]
# ## Run a scenario in it
#
# The same listening tour as in notebook 1, in this hospital. All replicates have its chairs and lines; what differs
# from one to the next is luck: who the people are whom the file knows only by title, and what happens to them.

# %%
ours = read_organization(folder)
tour = ts.compare("listening_tour", replicates=20, seed=1, organization=ours)
print(tour.sentence())
tour.plot()

# %% [markdown]
# Is it another answer than in a hospital that the generator made? Ours has fewer units, so that as many visits come by
# more often. Compare before you believe that your hospital is special, and then ask what makes it so.

# %%
usual = ts.compare("listening_tour", replicates=20, seed=1)
for name, comparison in {"our hospital": tour, "generated": usual}.items():
    effect = comparison.effect("trust_clinician_admin")
    print(f"{name:13} {effect.difference:+.4f} ({effect.low:+.4f} to {effect.high:+.4f})")

# %% [markdown]
# ## Leave a report
#
# A run that is kept in a folder can be turned into one HTML file that opens anywhere, prints, and says what was asked
# and answered, on which assumptions, and how to get the same numbers again. In it and in the folder are pseudonyms
# only, made with a salt that stays on your machine; what stands for fewer than five people is left blank.

# %%
terminal("trustsim run listening_tour --org . --replicates 10 --out runs/ours", folder=folder)

# %%
terminal("trustsim report runs/ours -o report.html", folder=folder)
page = (folder / "report.html").read_text(encoding="utf-8")
print(f"{len(page) / 1000:.0f} kB, and a name of our staff is {'' if 'Müller' in page else 'not '}in it")

# %% [markdown]
# Open `report.html` in a browser; here is a window on it.

# %%
escaped = page.replace("&", "&amp;").replace('"', "&quot;")
HTML(f'<div><iframe srcdoc="{escaped}" title="the report" width="100%" height="500"></iframe></div>')

# %% [markdown]
# ## What to distrust
#
# - **A line is not a tie.** An export knows who reports to whom, not who talks with whom. If you have recorded
#   contacts (`edges.csv`), use them; if not, the report says which ties were made by rule.
# - **Structure is not state.** How much people trust, and how tired they are, is not in the file; everybody starts as
#   the model's defaults have it.
# - **Not a forecast.** Two plans can be compared in it. What will happen next year cannot be read from it.
#
# ## What to try next
#
# - Your own file: `trustsim org check FILE`. It reads tables, GraphML, GEXF and lists of ties.
# - `trustsim org show . -o pseudonyms` writes the hospital as a folder without names, to be passed on.
# - Run with `by_unit=True` and look at `weekly()`: in which of your units does the tour do least?
# - Notebook 3 with your hospital: which assumption does the answer hang on *there*?
