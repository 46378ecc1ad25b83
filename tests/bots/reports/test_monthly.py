"""`yorisoi report monthly`: a month, and the fiscal year up to its end."""

import json
from typing import Any

import pytest

from tests.bots.reports.conftest import Command


def lines_of(told: dict[str, Any], topic: str, programme: str | None = None) -> dict[str, Any]:
    """Key to (month, year) of the town's total."""
    return {
        line["key"]: (line["month"], line["year"])
        for line in told["total"]
        if line["topic"] == topic and line["programme"] == programme
    }


@pytest.mark.rule("R-086", "R-092")
def test_the_month_says_what_the_cases_say(kitakyushu: Command) -> None:
    told = json.loads(kitakyushu("report", "monthly", "--month", "2025-03", "--json").stdout)
    assert (told["month"], told["revision"]) == ("2025-03", None)
    moved = lines_of(told, "MOVEMENT")
    assert moved["CONTINUING"] == (14, 14)
    # Of the new ones of the year, some have no plan and do not continue.
    assert moved["NEW"][1] > moved["PLANNED"][1]
    assert lines_of(told, "MOVEMENT", "multi_agency")["CONTINUING"] == (1, 1)
    assert sum(year for _, year in lines_of(told, "MEETING").values()) > 0


def test_a_person_reads_chapters_in_the_towns_own_words(kitakyushu: Command) -> None:
    told = kitakyushu("report", "monthly", "--month", "2025-03").stdout
    for words in (
        "月次報告 令和7年3月(令和6年度)",
        "案件の動き",
        "つながりづくり会議",
        "伴走型支援事業",
    ):
        assert words in told
    assert "この月はまだ締めていません" in told


def test_csv_has_every_chapter(kitakyushu: Command) -> None:
    told = kitakyushu("report", "monthly", "--month", "2025-03", "--format", "csv").stdout
    assert told.startswith("\ufeff北九州市")
    assert "継続(月末),2,7,0,5,14,14" in told


def test_few_people_are_not_told_to_the_public(kitakyushu: Command) -> None:
    told = kitakyushu("report", "monthly", "--month", "2025-03", "--format", "csv", "--public")
    assert "継続(月末),<5,7,0,*,14,14" in told.stdout


@pytest.mark.parametrize("month", ["2025-13", "今月", "2025/03"])
def test_a_month_is_written_as_a_month(command: Command, month: str) -> None:
    told = command("report", "monthly", "--month", month)
    assert (told.exit_code, "2025-03" in told.stderr) == (2, True)


def test_nothing_is_reported_before_a_town_is_there(command: Command) -> None:
    told = command("report", "monthly", "--month", "2025-03")
    assert told.exit_code == 1
    assert "HOUSE-11" in told.stderr
