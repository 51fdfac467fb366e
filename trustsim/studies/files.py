"""Scenarios and studies as files that people read, change and run again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from trustsim.interventions import Episode

__all__ = ["as_text", "written"]


def as_text(document: Mapping[str, Any]) -> str:
    """Return plain data as the text of a YAML file, keys in their order."""
    yaml, text = YAML(typ="safe", pure=True), io.StringIO()
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # its types know only None
    yaml.width = 120
    yaml.dump(dict(document), text)
    return text.getvalue()


def written(episode: Episode) -> dict[str, Any]:
    """Return an intervention or a shock as a file has it: its kind, and what is not as usual."""
    settings = episode.model_dump(mode="json", exclude_defaults=True, exclude={"kind"})
    if settings.get("name") == episode.kind:
        del settings["name"]
    return {"kind": episode.kind, **settings}
