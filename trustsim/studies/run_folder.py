"""A run folder: ``manifest.json``, ``weekly.parquet`` and ``summary.csv`` of one comparison, whole or not at all.

In a real hospital there is also ``organization/``, with pseudonyms: enough to run it again wherever the folder goes.

The folder is made beside its place and renamed into it when it is complete, so that whoever stops the program, and
when, never finds half a run. It never takes the place of another run.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustsim.comparison import Comparison
from trustsim.errors import InputError, WorkError
from trustsim.measures import NAMES
from trustsim.roster import write_organization
from trustsim.studies.provenance import environment
from trustsim.studies.recipe import Recipe

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMAT", "Run", "claim", "read_run", "write_run"]

FORMAT: Final = 1
"""Version of the layout of the folder and of its manifest."""
_MANIFEST, _WEEKLY, _SUMMARY = "manifest.json", "weekly.parquet", "summary.csv"
_ORGANIZATION: Final = "organization"
_METADATA: Final = b"trustsim.digest"


@dataclass(frozen=True)
class Run:
    """A run folder that was read.

    Attributes
    ----------
    folder : Path
    manifest : dict
        ``digest`` says which run it is, ``scenario`` and ``baseline`` stand there as they were resolved.
    """

    folder: Path
    manifest: dict[str, Any]

    def weekly(self) -> pd.DataFrame:
        """Return every week of every run, as `Comparison.weekly`."""
        import pyarrow.parquet as pq

        path = self.folder / _WEEKLY
        try:
            table = pq.read_table(path)
        except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
            raise InputError(f"cannot be read as Parquet: {error}", path=path) from None
        if (table.schema.metadata or {}).get(_METADATA, b"").decode() != self.manifest["digest"]:
            raise InputError(f"is not of the run that {_MANIFEST} describes", path=path)
        frame: pd.DataFrame = table.to_pandas()
        return frame

    def summary(self) -> pd.DataFrame:
        """Return the effects on all measures, as `Comparison.table`."""
        import pandas as pd

        path = self.folder / _SUMMARY
        try:
            return pd.read_csv(path, index_col="measure")
        except (OSError, ValueError) as error:
            raise InputError(f"cannot be read as CSV: {error}", path=path) from None


def read_run(folder: str | Path) -> Run:
    """Read a run folder.

    Raises
    ------
    InputError
        If it is none, or one of a later version of trustsim.
    """
    path = Path(folder) / _MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"is no run folder: {_MANIFEST}: {error.strerror}", path=folder) from None
    except ValueError as error:
        raise InputError(f"is no manifest: {error}", path=path) from None
    if not isinstance(manifest, dict) or not {"format", "digest"} <= manifest.keys():
        raise InputError("is no manifest of a run: format or digest is missing", path=path)
    if manifest["format"] != FORMAT:
        raise InputError(
            f"has format {manifest['format']!r}; this version of trustsim reads format {FORMAT}", path=path
        )
    return Run(Path(folder), manifest)


def claim(folder: Path, recipe: Recipe) -> None:
    """Make sure, before any work is done, that a folder is free for a run, or holds the same run already.

    Raises
    ------
    InputError
        If it holds something else.
    WorkError
        If it cannot be written.
    """
    if folder.is_dir():
        if any(folder.iterdir()):
            _refuse_another(folder, recipe)
    elif folder.exists():
        raise InputError("is a file; a run needs a folder of its own", path=folder)
    probe = _beside(folder)
    try:  # what may be written shows only by writing
        probe.mkdir(parents=True)
        probe.rmdir()
    except OSError as error:
        raise WorkError(f"{folder}: cannot be made: {error.strerror}; name a folder that you may write to") from error


def write_run(
    folder: str | Path, recipe: Recipe, comparison: Comparison, *, command: Sequence[str], started: datetime
) -> Run:
    """Write a run folder.

    Parameters
    ----------
    folder : str or Path
        Free, or of the same run, which is then replaced.
    recipe : Recipe
        What was run.
    comparison : Comparison
        What came out.
    command : sequence of str
        The command line; empty if it was called from Python.
    started : datetime
        When the work began, with its time zone.

    Returns
    -------
    Run

    Raises
    ------
    InputError
        If the folder holds something else.
    WorkError
        If it cannot be written.
    """
    target = Path(folder).absolute()
    claim(Path(folder), recipe)
    beside = _beside(target)
    try:
        beside.mkdir(parents=True)
        _write_weekly(beside / _WEEKLY, comparison, recipe.digest)
        with (beside / _SUMMARY).open("w", encoding="utf-8", newline="") as file:
            comparison.table(NAMES).to_csv(file, lineterminator="\n")
        if recipe.organization is not None:
            write_organization(recipe.organization, beside / _ORGANIZATION)
        manifest = {
            "format": FORMAT,
            "digest": recipe.digest,
            "command": list(command),
            "started": started.astimezone(UTC).isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            **recipe.describe(),
            "seeds": list(comparison.seeds),
            "environment": environment(),
            "files": {name: _hash(beside / name) for name in (_WEEKLY, _SUMMARY)},
        }
        (beside / _MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        _move_into_place(beside, target)
    except OSError as error:
        raise WorkError(
            f"{folder}: the run folder could not be written: {error.strerror or error}; nothing is left of it. "
            "Free some space, or name another folder"
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Run(Path(folder), manifest)


def _refuse_another(folder: Path, recipe: Recipe) -> None:
    if not (folder / _MANIFEST).exists():
        raise InputError("is not empty and holds no run; name another folder", path=folder)
    manifest = read_run(folder).manifest
    if manifest["digest"] != recipe.digest:
        raise InputError(
            f"holds another run ({manifest['digest'][:8]}, finished {manifest.get('finished')}); this one is "
            f"{recipe.digest[:8]}. Name another folder, or remove that one",
            path=folder,
        )


def _beside(folder: Path) -> Path:
    """Return where a folder is made before it is complete: on the same disk, so that renaming it is one step."""
    target = folder.absolute()
    return target.with_name(f".{target.name}.partial-{os.getpid()}")


def _write_weekly(path: Path, comparison: Comparison, digest: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(comparison.weekly(), preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), _METADATA: digest})
    pq.write_table(table, path, compression="zstd")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move_into_place(made: Path, target: Path) -> None:
    """Put a finished folder in its place; an older one of the same run leaves only when the new one is complete."""
    older = made.with_name(f".{target.name}.older-{os.getpid()}")
    if target.exists():
        target.rename(older)
    try:
        made.rename(target)
    except OSError:
        if older.exists():
            older.rename(target)
        raise
    shutil.rmtree(older, ignore_errors=True)
