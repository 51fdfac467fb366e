"""The report: one HTML file that says what a run or a study found, for people who will never see the program.

It opens without a network, prints, and fits a phone. `folder` tells a run from a study, `run` and `study` put what
they hold into words and figures block by block (`blocks`), `page` makes the file. Nothing here computes a result: the
numbers are those of `trustsim.comparison` and `trustsim.analysis`.
"""

from trustsim.report.folder import render
from trustsim.report.write import write_report

__all__ = ["render", "write_report"]
