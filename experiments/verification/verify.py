"""Check trustsim against models and numbers that others have published: python experiments/verification/verify.py.

- X1, ``job_demands_resources.py``: a published model of job demands and resources, its table and its ensembles.
- X6, ``burnout_cost.py``: what burnout costs for each physician and year.
- X7, ``mean_field.py``: an equation for the population against our agents.
- N3, ``vacancies.py``: the identity of turnover, time to fill and vacancy.
- N4, the analytic indices of Ishigami's and Sobol's functions, is tests/analysis/test_sobol.py.

A line for each check: whether it passes, what is published, what we get. Exit code 1 if one does not.
"""

from __future__ import annotations

import sys

import burnout_cost
import job_demands_resources
import mean_field
import typer
import vacancies

CHECKS = {"X1": job_demands_resources, "X6": burnout_cost, "X7": mean_field, "N3": vacancies}


def main() -> None:
    """Run all checks and print what they say."""
    failed = False
    for name, check in CHECKS.items():
        typer.echo((check.__doc__ or name).splitlines()[0])
        for line in check.lines():
            typer.echo(f"  {line}")
            failed |= line.startswith("False")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
