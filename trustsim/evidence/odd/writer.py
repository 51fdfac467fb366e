"""Write the documents: templates filled with what code and data tell."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import trustsim
from trustsim.errors import InputError
from trustsim.evidence.odd import contents, docstrings, mechanisms
from trustsim.evidence.odd.analyses import analyses
from trustsim.evidence.odd.patterns import RESULTS, ROOT, results
from trustsim.evidence.odd.robustness import headlines, unsteady
from trustsim.evidence.odd.tables import code, number
from trustsim.evidence.provenance import provenance
from trustsim.evidence.tables import findings, targets
from trustsim.parameters import REGISTER

__all__ = ["DOCUMENTS", "Document", "write"]

Document = Literal["odd", "trace", "summary"]
DOCUMENTS: Final[dict[str, str]] = {"odd": "ODD.md", "trace": "TRACE.md"}
"""Documents that are kept in the checkout, and the files that they are kept in."""
_OF_ANALYSIS: Final = ("leave_one_out", "robustness", "signs")
"""Scripts beside the external checks that are told with the analyses."""


def write(document: Document) -> str:
    """Return a document in Markdown: the ODD protocol, TRACE, or a summary of the ODD for papers.

    Raises
    ------
    InputError
        TRACE outside a checkout: it points to tests and studies, which a package does not bring along.
    """
    if document not in get_args(Document):
        raise InputError(f"no document {document!r}; there are {', '.join(get_args(Document))}")
    if document == "trace" and not (ROOT / "tests").is_dir():
        raise InputError("TRACE points to tests and studies, which are in a clone and not in an installed package")
    text = _environment().get_template(f"{document}.md.j2").render(_context())
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown made of our own files
    )


def _context() -> dict[str, Any]:
    from trustsim.interventions import INTERVENTIONS, SHOCKS
    from trustsim.levers import LEVERS
    from trustsim.measures import HEADLINE
    from trustsim.model import HospitalModel
    from trustsim.organization import generate
    from trustsim.organization.roles import ADMINISTRATIVE, CLINICAL, LEADERS, TIE_KINDS
    from trustsim.scenario import Scenario

    told = {name: getattr(contents, name) for name in contents.__all__}
    return told | {
        "version": trustsim.__version__,
        "results": results(),
        "results_file": RESULTS.relative_to(ROOT).as_posix(),
        "stages": docstrings.steps(HospitalModel.step),
        "state": mechanisms.state,
        "rules": mechanisms.rules,
        "actions": mechanisms.actions,
        "mechanism": mechanisms.Mechanism,
        "interventions": INTERVENTIONS,
        "shocks": SHOCKS,
        "groups": list(dict.fromkeys(parameter.group for parameter in REGISTER.values())),
        "default": _default,
        "people": generate().n,
        "lever_count": len(LEVERS),
        "parameter_count": len(REGISTER),
        "targets_by_role": Counter(target.role for target in targets().values()),
        "finding_counts": _finding_counts(),
        "unconfirmed": code(provenance().unconfirmed),
        "checks": _checks,
        "analyses": analyses,
        "headlines": headlines,
        "unsteady": unsteady,
        "burn_in": Scenario.model_fields["burn_in"].default,
        "clinical": code(CLINICAL),
        "administrative": code(ADMINISTRATIVE),
        "leaders": code(LEADERS),
        "tie_kinds": code(TIE_KINDS),
        "headline": code(HEADLINE),
        "file": _pointer,
    }


def _finding_counts() -> dict[str, Any]:
    """Return how many findings there are, and how sure their numbers are."""
    certainty = Counter(number.certainty for finding in findings().values() for number in finding.numbers)
    told = ", ".join(f"{count} {name}" for name, count in sorted(certainty.items()))
    return {"findings": len(findings()), "certainty": told}


def _checks() -> Iterator[tuple[str, str]]:
    """Yield the external checks: file of the checkout, and what its docstring says first."""
    for path in sorted((ROOT / "experiments" / "verification").glob("*.py")):
        if path.stem in _OF_ANALYSIS:
            continue
        told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        yield path.relative_to(ROOT).as_posix(), " ".join(told.split("\n\n")[0].split())


def _default(name: str) -> str:
    return number(REGISTER[name].default)


def _pointer(path: str, *names: str) -> str:
    """Return a link to a file of the checkout, and make sure that it is there and defines what is named."""
    target = ROOT / path
    if not target.exists():
        raise LookupError(f"there is no {path}; a template names it")
    for name in names:
        if not re.search(rf"^\s*def {name}\b", target.read_text(encoding="utf-8"), flags=re.MULTILINE):
            raise LookupError(f"{path} has no {name}; a template names it")
    return f"[{path}]({path})" + (f" ({code(names)})" if names else "")
