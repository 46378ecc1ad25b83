"""`yorisoi report results` against the table that 北九州市 printed (DOMAIN §6.1)."""

import json
from pathlib import Path

import pytest

from tests.bots.reports.conftest import Command

PERIOD = ("--from", "2023-08-01", "--to", "2025-03-31", "--by", "area")
SHEET = ("--compare", "kitakyushu-published.csv")
TABLE = {
    "門司区": (7, 7, 0, 5, 2, 20),
    "八幡東区": (17, 9, 3, 3, 7, 28),
    "八幡西区": (2, 2, 0, 2, 0, 6),
    "戸畑区": (6, 5, 0, 1, 5, 8),
}
ITEMS = ("new", "outreach", "participation", "closed", "continuing", "meetings")


@pytest.mark.rule("R-092", "R-053")
def test_the_figures_are_those_of_the_wards_and_the_total_is_computed(kitakyushu: Command) -> None:
    told = json.loads(kitakyushu("report", "results", *PERIOD, *SHEET, "--json").stdout)
    areas = {one["area"]: tuple(one[item] for item in ITEMS) for one in told["areas"]}

    assert areas == TABLE
    assert list(areas) == list(TABLE)
    assert tuple(told["total"][item] for item in ITEMS) == (32, 23, 3, 11, 14, 62)
    assert told["findings"] == [{"item": "終結件数", "area": "合計", "printed": 10, "computed": 11}]
    assert set(told) == {"areas", "total", "findings"}
    assert set(told["areas"][0]) == {"area", *ITEMS}
    # D3: closed and continuing are the planned cases of each ward.
    planless = {"八幡東区": 7}
    for name, (new, *_, closed, continuing, _meetings) in areas.items():
        assert closed + continuing == new - planless.get(name, 0)


def test_a_person_reads_one_finding_in_one_line(kitakyushu: Command) -> None:
    told = kitakyushu("report", "results", *PERIOD, *SHEET)
    assert told.exit_code == 0
    findings = [line for line in told.stdout.splitlines() if "printed" in line]
    assert findings == ["終結件数 合計: printed 10, computed 11"]
    assert "プランのない情報共有だけの案件7件" in told.stdout


def test_without_a_sheet_nothing_is_found(kitakyushu: Command) -> None:
    told = json.loads(kitakyushu("report", "results", *PERIOD, "--format", "json").stdout)
    assert told["findings"] == []


def test_loading_the_town_twice_changes_nothing(kitakyushu: Command) -> None:
    before = kitakyushu("report", "results", *PERIOD, "--json").stdout
    assert "変わったところはありません" in kitakyushu("load", "kitakyushu-results").stdout
    assert kitakyushu("report", "results", *PERIOD, "--json").stdout == before


def test_a_shorter_period_counts_what_was_closed_in_it_and_what_goes_on_at_its_end(
    kitakyushu: Command,
) -> None:
    years = [("2023-08-01", "2024-03-31"), ("2024-04-01", "2025-03-31")]
    first, second = (
        json.loads(kitakyushu("report", "results", "--from", a, "--to", b, "--json").stdout)[
            "total"
        ]
        for a, b in years
    )
    assert first["new"] + second["new"] == 32
    assert first["closed"] + second["closed"] == 11
    assert first["meetings"] + second["meetings"] == 62
    assert second["continuing"] == 14


def test_csv_opens_in_excel_and_says_the_same(kitakyushu: Command) -> None:
    told = kitakyushu("report", "results", *PERIOD, "--format", "csv").stdout_bytes
    assert told.startswith("\ufeff".encode())
    lines = told.decode("utf-8-sig").split("\r\n")
    assert lines[1] == "項目,門司区,八幡東区,八幡西区,戸畑区,合計"
    assert "終結件数,5,3,2,1,11" in lines


def test_a_workbook_has_the_table(kitakyushu: Command, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = tmp_path / "results.xlsx"
    said = kitakyushu("report", "results", *PERIOD, "--out", str(book))
    assert f"{book} に書き出しました" in said.stdout
    tab = openpyxl.load_workbook(book).active
    rows = [tuple(cell.value for cell in row) for row in tab.iter_rows(min_row=3)]
    assert rows[0] == ("項目", *TABLE, "合計")
    assert ("終結件数", 5, 3, 2, 1, 11) in rows
    assert str(tab.page_setup.paperSize) == tab.PAPERSIZE_A4


def test_few_people_are_not_told_to_the_public(kitakyushu: Command) -> None:
    told = json.loads(kitakyushu("report", "results", *PERIOD, "--json", "--public").stdout)
    assert [one["new"] for one in told["areas"]] == ["7", "17", "<5", "*"]
    assert told["total"]["participation"] == "<5"
    assert [one["meetings"] for one in told["areas"]] == [20, 28, 6, 8]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "2025-03-31", "--to", "2023-08-01"), 1, "期間の終わり"),
        (("--from", "先月", "--to", "2025-03-31"), 2, "年月日"),
        ((*PERIOD, "--compare", "nowhere.csv"), 1, "kitakyushu-published.csv"),
        ((*PERIOD, "--format", "xlsx"), 2, "--out"),
        ((*PERIOD, "--by", "colour"), 2, ""),
        (("--from", "2025-03-31"), 2, ""),
    ],
)
def test_what_cannot_be_is_said_and_not_traced(
    kitakyushu: Command, words: tuple[str, ...], code: int, said: str
) -> None:
    told = kitakyushu("report", "results", *words)
    assert told.exit_code == code
    assert said in told.stderr
    assert "Traceback" not in told.output


def test_a_sheet_that_does_not_fit_is_told_line_by_line(
    kitakyushu: Command, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("項目,門司区,合計\n終結件数,五,11\n来客数,1,1\n", encoding="utf-8")
    told = kitakyushu("report", "results", *PERIOD, "--compare", str(sheet))
    assert told.exit_code == 1
    assert f"{sheet}:2: 門司区の「五」は数ではありません。" in told.stderr
    assert f"{sheet}:3: 「来客数」" in told.stderr

    sheet.write_text("項目,港区,合計\n終結件数,5,11\n", encoding="utf-8")
    told = kitakyushu("report", "results", *PERIOD, "--compare", str(sheet))
    assert (told.exit_code, "「港区」" in told.stderr) == (1, True)
