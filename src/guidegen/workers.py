"""Where pages are made: in this process, in others of this computer, or on the computers of a Dask cluster.

``concurrent.futures.Executor`` is all that is asked of any of them. Work goes out in chunks and comes back in their order, with
only some chunks on the way at a time, so that what is made never stands in memory as a whole.
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
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from guidegen.model.problems import GuidegenError

CHUNK = 50
"""Pieces of work that go out together."""
CHUNKS_AHEAD = 8
"""Chunks for each worker that are on the way at a time: while they are made, this process does other work."""
PAGES_WORTH_A_PROCESS = 300
"""Pieces of work below which other processes are not worth starting."""
Piece = TypeVar("Piece")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes, of which kind; ``scheduler`` is the address of a Dask cluster. 0 jobs: as many as are worth it."""

    jobs: int = 0
    kind: str = "local"
    scheduler: str = ""

    def map(
        self, make: Callable[[Sequence[Piece]], list[Made]], pieces: Sequence[Piece], name: Callable[[Piece], str]
    ) -> Iterator[Made]:
        """What ``make`` gives for each piece, in order. ``make`` must be a function that can be named; ``name`` is for messages.

        Raises ``GuidegenError`` that names the piece on which a worker died.
        """
        jobs = self._jobs(len(pieces))
        chunks = [pieces[start : start + CHUNK] for start in range(0, len(pieces), CHUNK)]
        if jobs == 1 and self.kind != "dask":
            yield from itertools.chain.from_iterable(map(make, chunks))
            return
        _SHARED[:] = [make, chunks]  # forked workers have it, so that only numbers go out to them
        with self._executor(jobs) as executor:
            culprit = partial(self._culprit, make, name)
            yield from _in_order(executor, self._call, make, chunks, CHUNKS_AHEAD * jobs, culprit)
        _SHARED.clear()

    def _jobs(self, pieces: int) -> int:
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if pieces >= PAGES_WORTH_A_PROCESS and hasattr(os, "sched_getaffinity") else 1

    def _call(self, make: Callable[..., list[Made]], number: int, chunk: Sequence[Piece]) -> tuple[Any, ...]:
        """A function that makes a chunk in whatever process, and what it is given."""
        if self._is_forked:
            return _shared_chunk, number
        if self.kind == "dask":
            return _packed_chunk, pickle.dumps((make, chunk), 5)
        return make, chunk

    @property
    def _is_forked(self) -> bool:
        return self.kind == "local" and hasattr(os, "fork")

    @contextmanager
    def _executor(self, jobs: int) -> Iterator[Executor]:
        if self.kind == "dask":
            with _dask(self.scheduler, jobs) as executor:
                yield executor
            return
        from concurrent.futures import ProcessPoolExecutor  # here, because few builds need it and it takes long to import
        from multiprocessing import get_context

        gc.freeze()  # so that the memory shared with forked workers stays shared
        try:
            with ProcessPoolExecutor(jobs, get_context("fork" if self._is_forked else "spawn"), _end_with_parent) as executor:
                yield executor
        finally:
            gc.unfreeze()

    def _culprit(
        self, make: Callable[[Sequence[Piece]], list[Made]], name: Callable[[Piece], str], left: Iterable[Sequence[Piece]]
    ) -> str:
        """The piece on which a worker dies: each is tried by itself."""
        for piece in itertools.chain.from_iterable(left):
            try:
                with Workers(1, "local" if self.kind == "dask" else self.kind)._executor(1) as executor:
                    executor.submit(make, [piece]).result()
            except BrokenExecutor:
                return name(piece)
        return ""


_SHARED: list[Any] = []


def _shared_chunk(number: int) -> list[Any]:
    make, chunks = _SHARED
    made: list[Any] = make(chunks[number])
    return made


def _packed_chunk(raw: bytes) -> bytes:
    """As bytes and back: Dask's own way looks at each value in Python."""
    make, chunk = pickle.loads(raw)  # noqa: S301  # of our own process
    return pickle.dumps(make(chunk), 5)


ONE_PROCESS = Workers(1)
"""No other process."""


def _in_order(
    executor: Executor,
    call: Callable[[Callable[..., list[Made]], int, Sequence[Piece]], tuple[Any, ...]],
    make: Callable[[Sequence[Piece]], list[Made]],
    chunks: Sequence[Sequence[Piece]],
    most: int,
    culprit: Callable[[Iterable[Sequence[Piece]]], str],
) -> Iterator[Made]:
    waiting: deque[tuple[Sequence[Piece], Future[Any]]] = deque()
    rest = enumerate(chunks)
    try:
        while True:
            for number, chunk in itertools.islice(rest, most - len(waiting)):
                waiting.append((chunk, executor.submit(*call(make, number, chunk))))
            if not waiting:
                return
            made = waiting[0][1].result()
            yield from pickle.loads(made) if isinstance(made, bytes) else made  # noqa: S301  # of our own workers
            waiting.popleft()
    except BrokenExecutor as error:
        named = culprit([chunk for chunk, _ in waiting])
        where = f" on {named}" if named else "; is there enough memory?"
        raise GuidegenError(f"a worker process died{where}") from error
    finally:
        for _, future in waiting:
            future.cancel()


_PURE = False
"""Whether Dask is to find out if it did a chunk before: it would look at each value in it, which takes longer than the work."""


@contextmanager
def _dask(scheduler: str, jobs: int) -> Iterator[Executor]:
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
    """Have a worker end when it is told to, and when its build was killed: nobody else would end it then.

    prctl(2), PR_SET_PDEATHSIG, Linux.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # not as the build that it was forked from, which puts things away first
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))
