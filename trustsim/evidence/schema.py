"""What a finding and a target are, and what of them has to be true before anything is looked up."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from trustsim.errors import did_you_mean

__all__ = ["Certainty", "Entry", "Finding", "Grade", "Number", "Part", "Role", "Source", "Target"]

Certainty = Literal["seen", "secondary", "memory", "derived"]
Grade = Literal["A", "A-", "B", "B-", "C+", "C"]
Role = Literal["CAL", "HOLD", "VERIFY"]

Interval = Annotated[tuple[float, float], Field(strict=False)]  # a list, as files write it
_Text = Annotated[str, Field(min_length=1)]


def _refuse(what: str) -> NoReturn:
    raise PydanticCustomError("refused", "{what}", {"what": what})


class Record(BaseModel):
    """What stands in a file of the evidence: plain values that never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Entry(Record):
    """What stands in such a file under a key of its own.

    A subclass names the classes of the records that it holds, by field.
    """

    holds: ClassVar[dict[str, type[Record]]]


class Source(Record):
    """A publication.

    Attributes
    ----------
    authors, journal : str, optional
        At least one is known. A journal comes with volume and pages as far as they are known; a report with its title.
    year : int, optional
    doi, url : str, optional
        `url` is where it was read.
    """

    authors: _Text | None = None
    year: int | None = Field(default=None, ge=1900, le=2100)
    journal: _Text | None = None
    doi: str | None = None
    url: str | None = None

    @field_validator("doi")
    @classmethod
    def _is_a_doi(cls, doi: str | None) -> str | None:
        if doi is not None and not re.fullmatch(r"10\.\d{4,}/\S+", doi):
            _refuse(f"a doi is what follows doi.org/, such as 10.1370/afm.2338, not {doi!r}")
        return doi

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://\S+", url):
            _refuse(f"a url starts with https:// or http://, not {url!r}")
        return url

    @model_validator(mode="after")
    def _has_a_name(self) -> Source:
        if not (self.authors or self.journal or self.url):
            _refuse("a source has authors, a journal or a url")
        return self

    @property
    def citation(self) -> str:
        """First author and year: ``"Shanafelt 2019"``; journal and year if the authors are not known."""
        name = re.split(r",| & | et al", self.authors)[0] if self.authors else self.journal or self.url or ""
        return f"{name} {self.year}" if self.year else name


class Number(Record):
    """A number of a finding.

    Attributes
    ----------
    what, unit : str
    value : float, optional
        Missing where only an interval or a range is known.
    interval : (low, high), optional
        Confidence interval, 95 %.
    range : (low, high), optional
        Of several values, or of what is plausible.
    certainty : {"seen", "secondary", "memory", "derived"}
        How sure it is.
    of : str, optional
        `Source.citation` of the source that has it, if that is not the first.
    """

    what: _Text
    value: float | None = None
    interval: Interval | None = None
    range: Interval | None = None
    unit: _Text
    certainty: Certainty
    of: str | None = None

    @model_validator(mode="after")
    def _is_a_number(self) -> Number:
        if self.value is None and self.interval is None and self.range is None:
            _refuse(f"{self.what!r} has neither value nor interval nor range")
        for bounds in (self.interval, self.range):
            if bounds is not None:
                _check_bounds(bounds, self.value, self.what)
        return self


class Finding(Entry):
    """A published finding: one sentence, its numbers, and how far to trust it.

    Attributes
    ----------
    finding, population : str
        What was found, of whom.
    grade : {"A", "A-", "B", "B-", "C+", "C"}, optional
        How good the evidence is (the head of ``findings.yaml`` says what the letters stand for). None for models.
    certainty : {"seen", "secondary", "memory", "derived"}
        How sure it is that the publication says so; its numbers may differ.
    sources : tuple of Source
    see : tuple of str
        Keys of other findings that belong to it.
    numbers : tuple of Number
        None for a finding that gives no more than a direction.
    contrary : str
        A result against the obvious story, which the model must be able to produce.
    note : str
        What to keep in mind when using it.
    """

    holds = {"sources": Source, "numbers": Number}

    finding: _Text
    population: _Text
    grade: Grade | None = None
    certainty: Certainty
    sources: tuple[Source, ...] = Field(default=(), strict=False)
    see: tuple[str, ...] = Field(default=(), strict=False)
    numbers: tuple[Number, ...] = Field(default=(), strict=False)
    contrary: str = ""
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _numbers_are_as_sure_as_it_is(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not isinstance(given.get("numbers"), list) or "certainty" not in given:
            return given
        sure = {"certainty": given["certainty"]}
        return {**given, "numbers": [sure | each if isinstance(each, dict) else each for each in given["numbers"]]}

    @model_validator(mode="after")
    def _comes_from_somewhere(self) -> Finding:
        if not self.sources and not self.see:
            _refuse("a finding has sources, or other findings to see")
        known = [source.citation for source in self.sources]
        for number in self.numbers:
            if number.of is not None and number.of not in known:
                _refuse(f"{number.what!r} is of no source {number.of!r}{did_you_mean(number.of, known)}")
        return self

    @property
    def citation(self) -> str:
        """Its first source: ``"Shanafelt 2019"``; the findings that it draws on if it has none of its own."""
        return self.sources[0].citation if self.sources else f"see {', '.join(self.see)}"


class Part(Record):
    """One number that the model has to give for a target, and how near it has to come.

    Attributes
    ----------
    measure : str, optional
        The measure of `trustsim.measures` that it is worked out from; none if the model does not have one.
    metric : str
        How it is worked out, in the model's terms.
    unit : str
    published : float, optional
        Missing where only a sign or a range is published.
    interval, range : (low, high), optional
        As of a `Number`.
    low, high : float, optional
        The tolerance: it passes inside. At least one is given.
    """

    measure: str | None
    metric: _Text
    unit: _Text
    published: float | None = None
    interval: Interval | None = None
    range: Interval | None = None
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _can_be_passed(self) -> Part:
        for bounds in (self.interval, self.range):
            if bounds is not None:
                _check_bounds(bounds, self.published, "published")
        low, high = self.tolerance
        if self.low is None and self.high is None:
            _refuse("a tolerance has low, high or both")
        _check_bounds((low, high), self.published, "published")
        return self

    @property
    def tolerance(self) -> tuple[float, float]:
        """Lower and upper bound; infinite where there is none."""
        return (-float("inf") if self.low is None else self.low, float("inf") if self.high is None else self.high)


class Target(Entry):
    """A published regularity that the model is calibrated on or held against.

    Attributes
    ----------
    about, population, horizon : str
        What it is, of whom, and when after what.
    role : {"CAL", "HOLD", "VERIFY"}
        Whether calibration may use it, or must not see it; VERIFY is true by construction of the rules.
    basis : tuple of str
        Keys of the findings that it rests on.
    parts : dict of str to Part
        What has to come near, each by a name of its own; all must, for the target to pass.
    note : str
    """

    holds = {"parts": Part}

    about: _Text
    population: _Text
    horizon: _Text
    role: Role
    basis: tuple[str, ...] = Field(strict=False, min_length=1)
    parts: dict[str, Part] = Field(min_length=1)
    note: str = ""


def _check_bounds(bounds: tuple[float, float], value: float | None, what: str) -> None:
    """Refuse bounds that are none, or that leave out the value that they are of."""
    low, high = bounds
    if low >= high:
        _refuse(f"{what}: {low:g} to {high:g} is no interval; the lower bound stands first")
    if value is not None and not low <= value <= high:
        _refuse(f"{what}: {value:g} is outside its bounds, {low:g} to {high:g}")
