"""Files that are whole or absent, whoever stops the program and when: written beside their place, then renamed."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustsim.errors import InputError, WorkError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "LEFTOVERS", "as_parquet", "digest_of", "read_json", "write_bytes", "write_json", "write_parquet", "write_text",
]  # fmt: skip

LEFTOVERS: Final = ".*.partial"
"""Pattern of the names of files that were being written when somebody stopped the program."""
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file.

    Raises
    ------
    WorkError
        If it cannot be written; an older file stays as it is.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    with _said_plainly(path):
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            _settle(path.parent)
        finally:
            beside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file; errors are those of `write_bytes`."""
    write_bytes(path, text.encode())


def write_json(path: Path, document: object) -> None:
    """Write a JSON file; errors are those of `write_bytes`."""
    write_text(path, json.dumps(document, indent=2, allow_nan=False) + "\n")


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that holds an object.

    Raises
    ------
    InputError
        If there is none.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from None
    except ValueError as error:
        raise InputError(f"is no JSON: {error}", path=path) from None
    if not isinstance(document, dict):
        raise InputError("is no JSON object", path=path)
    return document


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table; errors are those of `write_bytes`."""
    write_bytes(path, as_parquet(table))


def as_parquet(table: pa.Table) -> bytes:
    """Return a table as a Parquet file, which is the same for equal tables."""
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file: 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Make a rename survive a power cut, where folders can be opened for that (not on Windows)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno in _FULL else error.strerror or str(error)
        raise WorkError(
            f"{path} could not be written: {why}. What was written before is whole; free some space or name another "
            "folder, and run the same command again to continue"
        ) from error
