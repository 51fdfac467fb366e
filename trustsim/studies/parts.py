"""Runs on disk: Parquet parts that are appended, and merged to one part a replicate.

The name of a part ends with the hash of its content, so that a single bit that flips on a disk is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.studies.durable import as_parquet, write_bytes
from trustsim.studies.worker import Outcome

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["BASELINE", "FAILED", "OK", "Parts"]

OK: Final = "ok"
FAILED: Final = "failed"
BASELINE: Final = "baseline."
"""What columns of baseline levels start with."""
_IDENTITY: Final = b"trustsim.identity"
_MERGED: Final = "part-r*.parquet"


@dataclass(frozen=True)
class Parts:
    """The folder ``runs`` of a study.

    A run stands in one part or, if the program was stopped at a bad moment, in several that say the same.

    Attributes
    ----------
    folder : Path
    identity : str
        What runs of this study have in common; a part of another study is refused.
    measures : tuple of str
    ids : array of str
        Of the points, in their order.
    has_baseline : bool
    """

    folder: Path
    identity: str
    measures: tuple[str, ...]
    ids: NDArray[np.str_]
    has_baseline: bool

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of numbers: levels in the scenario, then in the baseline."""
        return (*self.measures, *(f"{BASELINE}{name}" for name in self.measures if self.has_baseline))

    def paths(self) -> list[Path]:
        """Return all parts, merged ones first."""
        found = sorted(self.folder.glob("part-*.parquet"))
        return sorted(found, key=lambda path: not path.match(_MERGED))

    def loose(self) -> list[Path]:
        """Return the parts that were appended and are not merged yet."""
        return [path for path in self.paths() if not path.match(_MERGED)]

    def append(self, outcomes: Sequence[Outcome]) -> None:
        """Write a part; errors are those of `write_parquet`."""
        self._write("part-", self._table(outcomes))

    def read(self, path: Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the runs of a part.

        Raises
        ------
        InputError
            If it is damaged, or of another study.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", path=path) from None
        if not path.stem.endswith(f"-{_hash(content)}"):
            raise InputError("is damaged: it is not what was written under this name", path=path)
        file = pq.ParquetFile(pa.BufferReader(content))
        schema = file.schema_arrow
        if (schema.metadata or {}).get(_IDENTITY, b"").decode() != self.identity:
            raise InputError("holds runs of another study", path=path)
        frame: pd.DataFrame = file.read(columns=columns).to_pandas()
        return frame

    def merge(self) -> None:
        """Put the runs of each replicate into one part, in the order of the points; then drop the appended parts.

        Whoever stops this leaves every run in at least one part. Equal runs give equal bytes, however they came.
        """
        loose = self.loose()
        replicates: set[int] = set()
        for path in loose:
            replicates |= set(self.read(path, ["replicate"])["replicate"].tolist())
        merged = self._merged()
        # Two merged parts of one replicate are what is left where a merge was stopped before the old one went.
        for replicate in sorted(replicates | {number for number, paths in merged.items() if len(paths) > 1}):
            self._merge_one(replicate, merged.get(replicate, []), loose)
        for path in loose:
            path.unlink()

    def frames(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the runs part by part; a run may come twice.

        Of a study that is running, a part may be merged and gone before its turn comes; its runs are then left out.
        """
        for path in self.paths():
            try:
                yield self.read(path, columns)
            except InputError:
                if path.exists():
                    raise

    def _merged(self) -> dict[int, list[Path]]:
        """Return the merged parts by replicate."""
        merged: dict[int, list[Path]] = {}
        for path in self.folder.glob(_MERGED):
            merged.setdefault(int(path.stem.split("-")[1].removeprefix("r")), []).append(path)
        return merged

    def _merge_one(self, replicate: int, merged: Sequence[Path], loose: Sequence[Path]) -> None:
        import pandas as pd
        import pyarrow as pa

        frames = [self.read(path) for path in merged]
        for path in loose:
            frame = self.read(path)
            frames.append(frame[frame["replicate"] == replicate])
        runs = pd.concat(frames, ignore_index=True)
        runs["place"] = pd.Index(self.ids).get_indexer(pd.Index(runs["point_id"]))
        # A run that failed once and was done later is done.
        runs = runs.sort_values(["place", "status"], ascending=[True, False], kind="stable")
        runs = runs[runs["place"] >= 0].drop_duplicates("place").drop(columns="place")
        schema = self._schema()
        table = pa.Table.from_pandas(runs, schema=schema, preserve_index=False)
        written = self._write(f"part-r{replicate:05d}-", table.replace_schema_metadata(schema.metadata))
        for path in merged:
            if path != written:
                path.unlink()

    def _write(self, stem: str, table: pa.Table) -> Path:
        content = as_parquet(table)
        path = self.folder / f"{stem}{_hash(content)}.parquet"
        write_bytes(path, content)
        return path

    def _table(self, outcomes: Sequence[Outcome]) -> pa.Table:
        import pyarrow as pa

        sizes = [len(outcome.numbers) for outcome in outcomes]
        errors = [error for outcome in outcomes for error in outcome.errors]
        levels = [np.concatenate([outcome.scenario for outcome in outcomes])]
        if self.has_baseline:
            levels.append(np.concatenate([outcome.baseline for outcome in outcomes]))
        columns: list[Any] = [
            self.ids[[number for outcome in outcomes for number in outcome.numbers]],
            np.repeat([outcome.replicate for outcome in outcomes], sizes),
            np.repeat([outcome.seed for outcome in outcomes], sizes),
            *np.concatenate(levels, axis=1).T,
            [FAILED if error else OK for error in errors],
            errors,
        ]
        schema = self._schema()
        return pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)

    def _schema(self) -> pa.Schema:
        import pyarrow as pa

        fields = [("point_id", pa.string()), ("replicate", pa.int32()), ("seed", pa.int64())]
        fields += [(name, pa.float64()) for name in self.columns]
        fields += [("status", pa.string()), ("error", pa.string())]
        return pa.schema(fields, metadata={_IDENTITY: self.identity.encode()})


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
