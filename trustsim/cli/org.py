"""``trustsim org``: what an export of a real hospital says, and a picture of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from trustsim.cli.output import console, print_json, print_table, print_text, table
from trustsim.errors import InputError

if TYPE_CHECKING:
    from rich.tree import Tree

    from trustsim.organization import Organization
    from trustsim.roster import Account

__all__ = ["org"]

_WRONG_INPUT: Final = 2
_MOST_ROWS: Final = 30
_Where = Annotated[
    Path, typer.Argument(metavar="PATH", help="Folder with people.csv, or a table, GraphML, GEXF, edges.")
]

org: Final = typer.Typer(no_args_is_help=True, help="A real hospital: check what an export says, and draw it.")


@org.command()
def check(
    path: _Where,
    smallest_cell: Annotated[int, typer.Option(help="Fewest answers of a cell in measures.csv; 5 or more.")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Say what was understood of an export, what was assumed, and all that is wrong with it.

    Nothing is stored. Names and e-mails are used to find leaders and dropped. The answer quotes ids and titles as they
    stand in the file, so it is as private as the file.
    """
    from trustsim.cli.surveyed import print_survey, survey_document
    from trustsim.roster import inspect_roster
    from trustsim.survey import inspect_survey

    roster = inspect_roster(path)
    account, hospital = roster.account, roster.organization
    survey = None if hospital is None else inspect_survey(path, hospital, roster.findings, smallest=smallest_cell)
    if as_json:
        print_json(account.as_document() | ({} if survey is None else {"survey": survey_document(survey)}))
    else:
        _print_account(account)
        if survey is not None:
            print_survey(survey)
    if not account.is_usable:
        raise typer.Exit(_WRONG_INPUT)


@org.command()
def show(
    path: _Where,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="A .svg picture, a .graphml file, or a new folder of tables, with pseudonyms."
        ),
    ] = None,
) -> None:
    """Draw a hospital: a tree of leaders and units, or a file of it."""
    from trustsim.roster import read_organization, write_organization

    organization = read_organization(path)
    if out is None:
        console().print(_tree(organization))
        return
    if out.suffix and out.exists():
        raise InputError("is there already; name another file", path=out)
    print_text(f"Written: {write_organization(organization, out)}")


def _print_account(account: Account) -> None:
    from trustsim.roster import shortened

    for name, how in account.files.items():
        columns = account.columns[name]
        print_text(f"{name}: {how}")
        print_text("  read: " + ", ".join(f"{field} from {header!r}" for field, header in columns["used"].items()))
        if columns["aside"]:
            print_text(f"  known, and the model makes nothing of it: {', '.join(columns['aside'])}")
    print_text("People: " + ", ".join(f"{count:,} {what}" for what, count in account.counts.items()))
    if account.roles:
        _print_hospital(account)
    _print_titles(account)
    _print_section("Assumed:", account.assumptions)
    _print_section("Look at:", shortened(problem for problem in account.problems if problem.severity == "warning"))
    errors = [problem for problem in account.problems if problem.severity == "error"]
    for line in shortened(errors):
        typer.echo(line, err=True)
    if errors:
        typer.echo(f"{len(errors):,} to mend before this hospital can be used", err=True)
    else:
        print_text("", "This hospital can be used: trustsim run listening_tour --org PATH")


def _print_section(title: str, lines: Iterator[str] | list[str]) -> None:
    for number, line in enumerate(lines):
        if number == 0:
            print_text("", title)
        print_text(f"- {line}")


def _print_hospital(account: Account) -> None:
    spans = account.spans
    rows = []
    for role, people in account.roles.items():
        span, turnover = spans.get(role), account.turnover.get(role)
        rows.append(
            {
                "role": role,
                "people": f"{people:,}",
                "lead": f"{span['median']:.0f} (at most {span['most']:.0f})" if span else "",
                "years here": _shown(account.tenure_years.get(role, "")),
                "left a year": f"{turnover['annual_rate']:.1%}" if turnover else _shown(account.turnover.get(role, "")),
            }
        )
    print_text(
        "",
        f"{account.levels} levels of leadership, {len(account.units):,} units"
        + (f", as of {account.as_of}" if account.as_of else ""),
    )
    print_table(rows, list(rows[0]), right=("people", "years here", "left a year"))
    print_text("")
    units = [{**unit, "people": f"{unit['people']:,}"} for unit in account.units[:_MOST_ROWS]]
    print_table(units, ["name", "people", "chief", "manager"], right=("people",))
    if len(account.units) > _MOST_ROWS:
        print_text(f"... and {len(account.units) - _MOST_ROWS:,} more units (--json lists all)")
    print_text("")
    ties = table("ties (one way)", "from the files", "made by rule", right=("from the files", "made by rule"))
    for kind, sources in account.ties.items():
        ties.add_row(kind, f"{sources['read']:,}", f"{sources['generated']:,}")
    console().print(ties)


def _shown(value: Any) -> str:
    return "fewer than 5" if value is None else str(value)


def _print_titles(account: Account) -> None:
    if not account.titles:
        return
    print_text("")
    rows = [
        {"title": row["title"] or "(none)", "people": f"{row['people']:,}", "role": row["role"], "rule": row["rule"]}
        for row in account.titles[:_MOST_ROWS]
    ]
    print_table(rows, ["title", "people", "role", "rule"], right=("people",))
    if len(account.titles) > _MOST_ROWS:
        print_text(f"... and {len(account.titles) - _MOST_ROWS:,} more titles (--json lists all)")


def _tree(organization: Organization) -> Tree:
    """Return leaders and units for a terminal."""
    from rich.tree import Tree

    from trustsim.organization.roles import ROLES
    from trustsim.roster import leadership, staff_of_units

    staff = staff_of_units(organization)
    tree = Tree(f"{organization.n:,} people, {organization.n_units:,} units")
    branches: dict[int | str | None, Tree] = {None: tree}
    for node, above in leadership(organization).items():
        if isinstance(node, str):
            text = f"{node}: {', '.join(f'{count} {role}' for role, count in staff[node].items())}"
        else:
            text = f"{ROLES[organization.role[node]]} {organization.labels[node]}"
        branches[node] = branches[above].add(text)
    return tree
