"""Runs on disk: Parquet parts that are appended, read back with their checksums, and merged to one part a replicate."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from trustsim.errors import InputError
from trustsim.studies.durable import write_parquet
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
    ids: Any
    has_baseline: bool
    _token: str = field(default_factory=lambda: secrets.token_hex(4))

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
        write_parquet(self.folder / f"part-{self._token}-{len(self.paths()):06d}.parquet", self._table(outcomes))

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
            schema = pq.read_schema(path)
            table = pq.read_table(path, columns=columns, page_checksum_verification=True)
        except (OSError, pa.ArrowException) as error:
            raise InputError(f"is damaged: {' '.join(str(error).split())}", path=path) from None
        if (schema.metadata or {}).get(_IDENTITY, b"").decode() != self.identity:
            raise InputError("holds runs of another study", path=path)
        frame: pd.DataFrame = table.to_pandas()
        return frame

    def merge(self) -> None:
        """Put the runs of each replicate into one part, in the order of the points; then drop the appended parts.

        Whoever stops this leaves every run in at least one part. Equal runs give equal bytes, however they came.
        """
        loose = self.loose()
        replicates: set[int] = set()
        for path in loose:
            replicates |= set(self.read(path, ["replicate"])["replicate"].tolist())
        for replicate in sorted(replicates):
            self._merge_one(replicate, loose)
        for path in loose:
            path.unlink()

    def frames(self, columns: Sequence[str] | None = None) -> Iterator[pd.DataFrame]:
        """Yield the runs part by part; a run may come twice."""
        for path in self.paths():
            yield self.read(path, columns)

    def _merge_one(self, replicate: int, loose: Sequence[Path]) -> None:
        import pandas as pd
        import pyarrow as pa

        merged = self.folder / f"part-r{replicate:05d}.parquet"
        frames = [self.read(merged)] if merged.exists() else []
        for path in loose:
            frame = self.read(path)
            frames.append(frame[frame["replicate"] == replicate])
        runs = pd.concat(frames, ignore_index=True)
        runs["place"] = pd.Index(self.ids).get_indexer(runs["point_id"])
        # A run that failed once and was done later is done.
        runs = runs.sort_values(["place", "status"], ascending=[True, False], kind="stable")
        runs = runs[runs["place"] >= 0].drop_duplicates("place").drop(columns="place")
        schema = self._schema()
        table = pa.Table.from_pandas(runs, schema=schema, preserve_index=False)
        write_parquet(merged, table.replace_schema_metadata(schema.metadata))

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
