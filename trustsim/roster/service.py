"""Dates of hiring and leaving: who is here, for how long, and how many left in the last year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from trustsim.roster.findings import Findings
from trustsim.roster.privacy import SMALLEST_CELL

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_of", "read_dates", "turnover"]

_FORMATS: Final = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y",
    "%m/%d/%y", "%d/%m/%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y",
)  # fmt: skip
_NEVER: Final = r"^(?:.*\b(?:9999|2999|3000)\b.*|0+[-/.]0+[-/.]0+|-|n/?a|none|null)$"
_YEAR: Final = 365.25


def read_dates(
    text: pd.Series[str], told: str | None, findings: Findings, path: Path, lines: Any
) -> pd.Series[pd.Timestamp]:
    """Return a column of dates; what is none is missing, and named.

    All cells are read in one format: the one told, else the one that fits most of them.
    """
    import pandas as pd

    plain = text.str.replace(r"[ T]\d{1,2}:\d\d.*$", "", regex=True).str.strip()
    plain = plain.mask(plain.str.casefold().str.match(_NEVER), "")
    written = plain[plain != ""]
    distinct = pd.Series(written.unique())
    fits = {form: pd.to_datetime(distinct, format=form, errors="coerce") for form in ((told,) if told else _FORMATS)}
    if distinct.empty:
        return pd.to_datetime(plain.where(plain != "", None), errors="coerce", format="%Y-%m-%d")
    best = max(fits, key=lambda form: int(fits[form].notna().sum()))
    rivals = [form for form in fits if form != best and fits[form].notna().sum() == fits[best].notna().sum()]
    if rivals and (fits[rivals[0]] != fits[best]).any():
        findings.assume(
            f"{path.name}: {text.name} is read as {best}, and would be as good as {rivals[0]}; if that is "
            "wrong, set date_format in mapping.yaml"
        )
    dates = plain.map(dict(zip(distinct, fits[best], strict=True)))
    dates = pd.to_datetime(dates, errors="coerce")
    for line, cell in zip(
        lines[(dates.isna() & (plain != "")).to_numpy()], text[dates.isna() & (plain != "")], strict=True
    ):
        findings.warn(
            "not a date",
            f"{text.name} {cell!r} is no date like {best}",
            "mend it, or set date_format in mapping.yaml",
            path,
            line,
        )
    return dates


def as_of(dates: pd.DataFrame, told: str | None) -> pd.Timestamp:
    """Return the day of the export: as told, else the last day that is not in the future at which anything happened."""
    import pandas as pd

    if told:
        return pd.Timestamp(told)
    today = pd.Timestamp.now().normalize()
    happened = dates.where(dates <= today).max().max()
    return today if pd.isna(happened) else pd.Timestamp(happened)


def turnover(role: pd.Series[str], hired: pd.Series[Any], left: pd.Series[Any], day: pd.Timestamp) -> dict[str, Any]:
    """Return leavers, person-years and the annual rate of the year before a day, by role.

    Parameters
    ----------
    role, hired, left : pandas.Series
        Of everybody in the file, those who left included. Whoever has no day of hiring was there all along.
    day : pandas.Timestamp

    Returns
    -------
    dict of str to dict
        ``leavers``, ``person_years``, ``annual_rate``; roles of fewer than 5 people are ``None``.
    """
    import pandas as pd

    start = day - pd.Timedelta(days=_YEAR)
    since = hired.where(hired > start, start)
    until = left.where(left < day, day)
    years = ((until - since).dt.total_seconds() / (86_400.0 * _YEAR)).clip(lower=0.0)
    gone = (left > start) & (left <= day)
    told: dict[str, Any] = {}
    for name, members in role.groupby(role):
        chosen = members.index
        exposed, leavers = float(np.sum(years[chosen])), int(gone[chosen].sum())
        if int((years[chosen] > 0.0).sum()) < SMALLEST_CELL:
            told[str(name)] = None
        else:
            rate = leavers / exposed
            told[str(name)] = {"leavers": leavers, "person_years": round(exposed, 1), "annual_rate": round(rate, 4)}
    return told
