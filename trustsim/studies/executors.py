"""Where tasks run: threads of this process, workers of a Dask cluster, or whatever speaks ``concurrent.futures``.

Kernels release the interpreter's lock, so threads use all cores and share compiled code; clusters have more of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustsim.errors import InputError, WorkError, did_you_mean
from trustsim.simulation import cores

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Pool", "check_executor", "open_executor"]

NAMES: Final = ("threads", "dask")
_RETRIES: Final = 10
_SECONDS: Final = 30


class Pool(NamedTuple):
    """An executor.

    Attributes
    ----------
    executor : concurrent.futures.Executor
    capacity : callable
        Tells how many tasks it runs at once now; clusters grow and shrink.
    name : str
    is_ours : bool
        Whether its tasks run in threads of this process, which it takes a moment to wait for.
    """

    executor: Executor
    capacity: Callable[[], int]
    name: str
    is_ours: bool = False


def check_executor(name: str) -> tuple[str, str]:
    """Return what an executor's name says: which one, and the address of its scheduler.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    kind, _, address = name.partition("=")
    if kind not in NAMES or (address and kind != "dask") or name.endswith("="):
        raise InputError(
            f"unknown executor {name!r}{did_you_mean(kind, NAMES)}; there are threads, dask and dask=ADDRESS, such as "
            "dask=tcp://host:8786"
        )
    return kind, address


@contextmanager
def open_executor(given: Executor | str, workers: int | None = None) -> Iterator[Pool]:
    """Give an executor, and close it afterwards if it was opened here.

    Parameters
    ----------
    given : concurrent.futures.Executor or str
        As `trustsim.studies.Study.run`.
    workers : int, optional
        One for each core unless given; of an executor of your own, how many tasks it can run at once.

    Raises
    ------
    InputError
        If there is no such executor, or less than one worker is asked for.
    WorkError
        If a cluster cannot be reached.
    """
    if workers is not None and workers < 1:
        raise InputError(f"found {workers} workers, needed is one or more")
    if not isinstance(given, str):
        yield Pool(given, lambda: workers or cores(), type(given).__name__, isinstance(given, ThreadPoolExecutor))
        return
    kind, address = check_executor(given)
    if kind == "dask":
        with _dask(address, workers) as pool:
            yield pool
        return
    threads = workers or cores()
    executor = ThreadPoolExecutor(threads, thread_name_prefix="trustsim")
    try:
        yield Pool(executor, lambda: threads, "threads", is_ours=True)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _dask(address: str, workers: int | None) -> Iterator[Pool]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("the executor dask needs the extra cluster: pip install 'trustsim[cluster]'") from None
    if address:
        try:
            client = Client(address, timeout=_SECONDS)
        except (OSError, ValueError) as error:
            raise WorkError(f"no Dask scheduler answers at {address}: {error}") from error
        with client:
            yield _pool(client, address)
        return
    # One thread a worker: a task is one kernel after another. No dashboard: it would open a port for all to see.
    with (
        LocalCluster(
            n_workers=workers or cores(), threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
        Client(cluster) as client,
    ):
        yield _pool(client, "dask")


def _pool(client: Client, name: str) -> Pool:
    # A worker that dies takes its tasks with it; they run again elsewhere, and give the same numbers.
    options: dict[str, Any] = {"pure": False, "retries": _RETRIES}
    return Pool(client.get_executor(**options), lambda: max(sum(client.nthreads().values()), 1), name)
