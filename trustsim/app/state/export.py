"""A run as a scenario file and as a command line: what leaves the app and gives the same numbers elsewhere.

What leaders do is in the file. What the world is like (parameters, the organization, the horizon) is in the command,
since it changes the baseline too.
"""

from __future__ import annotations

import json
import shlex
from typing import Any, Final

from trustsim.app.state.offered import as_written
from trustsim.app.state.run_spec import RunSpec
from trustsim.scenario import Scenario, load_baseline, shared_settings
from trustsim.studies.files import as_text, written

__all__ = ["as_command", "as_yaml"]

_OWN: Final = ("weeks", "burn_in", "parameters", "organization")


def as_command(spec: RunSpec, *, from_file: bool | None = None) -> str:
    """Return the command that gives the same numbers.

    Parameters
    ----------
    spec : RunSpec
    from_file : bool, optional
        Whether it runs the file of `as_yaml` rather than the shipped scenario; by default only if it must.
    """
    edited = bool(spec.added or spec.left_out)
    from_file = edited if from_file is None else from_file
    shared = _shared(spec)
    written = as_written(spec.settings)
    settings = {name: value for name, value in written.items() if name in shared or not from_file}
    words = ["trustsim", "run", f"{_name(spec)}.yaml" if from_file else spec.scenario]
    words += ["--replicates", str(spec.replicates), "--seed", str(spec.seed)]
    if "weeks" in settings:
        words += ["--weeks", str(settings.pop("weeks"))]
    for name, value in settings.items():
        words += ["--set", f"{name}={_typed(value)}"]
    if spec.hospital is not None:
        words += ["--org", spec.hospital.source, *(["--no-survey"] if spec.hospital.has_survey else [])]
    return shlex.join(words)


def as_yaml(spec: RunSpec) -> str:
    """Return a scenario file with everything that the run does and its baseline does not."""
    shipped, (scenario, _) = spec.shipped(), spec.worlds()
    usual = Scenario(name="usual")
    text: dict[str, Any] = {"name": _name(spec), "title": spec.title, "baseline": shipped.baseline}
    text |= {key: getattr(shipped, key) for key in _OWN if getattr(shipped, key) != getattr(usual, key)}
    for key in ("interventions", "shocks"):
        episodes = [written(episode) for episode in getattr(scenario, key)]
        text |= {key: episodes} if episodes else {}
    return f"# Run it: {as_command(spec, from_file=True)}\n{as_text(text)}"


def _shared(spec: RunSpec) -> frozenset[str]:
    scenario, _ = spec.worlds()
    return shared_settings(dict(spec.settings), scenario, load_baseline(spec.shipped()))


def _typed(value: object) -> str:
    if isinstance(value, list):  # of names, which JSON writes as YAML reads them
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_typed(each)}" for key, each in value.items()) + "}"
    return repr(value) if isinstance(value, float) else str(value)


def _name(spec: RunSpec) -> str:
    return f"{spec.scenario}_edited" if spec.changes else f"{spec.scenario}_copy"
