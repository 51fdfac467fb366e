"""Run the ready studies and write their summaries into experiments/summaries, the smallest study first.

    python experiments/summarize.py FOLDER               # all; half an hour on two cores, nearly all of it Sobol's
    python experiments/summarize.py FOLDER timing_cliff  # some

Runs are kept in FOLDER, a folder for each study: the same command continues where it was stopped, and does again only
the words where nothing is missing. Runs of another model cannot be continued; name another folder then.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from trustsim.cli.throughput import tell_throughput
from trustsim.errors import TrustsimError
from trustsim.studies import load_study
from trustsim.studies.analyze import analyze_study, write_analysis
from trustsim.studies.summaries import FOLDER, write_summary

STUDIES = Path(__file__).parent


def main(folder: Path, names: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Run studies in FOLDER and write their summaries; NAMES are all unless given."""
    files = {path: load_study(path) for path in sorted(STUDIES.glob("*.yaml")) if not names or path.stem in names}
    if names and len(files) < len(set(names)):
        raise typer.BadParameter(f"there are {', '.join(sorted(path.stem for path in STUDIES.glob('*.yaml')))}")
    for path, study in sorted(files.items(), key=lambda each: len(each[1].points) * each[1].replicates):
        with tell_throughput() as after:
            results = study.run(folder / study.name, after=after)
        analysis = analyze_study(results)
        write_analysis(analysis)
        counts = results.counts
        typer.echo(f"{counts['done']} of {counts['planned']} runs done: {write_summary(analysis, path, FOLDER)}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except TrustsimError as error:
        sys.exit(str(error))
