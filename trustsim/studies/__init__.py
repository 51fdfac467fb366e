"""Runs that are kept: what decides them, what is written about them, and how it is read back."""

from trustsim.studies.load import is_study, load_study
from trustsim.studies.recipe import Recipe
from trustsim.studies.results import Results, read_results
from trustsim.studies.run_folder import Run, claim, read_run, write_run
from trustsim.studies.study import Study

__all__ = [
    "Recipe",
    "Results",
    "Run",
    "Study",
    "claim",
    "is_study",
    "load_study",
    "read_results",
    "read_run",
    "write_run",
]
