"""`python -m benchmarks`: delivery and intake against bare loops, in one run.

What the figures mean, and those measured, stand in docs/performance.md.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks import crisis
from benchmarks.cadence import GOAL_S, two_years
from benchmarks.case_page import CONTACTS, LETTERS, MEETINGS, case_pages
from benchmarks.databases import Copies, PostgresCopies, SqliteCopies, postgres_server
from benchmarks.rounds import Figures, delivery, intake
from benchmarks.wording import PARTS, measure, report

GOALS: Final = {
    ("delivery", "SQLite"): 0.70,
    ("delivery", "PostgreSQL"): 0.65,
    ("intake", "SQLite"): 0.64,
    ("intake", "PostgreSQL"): 0.74,
}
# A long case's page may take so many times as long as a new one's.
CASE_GOAL: Final = 1.5


def main() -> int:
    """Run, print one table; 1 when something was lost, sent twice or not recorded."""
    asked = _asked()
    if asked.only == "cadence":
        return _cadence()
    if asked.only == "lint":
        report({part: measure(part) for part in PARTS})
        return 0
    if asked.only == "crisis":
        return crisis.report()
    started = time.monotonic()
    warnings.simplefilter("ignore")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        _tell(f"seeding {asked.letters} approved letters")
        databases: list[Copies] = []
        if asked.database in ("sqlite", "both"):
            databases.append(SqliteCopies(folder, letters=asked.letters))
        if asked.database in ("postgresql", "both"):
            server = stack.enter_context(postgres_server())
            databases.append(PostgresCopies(server, letters=asked.letters))
        parts: dict[str, Figures] = {}
        if asked.only in ("delivery", "both"):
            parts["delivery"] = delivery(
                databases, letters=asked.letters, rounds=asked.rounds, tell=_tell
            )
        if asked.only in ("intake", "both"):
            parts["intake"] = intake(
                databases, posts=asked.letters, rounds=asked.rounds, tell=_tell
            )
        if asked.only in ("case", "both"):
            parts["case"] = case_pages(databases, rounds=asked.rounds, tell=_tell)
        _report(parts, [database.name for database in databases], asked, started)
    faults = [fault for figures in parts.values() for fault in figures.faults]
    for fault in faults:
        print(f"FAULT  {fault}")
    return 1 if faults else 0


def _cadence() -> int:
    years = two_years()
    print(
        f"{years.people:,} people over two years of letters, through the pure core: "
        f"{years.seconds:.1f} s (goal {GOAL_S:.0f}), {years.planned:,} letters planned, "
        f"{years.sent:,} sent with those of other senders, {years.left_out:,} left out with their "
        f"reason, {years.looks:,} second looks"
    )
    return 0 if years.seconds < GOAL_S else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 letters, one round")
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--only",
        choices=("delivery", "intake", "case", "cadence", "lint", "crisis", "both"),
        default="both",
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    asked = parser.parse_args()
    if asked.quick:
        asked.letters, asked.rounds = 500, 1
    return asked


def _tell(progress: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{progress} ...", end="", file=sys.stderr, flush=True)


def _report(
    parts: dict[str, Figures], names: list[str], asked: argparse.Namespace, started: float
) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    print(
        f"{asked.letters} letters and webhooks, {asked.rounds} interleaved rounds, medians; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, {time.monotonic() - started:.0f} s in all"
    )
    if "delivery" in parts:
        _report_delivery(parts["delivery"], names)
    if "intake" in parts:
        _report_intake(parts["intake"], names)
    if "case" in parts:
        _report_case(parts["case"], names)


def _report_delivery(figures: Figures, names: list[str]) -> None:
    print("\nDelivery: due -> claim, second look -> push -> recorded, audited, logged, card")
    print(_row("", "letters/s", "to bare", "least-most", "goal", "to SDK", "CPU to bare", "MB"))
    print(_row("bare aiohttp, 64 connections", f"{figures.median('bare'):,.0f}"))
    print(_row("official SDK, 64 tasks", f"{figures.median('sdk'):,.0f}"))
    for name in names:
        low, high = figures.spread(f"{name}:bare")
        print(
            _row(
                f"full path, {name}",
                f"{figures.median(name):,.0f}",
                f"{figures.median(f'{name}:bare'):.2f}",
                f"{low:.2f}-{high:.2f}",
                f"{GOALS['delivery', name]:.2f}",
                f"{figures.median(f'{name}:sdk'):.1f}",
                f"{figures.median(f'{name} cpu'):.1f}",
                f"{figures.median(f'{name} megabytes'):.0f}",
            )
        )


def _report_intake(figures: Figures, names: list[str]) -> None:
    print("\nIntake: signature -> durable -> 200")
    print(_row("", "posts/s", "to bare", "least-most", "goal", "p50 ms", "p99 ms", "CPU us"))
    for name in ("bare", *names):
        durable = name != "bare"
        low, high = figures.spread(f"{name}:bare") if durable else (0.0, 0.0)
        print(
            _row(
                f"durable, {name}" if durable else "bare FastAPI route, signature only",
                f"{figures.median(name):,.0f}",
                f"{figures.median(f'{name}:bare'):.2f}" if durable else "",
                f"{low:.2f}-{high:.2f}" if durable else "",
                f"{GOALS['intake', name]:.2f}" if durable else "",
                f"{figures.median(f'{name} p50'):.1f}",
                f"{figures.median(f'{name} p99'):.1f}",
                f"{figures.median(f'{name} cpu'):.0f}",
            )
        )
    print(f"events lost: {sum(figures.values['lost']):.0f}")


def _report_case(figures: Figures, names: list[str]) -> None:
    print(
        f"\nA case's page: {CONTACTS:,} contacts, {LETTERS} letters, {MEETINGS} meetings "
        "against a new case"
    )
    print(_row("", "new ms", "long ms", "long to new", "least-most", "goal"))
    for name in names:
        low, high = figures.spread(f"{name} ratio")
        print(
            _row(
                f"whole page, {name}",
                f"{figures.median(f'{name} new'):.1f}",
                f"{figures.median(f'{name} long'):.1f}",
                f"{figures.median(f'{name} ratio'):.2f}",
                f"{low:.2f}-{high:.2f}",
                f"{CASE_GOAL:.2f}",
            )
        )


def _row(name: str, *cells: str) -> str:
    return f"  {name:<36}" + "".join(f"{cell:>13}" for cell in cells)


if __name__ == "__main__":
    sys.exit(main())
