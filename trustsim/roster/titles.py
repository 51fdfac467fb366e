"""Which role somebody has: from a column of roles, from the job title by the rules of ``titles.toml``, as told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from trustsim.organization.roles import ROLES

__all__ = ["OTHER", "OUTSIDE", "PATIENT", "UNKNOWN", "Reading", "plain_titles", "read_role", "read_title"]

OTHER: Final = "other"
"""Staff who are in no role of the model: information technology, kitchen, security."""
PATIENT: Final = "patient"
UNKNOWN: Final = "?"
OUTSIDE: Final = (OTHER, PATIENT, UNKNOWN)
"""Roles of people who are left out."""


class Reading(NamedTuple):
    """What a title means.

    Attributes
    ----------
    role : str
        One of the model's, or of `OUTSIDE`.
    rule : str
        What decided: ``"nurse manager"``, ``"mapping.yaml"``, ``"role column"``; empty if nothing did.
    office : str
        CEO, CMO, CNO, COO or CFO; empty for everybody else.
    """

    role: str
    rule: str = ""
    office: str = ""


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("trustsim.roster").joinpath("titles.toml").read_text(encoding="utf-8"))


@cache
def _rules() -> dict[str, str]:
    """Return the role of each rule; where two roles name one rule, the first has it."""
    rules: dict[str, str] = {}
    for role in (*ROLES, OTHER):
        for phrase in _tables()[role]["phrases"]:
            rules.setdefault(phrase, role)
    return rules


@cache
def _offices() -> dict[str, str]:
    return {phrase: office for office, phrases in _tables()["executive"]["offices"].items() for phrase in phrases}


@cache
def _longest() -> int:
    return max(rule.count(" ") + 1 for rule in _rules())


def read_title(title: str, told: Mapping[str, str]) -> Reading:
    """Return the role that a job title means.

    Parameters
    ----------
    title : str
    told : mapping of str to str
        Roles of titles, as `plain_titles` writes them, that overrule the rules.
    """
    plain = " ".join(_words(title))
    if plain in told:
        return Reading(told[plain], "mapping.yaml", _offices().get(plain, ""))
    fitting = [phrase for phrase in _phrases(plain.split()) if phrase in _rules()]
    if not fitting:
        return Reading(UNKNOWN)
    rule = max(fitting, key=lambda phrase: (phrase.count(" "), len(phrase)))
    role = _rules()[rule]
    return Reading(role, rule, _office(fitting) if role == "executive" else "")


def read_role(value: str, told: Mapping[str, str]) -> Reading:
    """Return the role that stands in a column of roles: ours, or a code such as MED."""
    plain = " ".join(_words(value))
    if plain in told:
        return Reading(told[plain], "mapping.yaml")
    if plain in (*ROLES, OTHER):
        return Reading(plain, "role column")
    codes = {" ".join(_words(code)): role for code, role in _tables()["codes"].items()}
    return Reading(codes[plain], f"code {value}") if plain in codes else Reading(UNKNOWN)


def plain_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles and roles as `read_title` looks them up."""
    return {" ".join(_words(title)): role for title, role in titles.items()}


def _words(title: str) -> list[str]:
    """Return the words of a title in small letters: ``"Sr. Nurse-Manager (ICU)"`` has sr, nurse, manager, icu."""
    return re.findall(r"[^\W_]+", title.casefold().replace("&", " and ").replace("'s", ""))


def _phrases(words: list[str]) -> Iterable[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _longest(), len(words)) + 1):
            yield " ".join(words[start:end])


def _office(phrases: Iterable[str]) -> str:
    return next((_offices()[phrase] for phrase in phrases if phrase in _offices()), "")
