"""Run work in this process, in other local processes, or on a Dask cluster.

Every backend is a ``concurrent.futures.Executor``. Work is submitted in chunks and results are yielded in order. Only a few
chunks are pending at a time, so that the results are never all in memory.
"""

import contextlib
import ctypes
import gc
import itertools
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from guidegen.model.problems import GuidegenError
from guidegen.records import dataclass

CHUNK_SIZE = 50
"""Tasks in one chunk."""
MAX_PENDING_CHUNKS = 8
"""Maximum number of pending chunks per worker. They keep the workers busy while this process uses the results."""
MIN_TASKS_FOR_PROCESSES = 300
"""Minimum number of tasks for which other processes are started."""
Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that run work: their number of processes, the kind of executor and the address of a Dask scheduler.

    0 jobs means one process for each available core, or just this process if there is little work. ``cluster`` is that of
    ``started``.
    """

    jobs: int = 0
    kind: str = "local"
    scheduler: str = ""
    cluster: Executor | None = None

    @contextmanager
    def started(self) -> Iterator["Workers"]:
        """Yield the workers with one Dask cluster for all calls of ``map``; local processes are forked for each call."""
        if self.kind != "dask":
            yield self
            return
        with _start_dask(self.scheduler, self.jobs or _count_cores()) as cluster:
            yield replace(self, cluster=cluster)

    def map(
        self, run_chunk: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task], name: Callable[[Task], str]
    ) -> Iterator[Result]:
        """Yield the results of ``run_chunk`` for all tasks, in order.

        ``run_chunk`` maps a chunk of tasks to the list of their results. It must be picklable. ``name`` returns the name of a
        task for error messages. Raises ``GuidegenError``, which names the task if a worker process died on it.
        """
        jobs = self._count_jobs(len(tasks))
        chunks = [tasks[start : start + CHUNK_SIZE] for start in range(0, len(tasks), CHUNK_SIZE)]
        if jobs == 1 and self.kind != "dask":
            yield from itertools.chain.from_iterable(map(run_chunk, chunks))
            return
        _SHARED[:] = [run_chunk, chunks]  # forked workers inherit it, so only the numbers of chunks are sent to them
        try:
            with self._start_executor(jobs) as executor:
                find_culprit = partial(self._find_culprit, run_chunk, name)
                yield from _run_in_order(executor, self._prepare_call, run_chunk, chunks, MAX_PENDING_CHUNKS * jobs, find_culprit)
        finally:
            _SHARED.clear()

    def _count_jobs(self, tasks: int) -> int:
        if self.jobs:
            return self.jobs
        return _count_cores() if tasks >= MIN_TASKS_FOR_PROCESSES else 1

    def _prepare_call(self, run_chunk: Callable[..., list[Result]], number: int, chunk: Sequence[Task]) -> tuple[Any, ...]:
        """Return the function that a worker calls for a chunk, and its arguments."""
        if self._is_forked:
            return _run_shared_chunk, number
        if self.kind == "dask":
            return _run_pickled_chunk, pickle.dumps((run_chunk, chunk), 5)
        return run_chunk, chunk

    @property
    def _is_forked(self) -> bool:
        return self.kind == "local" and hasattr(os, "fork")

    @contextmanager
    def _start_executor(self, jobs: int) -> Iterator[Executor]:
        if self.cluster:
            yield self.cluster
            return
        if self.kind == "dask":
            with _start_dask(self.scheduler, jobs) as executor:
                yield executor
            return
        from concurrent.futures import ProcessPoolExecutor  # imported here because it is slow to import and few builds need it
        from multiprocessing import get_context

        gc.freeze()  # a collection would write to the memory pages that forked workers share, and so copy them
        try:
            with ProcessPoolExecutor(jobs, get_context("fork" if self._is_forked else "spawn"), _end_with_parent) as executor:
                yield executor
        finally:
            gc.unfreeze()

    def _find_culprit(
        self, run_chunk: Callable[[Sequence[Task]], list[Result]], name: Callable[[Task], str], chunks: Iterable[Sequence[Task]]
    ) -> str:
        """Run each task alone and return the name of the first one on which a worker dies; empty if none does."""
        for task in itertools.chain.from_iterable(chunks):
            try:
                with Workers(1, "local" if self.kind == "dask" else self.kind)._start_executor(1) as executor:
                    executor.submit(run_chunk, [task]).result()
            except BrokenExecutor:
                return name(task)
        return ""


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


_SHARED: list[Any] = []
"""The function and the chunks that forked workers inherit."""


def _run_shared_chunk(number: int) -> list[Any]:
    run_chunk, chunks = _SHARED
    results: list[Any] = run_chunk(chunks[number])
    return results


def _run_pickled_chunk(pickled: bytes) -> bytes:
    """Run a pickled call and return its pickled results. Dask's own serialization is slow: it visits each value in Python."""
    run_chunk, chunk = pickle.loads(pickled)  # noqa: S301  # from our own process
    return pickle.dumps(run_chunk(chunk), 5)


ONE_PROCESS = Workers(1)
"""Run everything in this process."""


def _run_in_order(
    executor: Executor,
    prepare_call: Callable[[Callable[..., list[Result]], int, Sequence[Task]], tuple[Any, ...]],
    run_chunk: Callable[[Sequence[Task]], list[Result]],
    chunks: Sequence[Sequence[Task]],
    max_pending: int,
    find_culprit: Callable[[Iterable[Sequence[Task]]], str],
) -> Iterator[Result]:
    pending: deque[tuple[Sequence[Task], Future[Any]]] = deque()
    numbered_chunks = enumerate(chunks)
    try:
        while True:
            for number, chunk in itertools.islice(numbered_chunks, max_pending - len(pending)):
                pending.append((chunk, executor.submit(*prepare_call(run_chunk, number, chunk))))
            if not pending:
                return
            results = pending[0][1].result()
            yield from pickle.loads(results) if isinstance(results, bytes) else results  # noqa: S301  # from our own workers
            pending.popleft()
    except Exception as error:
        if not _is_dead_worker(error):
            raise
        culprit = find_culprit([chunk for chunk, _ in pending])
        reason = f" on {culprit}" if culprit else "; is there enough memory?"
        raise GuidegenError(f"a worker process died{reason}") from error
    finally:
        for _, future in pending:
            future.cancel()


def _is_dead_worker(error: Exception) -> bool:
    """Return whether a worker process died. Dask's own ``KilledWorker`` is known by its name, because importing Dask is slow."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"


_PURE = False
"""Dask's ``pure`` option. With True, Dask would hash every value of a chunk to look up an earlier result, at more than the cost
of the work itself."""


@contextmanager
def _start_dask(scheduler: str, jobs: int) -> Iterator[Executor]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise GuidegenError("--executor dask needs dask:  pip install 'guidegen[distributed]'") from error
    if scheduler:
        try:
            client = Client(scheduler, timeout=20)
        except (OSError, ValueError) as error:
            raise GuidegenError(f"there is no Dask scheduler at {scheduler}: {error}") from error
        with client:
            yield client.get_executor(pure=_PURE)
        return
    with LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client.get_executor(pure=_PURE)


def _end_with_parent() -> None:
    """Make this worker exit on SIGTERM, and when its parent is killed and so cannot stop it.

    prctl(2), PR_SET_PDEATHSIG, Linux only.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # replaces the handler inherited from the build, which cleans up first
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))
