"""Work that takes time, as a page starts, shows and stops it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import solara

from trustsim.app.service.errand import Check, Errand, Note, Progress

__all__ = ["shown", "use_errand"]


def use_errand() -> tuple[Progress[Any], Callable[[Callable[[Note, Check], Any]], None], Callable[[], None]]:
    """Return how far a piece of work is, what starts it, and what stops it; it stops when the page is closed."""
    errand: Errand[Any] = solara.use_memo(Errand, [])
    progress, tell = solara.use_state(Progress())
    solara.use_effect(lambda: errand.stop, [])
    return progress, lambda work: errand.start(work, tell), errand.stop


def shown(
    title: str,
    about: str,
    label: str,
    progress: Progress[Any],
    *,
    can: bool,
    said: str = "",
    files: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return what `ErrandW` shows.

    Parameters
    ----------
    title, about, label : str
        The last is the button's.
    progress : Progress
    can : bool
        Whether it can be started.
    said : str
        What there is to say while nothing is done.
    files : mapping of str to str
        What can be taken, by key.
    """
    stages = {
        "working": progress.doing or "Waiting for a turn at the machine ...",
        "stopped": "Stopped.",
        "failed": f"It failed: {progress.error}.",
    }
    return json.dumps(
        {
            "title": title,
            "about": about,
            "label": label,
            "can": can,
            "share": progress.share,
            "said": stages.get(progress.stage, said),
            "error": stages["failed"] if progress.stage == "failed" else "",
            "files": [{"key": key, "text": text} for key, text in files.items()],
        }
    )
