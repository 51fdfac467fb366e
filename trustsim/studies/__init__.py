"""Runs that are kept: what decides them, what is written about them, and how it is read back."""

from trustsim.studies.recipe import Recipe
from trustsim.studies.run_folder import Run, claim, read_run, write_run

__all__ = ["Recipe", "Run", "claim", "read_run", "write_run"]
