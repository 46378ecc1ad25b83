"""Claiming and recording without a network: what the record alone costs per letter.

Run with `python -m benchmarks.storage_claims [letters] [batch]`; both databases in one run.
"""

import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

import uvloop

from benchmarks.databases import Copies, PostgresCopies, SqliteCopies, postgres_server
from benchmarks.house import NOON, TZ, new_id, transactions
from core.outbox import Accepted
from core.ports import Claim, UnitOfWork
from core.usecases.delivery.claim_letters import claim_letters
from core.usecases.delivery.record_deliveries import record_deliveries
from storage.engine import open_store


async def run(url: str, *, batch: int) -> dict[str, tuple[int, float, float]]:
    """Rows, wall seconds and this process's CPU seconds, for claiming and for recording."""
    store = open_store(url)
    uow = transactions(store)
    claims: list[tuple[str, tuple[Claim, ...]]] = []
    started = time.perf_counter(), time.process_time()
    while True:
        lease = new_id()
        won = await claim_letters(uow, lease=lease, limit=batch, at=NOON, tz=TZ)
        if not won:
            break
        claims.append((lease, won))
    between = time.perf_counter(), time.process_time()
    await _record(uow, claims)
    ended = time.perf_counter(), time.process_time()
    await store.close()
    count = sum(len(won) for _, won in claims)
    return {
        "claim": (count, between[0] - started[0], between[1] - started[1]),
        "record": (count, ended[0] - between[0], ended[1] - between[1]),
    }


async def _record(uow: UnitOfWork, claims: Sequence[tuple[str, tuple[Claim, ...]]]) -> None:
    for lease, won in claims:
        answers = [(claim, Accepted(request_id=f"r-{claim.letter_id}")) for claim in won]
        await record_deliveries(uow, answers, lease=lease, at=NOON)


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
