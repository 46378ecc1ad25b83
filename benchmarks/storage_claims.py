"""Claiming and recording without a network: what the record alone costs per letter.

Run with `python -m benchmarks.storage_claims [letters] [batch]`; both databases in one run.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvloop

from benchmarks.databases import Copies, PostgresCopies, SqliteCopies, postgres_server
from benchmarks.house import NOON, TZ, new_id, transactions
from core.outbox import Accepted
from core.usecases.delivery.record_deliveries import record_deliveries
from core.usecases.delivery.take_turn import take_turn
from storage.engine import open_store


async def run(url: str, *, batch: int) -> dict[str, tuple[int, float, float]]:
    """Letters, wall seconds and this process's CPU seconds, for claiming and for recording.

    Batches are claimed and recorded in turn, as the delivery loop does.
    """
    store = open_store(url)
    uow = transactions(store)
    spent = {"claim": [0.0, 0.0], "record": [0.0, 0.0]}
    letters = 0
    while True:
        lease = new_id()
        with _counted(spent["claim"]):
            won = await take_turn(uow, (), lease=lease, limit=batch, at=NOON, tz=TZ)
        if not won:
            break
        letters += len(won)
        answers = [(claim, Accepted(request_id=f"r-{claim.letter_id}")) for claim in won]
        with _counted(spent["record"]):
            await record_deliveries(uow, answers, at=NOON)
    await store.close()
    return {part: (letters, wall, cpu) for part, (wall, cpu) in spent.items()}


@contextmanager
def _counted(spent: list[float]) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    spent[0] += time.perf_counter() - wall
    spent[1] += time.process_time() - cpu


def report(copies: Copies, *, batch: int, rounds: int = 3) -> None:
    """Print the best of some rounds."""
    best: dict[str, tuple[float, float]] = {}
    for _ in range(rounds):
        url = copies.fresh()
        for part, (count, wall, cpu) in uvloop.run(run(url, batch=batch)).items():
            rate, cost = count / wall, cpu / count * 1e6
            former = best.get(part, (0.0, 1e9))
            best[part] = max(former[0], rate), min(former[1], cost)
        copies.drop(url)
    for part, (rate, cost) in best.items():
        print(f"{copies.name:11} {part:7} {rate:9,.0f} rows/s {cost:7.1f} CPU µs a row")


def main(letters: int = 10_000, batch: int = 256) -> None:
    """Both databases."""
    with tempfile.TemporaryDirectory() as folder:
        report(SqliteCopies(Path(folder), letters=letters), batch=batch)
    with warnings.catch_warnings(), postgres_server() as server:
        report(PostgresCopies(server, letters=letters), batch=batch)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
