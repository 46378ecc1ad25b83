"""The second look finds what it asks about a letter by key: a town's size does not weigh on it."""

import sqlite3

from storage.repositories.due import DUE

# Of pushes that are on their way or in doubt there are few, however large the town.
FEW = ("ix_outbox_on_its_way", "ix_outbox_doubted")


def test_no_table_is_read_whole_for_a_letter_that_is_due(sqlite_url: str) -> None:
    values = {"town": "midori", "at": 0, "month_ago": 0, "most": 10}
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {DUE.sqlite}", values).fetchall()
    steps = [step for *_, step in plan if step.startswith(("SEARCH", "SCAN"))]
    assert len(steps) > 20
    wide = [
        step
        for step in steps
        if (step.startswith("SCAN") and step != "SCAN o")
        or ("(municipality_id=?)" in step and not any(name in step for name in FEW))
    ]
    assert wide == []
