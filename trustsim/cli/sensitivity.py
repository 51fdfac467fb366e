"""What sensitivity studies say a parameter moves: those whose summaries ship, or one that was analyzed here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustsim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["moves", "print_moves"]

_METHODS: Final = {"sobol": ("order", "total"), "morris": ("metric", "mu_star")}
"""Column and value by which a method's table tells how much a factor moves in all."""
_SIZES: Final = {"sobol": "total index", "morris": "mean size of its effect"}
_CLEAR: Final = "distinguishable from zero"


def moves(name: str, study: Path | None = None) -> list[dict[str, Any]]:
    """Return what a parameter moves, largest first within a study and method.

    Parameters
    ----------
    name : str
        Of a parameter.
    study : Path, optional
        Folder of an analyzed study; by default the summaries that ship are read.

    Returns
    -------
    list of dict
        study, method, measure, estimate, low, high, clear (of zero). A total index is a share of variance, the mean
        size of a Morris effect is in units of the measure.

    Raises
    ------
    InputError
        If that study is not analyzed, or by another method.
    """
    found = []
    for title, method, table in _analyzed(study) if study else _shipped():
        column, value = _METHODS[method]
        of_factor = table[(table["factor"] == name) & (table[column] == value)]
        for row in of_factor.sort_values("estimate", ascending=False).to_dict("records"):
            numbers = {key: row[key] for key in ("measure", "estimate", "low", "high")}
            found.append({"study": title, "method": method, **numbers, "clear": row["verdict"] == _CLEAR})
    return found


def print_moves(name: str, found: list[dict[str, Any]]) -> None:
    """Tell what a parameter moves; what cannot be told from zero is only named."""
    import typer

    from trustsim.cli.output import print_table, print_text

    if not found:
        print_text("", f"No sensitivity study at hand varies {name}.")
        return
    for title, method in dict.fromkeys((each["study"], each["method"]) for each in found):
        of_study = [each for each in found if (each["study"], each["method"]) == (title, method)]
        typer.echo(f"\nWhat it moves in the study {title} ({method}):")
        clear = [each for each in of_study if each["clear"]]
        rows = [{**each, "interval": f"{each['low']:.3g} to {each['high']:.3g}"} for each in clear]
        sized = [{**row, _SIZES[method]: f"{row['estimate']:.3g}"} for row in rows]
        if sized:
            print_table(sized, ("measure", _SIZES[method], "interval"), right=(_SIZES[method], "interval"))
        unclear = ", ".join(each["measure"] for each in of_study if not each["clear"])
        if unclear:
            print_text(f"Not distinguishable from zero: {unclear}.")


def _shipped() -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield study, method and table of each summary that has such a method."""
    from trustsim.studies.summaries import read_summaries

    for summary in read_summaries():
        if summary.manifest["method"] in _METHODS:
            yield summary.name, summary.manifest["method"], summary.effects()


def _analyzed(study: Path) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield study, method and table of each measure of an analyzed study."""
    import pandas as pd

    tables = [
        (method, path) for method in _METHODS for path in sorted((study / "analysis").glob(f"*.{method}.parquet"))
    ]
    if not tables:
        raise InputError(
            f"no Sobol or Morris analysis in {study}; trustsim analyze {study} makes it, of a study of such a design"
        )
    for method, path in tables:
        yield (
            study.resolve().name,
            method,
            pd.read_parquet(path).assign(measure=path.name.removesuffix(f".{method}.parquet")),
        )
