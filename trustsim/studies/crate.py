"""The RO-Crate of a study: a file of metadata that archives and search engines read, written by its specification.

References
----------
1. RO-Crate Metadata Specification 1.2. https://w3id.org/ro/crate/1.2
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any, Final

from trustsim.studies.durable import write_json
from trustsim.studies.identity import read_manifest

__all__ = ["CRATE", "write_crate"]

CRATE: Final = "ro-crate-metadata.json"
_PARQUET: Final = "application/vnd.apache.parquet"
_TOLD: Final = {
    "manifest.json": "What study this is, and when, where and with what code it was run.",
    "study.yaml": "The study, to be run again.",
    "scenario.yaml": "The scenario, with all that it inherits.",
    "baseline.yaml": "What the scenario is compared with.",
    "scenario_parameters.yaml": "Plausible parameters, of which each replicate has one vector.",
    "baseline_parameters.yaml": "The same for the baseline.",
    "design.parquet": "The points: a row for each of the design, with the value of every factor.",
    "failures.parquet": "Runs that failed, and the command that runs each again.",
    "runs/": "Outcomes: a row for each point and replicate.",
    "analysis/": "What the outcomes mean: tables, figures and a summary.",
}


def write_crate(folder: Path) -> Path:
    """Write the metadata of a study's folder, and return its path.

    Raises
    ------
    InputError
        If the folder is not of a study.
    WorkError
        If it cannot be written.
    """
    manifest = read_manifest(folder)
    study, environment = manifest["study"], manifest["environment"]
    entries = [_entry(folder, name) for name in _TOLD if (folder / name).exists()]
    engine = {
        "@id": "#trustsim",
        "@type": "SoftwareApplication",
        "name": "trustsim",
        "softwareVersion": environment["trustsim"],
        "identifier": (environment["commit"] or {}).get("id") or manifest["model"],
    }
    actions = [
        {
            "@id": f"#session-{number}",
            "@type": "CreateAction",
            "name": " ".join(map(str, session["command"])) or "from Python",
            "startTime": session["started"],
            "endTime": session["finished"],
            "instrument": {"@id": engine["@id"]},
            "object": [{"@id": "study.yaml"}, {"@id": "scenario.yaml"}],
            "result": [{"@id": "runs/"}],
        }
        for number, session in enumerate(manifest["sessions"], start=1)
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": study["study"],
        "description": study["question"] or f"A study of the scenario {study['scenario']['name']}.",
        "datePublished": manifest["sessions"][-1]["finished"] if manifest["sessions"] else "",
        "license": "No license is stated for these results.",
        "hasPart": [{"@id": entry["@id"]} for entry in entries],
        "mentions": [{"@id": action["@id"]} for action in actions],
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
        "about": {"@id": "./"},
    }
    graph = [descriptor, root, engine, *actions, *entries]
    write_json(folder / CRATE, {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph})
    return folder / CRATE


def _entry(folder: Path, name: str) -> dict[str, Any]:
    if name.endswith("/"):
        return {"@id": name, "@type": "Dataset", "name": name.rstrip("/"), "description": _TOLD[name]}
    kind = _PARQUET if name.endswith(".parquet") else mimetypes.guess_type(name)[0] or "text/yaml"
    size = str((folder / name).stat().st_size)
    return {"@id": name, "@type": "File", "description": _TOLD[name], "encodingFormat": kind, "contentSize": size}
