"""The one door to numba: how rules and kernels are compiled, and where compiled code is kept.

`rule` marks a scalar function that both engines call: plain Python for the Mesa model, inlined machine code in a
kernel. `kernel` marks a loop over worlds. No fastmath, ever: the two engines must agree bit for bit.
``error_model="numpy"`` since a check for division by zero in the inner loop keeps the compiler from using vector
instructions.

numba's own cache does not notice when a function that was inlined from another file changes. So the cache folder is
named by a hash of every source file that can end up in a kernel: an edited rule is compiled anew, never served stale.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import Any, Final, ParamSpec, TypeVar

import numba
from numba.core.compiler import Compiler
from numba.extending import register_jitable

__all__ = ["cache_folder", "is_compiling", "kernel", "kernel_digest", "part", "rule"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


class _Separate(Compiler):  # type: ignore[misc]  # numba has no types
    """numba's usual compiler, told that the arrays which a function gets do not overlap.

    Without this it checks in front of each loop whether any two of a dozen rows overlap, or gives up on vector
    instructions. The contract: what a kernel or a part writes through one argument it never reads through another.
    """

    def define_pipelines(self) -> Any:
        self.state.flags.noalias = True
        return super().define_pipelines()


# Without "_nrt" every row that a loop takes of an array is counted in and out of use, which costs more than its
# arithmetic; kernels own no memory, so there is nothing to count.
_OPTIONS: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "_nrt": False, "pipeline_class": _Separate}
_FIRST: Final = threading.Lock()
_MONTH: Final = 30 * 24 * 3600.0
_KERNELS: Final[dict[str, Any]] = {}

_PACKAGE: Final = Path(__file__).parent
# What can be inlined into a kernel, or decides a constant in one.
_SOURCES: Final = (
    "rules",
    "worlds",
    "parameters",
    "levers.py",
    "measures.py",
    "draws.py",
    "organization/roles.py",
    "_jit.py",
)


@cache
def kernel_digest() -> str:
    """Return the hash of all sources that decide what the compiled kernels do: 16 hexadecimal digits."""
    digest = hashlib.sha256(f"numba {numba.__version__} python {sys.version_info[:2]}".encode())
    for name in _SOURCES:
        root = _PACKAGE / name
        files = sorted(path for path in root.rglob("*") if path.suffix in {".py", ".toml"}) if root.is_dir() else [root]
        for file in files:
            digest.update(file.relative_to(_PACKAGE).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path | None:
    """Return the folder of this version's compiled kernels, None if there is no place to keep them.

    It lies in ``$TRUSTSIM_CACHE`` if that is set, else in the user's cache folder; where these cannot be written, in
    the folder for temporary files. numba is never left to choose: its own choice would serve stale kernels.
    """
    for number, root in enumerate(_roots()):
        folder = root / "kernels" / kernel_digest()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=folder):
                os.utime(folder)
        except OSError:
            continue
        if number > 0:
            warnings.warn(f"compiled kernels are kept in {folder}: the usual place is not writable", stacklevel=2)
        return folder
    warnings.warn("compiled kernels are kept nowhere, and compiled again in each process", stacklevel=2)
    return None


def _roots() -> Iterator[Path]:
    named, of_user = os.environ.get("TRUSTSIM_CACHE"), os.environ.get("XDG_CACHE_HOME")
    if named:
        yield Path(named)
    elif of_user:
        yield Path(of_user, "trustsim")
    else:
        with suppress(RuntimeError):  # a user without a home, as in some containers
            yield Path.home() / ".cache" / "trustsim"
    yield Path(gettempdir(), f"trustsim-{os.getuid() if hasattr(os, 'getuid') else os.getlogin()}")


def _forget_old_kernels() -> None:
    """Remove what was compiled of other versions and not used for a month."""
    folder = cache_folder()
    if folder is not None:
        for other in folder.parent.iterdir():
            if other != folder and time.time() - other.stat().st_mtime > _MONTH:
                shutil.rmtree(other, ignore_errors=True)


def is_compiling() -> bool:
    """Whether the next call of a kernel that was imported has to compile it first: nothing of it lies in the cache."""
    return any(
        kernel.stats.cache_path is None or not any(Path(kernel.stats.cache_path).glob(f"*.{name}-*.nbi"))
        for name, kernel in _KERNELS.items()
    )


def rule(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Mark a scalar function as a rule: called as Python by the Mesa model, inlined by the kernels."""
    marked: Callable[_P, _R] = register_jitable(error_model="numpy", forceinline=True)(function)
    return marked


def kernel(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Compile a function that Python calls: without the interpreter's lock, cached on disk by `kernel_digest`."""
    if numba.config.DISABLE_JIT:
        return function
    folder, usual = cache_folder(), numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder or usual)  # numba looks at it here and now; others keep their own
    try:
        compiled = numba.njit(**_OPTIONS, cache=folder is not None)(function)
    finally:
        numba.config.CACHE_DIR = usual
    _KERNELS[function.__name__] = compiled

    @wraps(function)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        if not compiled.signatures:
            with _FIRST, _our_optimization():
                _forget_old_kernels()
                return compiled(*args, **kwargs)  # type: ignore[no-any-return]  # numba has no types
        return compiled(*args, **kwargs)  # type: ignore[no-any-return]  # numba has no types

    return call


@contextmanager
def _our_optimization() -> Iterator[None]:
    # Level 1 compiles in two thirds of the time of level 3, and the code is as fast: vector instructions do not depend
    # on it.
    usual = numba.config.OPT
    numba.config.OPT = type(usual)(1)
    try:
        yield
    finally:
        numba.config.OPT = usual


def part(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Compile a part of a kernel, a stage or a loop over worlds; it becomes part of the code of whoever calls it.

    That is what lets the compiler keep the addresses of rows in registers, and it saves the wrappers by which Python
    calls.
    """
    compiled: Callable[_P, _R] = numba.njit(
        **_OPTIONS, forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled
