"""From a report to one HTML document that needs nothing else."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import trustsim
from trustsim.report.blocks import Report

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["MARK", "html"]

MARK: Final = '<meta name="generator" content="trustsim report">'
"""Stands at the top of every report, so that one can be told from a page that is somebody else's."""
_PERCENT: Final = re.compile(r"(?<=[0-9]) %")


def html(report: Report) -> str:
    """Return a report as one HTML document: style and figures inside, nothing to load."""
    page = _template().render(report=report, mark=MARK, version=trustsim.__version__)
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", page)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("trustsim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = files("trustsim.report").joinpath("templates/report.css").read_text(encoding="utf-8")
    return environment.get_template("report.html")
