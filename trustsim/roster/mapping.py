"""``mapping.yaml``: what has to be said about an export because the export does not say it."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from trustsim.errors import did_you_mean
from trustsim.organization.roles import ROLES, TIE_KINDS
from trustsim.roster.columns import synonyms
from trustsim.roster.tables import Layout
from trustsim.roster.titles import OTHER, PATIENT, plain_titles
from trustsim.scenario.document import read_document
from trustsim.scenario.messages import explain

__all__ = ["Guide", "read_guide"]

_ROLES: Final = (*ROLES, OTHER, PATIENT)
_GENERATED: Final = tuple(kind for kind in TIE_KINDS if kind != "line")


class Guide(BaseModel):
    """What a ``mapping.yaml`` says. It names columns and values, never files."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    encoding: str | None = Field(default=None, description="Of the tables, such as latin-1 or utf-16.")
    separator: Literal[",", ";", "\t", "|"] | None = Field(default=None, description="Between cells.")
    header_row: int | None = Field(default=None, ge=1, description="Line of the header of people.csv.")
    columns: dict[str, str] = Field(default={}, description="Header of the column that holds a field of ours.")
    titles: dict[str, str] = Field(default={}, description="Role of a job title, in place of the rules.")
    roles: dict[str, str] = Field(default={}, description="Role that a value of the role column means.")
    date_format: str | None = Field(default=None, description="Of dates, such as %d.%m.%Y.")
    as_of: str | None = Field(default=None, description="Day of the export, as 2026-10-31.")
    loose_ends: Literal["refuse", "attach"] = Field(
        default="refuse", description="People without a leader in the file: refuse, or attach them to their unit."
    )
    generate: tuple[str, ...] = Field(
        default=_GENERATED, strict=False, description="Kinds of ties to make by rule where the files have none."
    )

    @field_validator("encoding")
    @classmethod
    def _is_encoding(cls, given: str | None) -> str | None:
        if given is None:
            return None
        try:
            "".encode(given)  # codecs has some that are not of text
            return codecs.lookup(given).name
        except (LookupError, ValueError):
            raise ValueError("is an encoding such as utf-8, latin-1, cp1252 or utf-16") from None

    @field_validator("columns")
    @classmethod
    def _are_fields(cls, given: dict[str, str]) -> dict[str, str]:
        fields = synonyms("people")
        for name in given:
            if name not in fields:
                hint = did_you_mean(name, fields) or f"; fields are {', '.join(fields)}"
                raise ValueError(f"names the field {name!r} on the left and a header on the right{hint}")
        return given

    @field_validator("titles", "roles")
    @classmethod
    def _are_roles(cls, given: dict[str, str]) -> dict[str, str]:
        for value, role in given.items():
            if role not in _ROLES:
                hint = did_you_mean(role, _ROLES) or f"; roles are {', '.join(_ROLES)}"
                raise ValueError(f"says {role!r} for {value!r}, which is no role{hint}")
        return plain_titles(given)

    @field_validator("generate")
    @classmethod
    def _are_kinds(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for kind in given:
            if kind not in _GENERATED:
                hint = did_you_mean(kind, _GENERATED) or f"; kinds are {', '.join(_GENERATED)}"
                raise ValueError(f"names {kind!r}{hint}")
        return given

    @field_validator("as_of")
    @classmethod
    def _is_day(cls, given: str | None) -> str | None:
        try:
            return given and date.fromisoformat(given).isoformat()
        except ValueError:
            raise ValueError("is a day such as 2026-10-31") from None

    def layout(self, *, of_people: bool = False) -> Layout:
        """Return how tables are written, as far as it says so."""
        return Layout(self.encoding, self.separator, self.header_row if of_people else None)


def read_guide(path: Path | None) -> Guide:
    """Read a ``mapping.yaml``; without one everything is found out.

    Raises
    ------
    InputError
        With file, line and column of everything that is wrong.
    """
    if path is None:
        return Guide()
    document = read_document(path)
    try:
        return Guide.model_validate(document.data)
    except ValidationError as error:
        raise explain(error, document, lambda *_: Guide) from None
