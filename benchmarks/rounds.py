"""Interleaved rounds: every contender once a round, and only ratios within a round count."""

import statistics
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from benchmarks.children import Child
from benchmarks.databases import Copies

SDK_SHARE: Final = 5  # The SDK's loop is slow; a fifth of the letters tells its rate as well.


@dataclass
class Figures:
    """Figures by name, one a round, and what must not happen."""

    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)

    def note(self, name: str, value: float) -> None:
        """One round's figure."""
        self.values[name].append(value)

    def median(self, name: str) -> float:
        """Over the rounds."""
        return statistics.median(self.values[name])

    def spread(self, name: str) -> tuple[float, float]:
        """Least and most over the rounds."""
        return min(self.values[name]), max(self.values[name])

    def expect(self, right: bool, fault: str) -> None:
        """Write down a fault unless all is right."""
        if not right:
            self.faults.append(fault)


Tell = Callable[[str], None]


def delivery(databases: list[Copies], *, letters: int, rounds: int, tell: Tell) -> Figures:
    """Letters a second: bare loop, SDK loop, and the full path on each database."""
    figures = Figures()
    with ExitStack() as stack:
        stub = stack.enter_context(Child("benchmarks.stub_line"))
        origin = f"http://127.0.0.1:{stub.started['port']}"
        senders = {
            name: stack.enter_context(Child("benchmarks.senders", name, origin))
            for name in ("bare", "sdk", "product")
        }
        senders["bare"].ask(letters=min(letters, 1000))
        senders["sdk"].ask(letters=100)
        for number in range(1, rounds + 1):
            _delivery_round(figures, senders, databases, letters)
            tell(f"delivery, round {number} of {rounds}")
    return figures


def _delivery_round(
    figures: Figures, senders: dict[str, Child], databases: list[Copies], letters: int
) -> None:
    answer = senders["bare"].ask(letters=letters)
    bare, bare_cpu = letters / answer["seconds"], answer["cpu"] / letters
    figures.note("bare", bare)
    answer = senders["sdk"].ask(letters=letters // SDK_SHARE)
    sdk = letters // SDK_SHARE / answer["seconds"]
    figures.note("sdk", sdk)
    for database in databases:
        url = database.fresh()
        answer = senders["product"].ask(database=url, letters=letters)
        database.drop(url)
        full = letters / answer["seconds"]
        name = database.name
        figures.note(name, full)
        figures.note(f"{name}:bare", full / bare)
        figures.note(f"{name}:sdk", full / sdk)
        figures.note(f"{name} cpu", answer["cpu"] / letters / bare_cpu)
        figures.note(f"{name} megabytes", answer["megabytes"])
        figures.expect(answer["sent"] == letters, f"{name}: {answer['sent']} of {letters} SENT")
        figures.expect(answer["chain"] == "whole", f"{name}: the audit chain is {answer['chain']}")
        figures.expect(
            (answer["requests"], answer["keys"]) == (letters, letters),
            f"{name}: the stub has {answer['requests']} requests, {answer['keys']} keys",
        )


def intake(databases: list[Copies], *, posts: int, rounds: int, tell: Tell) -> Figures:
    """Webhooks a second: bare route, and the product's on each database."""
    figures = Figures()
    with ExitStack() as stack:
        load = stack.enter_context(Child("benchmarks.load"))
        servers = {"bare": stack.enter_context(Child("benchmarks.receivers", "bare"))}
        urls = {}
        for database in databases:
            urls[database.name] = database.fresh()
            stack.callback(database.drop, urls[database.name])
            servers[database.name] = stack.enter_context(
                Child("benchmarks.receivers", "product", urls[database.name])
            )
        for server in servers.values():
            load.ask(port=server.started["port"], posts=min(posts, 1000))
            server.ask(kept=True)
        for number in range(1, rounds + 1):
            _intake_round(figures, load, servers, posts)
            tell(f"intake, round {number} of {rounds}")
    return figures


def _intake_round(figures: Figures, load: Child, servers: dict[str, Child], posts: int) -> None:
    bare = 0.0
    for name, server in servers.items():
        cpu = server.ask()["cpu_so_far"]
        answer = load.ask(port=server.started["port"], posts=posts)
        after = server.ask(kept=True)
        rate = posts / answer["seconds"]
        figures.note(name, rate)
        figures.note(f"{name} p50", answer["p50_ms"])
        figures.note(f"{name} p99", answer["p99_ms"])
        figures.note(f"{name} cpu", (after["cpu_so_far"] - cpu) / posts * 1e6)
        figures.expect(answer["good"] == posts, f"{name}: {answer['good']} of {posts} answered 200")
        if name == "bare":
            bare = rate
            continue
        figures.note(f"{name}:bare", rate / bare)
        figures.note("lost", posts - after["events"])
        figures.expect(after["events"] == posts, f"{name}: {after['events']} of {posts} kept")
