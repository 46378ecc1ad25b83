"""What the doctor finds, and that each finding has its next step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bots.doctor import Check
from bots.i18n.catalogue import LOCALES, keys
from core.agencies import Role
from core.ids import ShiftId, StaffId
from core.profiles import ChannelRest
from tests.bots.doctor.surroundings import Surroundings
from tests.people import A12, SATO, TANAKA, TOWN

ONLY_PRACTICE = {"settings.public_url", "settings.line_api_base", "settings.slack_api_base"}


def verdicts(checks: dict[str, Check]) -> dict[str, str]:
    """What is not well, but for what only practice has."""
    return {
        name: check.verdict
        for name, check in checks.items()
        if check.verdict != "ok" and name not in ONLY_PRACTICE
    }


async def test_where_all_is_well_there_is_nothing_to_do(around: Surroundings) -> None:
    checks = await around.examine()

    assert verdicts(checks) == {}
    assert {"database", "line.webhook_test", "slack.scopes", "clock", "ticks"} <= set(checks)
    assert checks["line.token"].found == "LINE公式アカウント「みどりのたより」につながります。"


async def test_it_speaks_english_to_those_who_like_it(around: Surroundings) -> None:
    checks = await around.examine(locale="en")

    assert checks["database"].found == "The database answers."
    assert checks["texts"].as_json()["verdict"] == "ok"


async def test_settings_that_are_missing_are_all_named(around: Surroundings) -> None:
    checks = await around.examine(LINE_CHANNEL_SECRET="", SLACK_BOT_TOKEN="")

    assert checks["settings"].verdict == "fail"
    assert "LINE_CHANNEL_SECRET" in checks["settings"].found
    assert "SLACK_BOT_TOKEN" in checks["settings"].found
    assert checks["slack.token"].verdict == "fail"


@pytest.mark.parametrize(
    ("setting", "value", "name", "verdict"),
    [
        ("YORISOI_PUBLIC_URL", "https://midori.example", "settings.public_url", "ok"),
        ("YORISOI_PUBLIC_URL", "http://midori.example", "settings.public_url", "fail"),
        ("YORISOI_PUBLIC_URL", "http://localhost:8000", "settings.public_url", "warn"),
        ("LINE_MODE", "DIRECT_CHAT", "settings.line_mode", "fail"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "", "line.token", "fail"),
        ("LINE_CHANNEL_ACCESS_TOKEN", "another", "line.token", "fail"),
        ("SLACK_BOT_TOKEN", "xoxb-another", "slack.token", "fail"),
        ("LINE_API_BASE", "http://127.0.0.1:9", "line.token", "fail"),
        ("SLACK_API_BASE", "http://127.0.0.1:9/", "slack.token", "fail"),
        ("LINE_API_BASE", "not an address", "line.token", "fail"),
        ("SLACK_API_BASE", "not an address", "slack.token", "fail"),
    ],
)
async def test_each_setting_is_judged(
    around: Surroundings, setting: str, value: str, name: str, verdict: str
) -> None:
    checks = await around.examine(**{setting: value})

    assert checks[name].verdict == verdict


@pytest.mark.rule("R-094", "DOMAIN-5")
@pytest.mark.parametrize(
    ("town", "found"),
    [("kitakyushu", "areas.0.places"), ("yasu", "2019年"), ("midori", "")],
)
async def test_a_profile_that_is_old_or_has_blanks_is_named_before_real_use(
    around: Surroundings, town: str, found: str
) -> None:
    check = (await around.examine(YORISOI_MUNICIPALITY=town))["settings.municipality"]

    assert check.verdict == ("warn" if found else "ok")
    assert found in check.found


async def test_years_of_keeping_that_nobody_settled_are_asked_for(around: Surroundings) -> None:
    del around.settings["YORISOI_RETENTION_YEARS"]
    checks = await around.examine()

    assert verdicts(checks) == {"settings.retention": "warn"}
    assert "YORISOI_RETENTION_YEARS" in checks["settings.retention"].next_step


@pytest.mark.parametrize(
    "failure",
    [
        OSError("no such host"),
        OperationalError("SELECT 1", {}, Exception("refused")),
        ValueError("a version from the future"),
    ],
)
async def test_a_database_that_does_not_open_is_one_finding(
    around: Surroundings, failure: Exception
) -> None:
    around.pending = failure
    checks = await around.examine()

    assert verdicts(checks) == {"database": "fail"}
    assert "town" not in checks


async def test_migrations_that_wait_are_named(around: Surroundings) -> None:
    around.pending = ("0002", "0003")
    checks = await around.examine()

    assert verdicts(checks) == {"database.migrations": "fail"}
    assert "0002, 0003" in checks["database.migrations"].found
    assert "yorisoi migrate" in checks["database.migrations"].next_step


@pytest.mark.rule("G-17")
async def test_reading_that_is_shown_at_once_is_pointed_out(around: Surroundings) -> None:
    around.line.account.chat_mode = "bot"

    assert verdicts(await around.examine()) == {"line.chat_mode": "warn"}


async def test_a_webhook_that_is_not_set_names_the_address_to_set(around: Surroundings) -> None:
    around.line.webhooks.url = None
    checks = await around.examine()

    assert verdicts(checks) == {"line.webhook": "fail"}
    assert f"{around.origin}/line/webhook" in checks["line.webhook"].next_step


async def test_a_webhook_that_points_elsewhere_is_told(around: Surroundings) -> None:
    around.line.webhooks.url = f"{around.origin}/line/webhook/old"
    checks = await around.examine()

    assert checks["line.webhook"].verdict == "fail"
    assert "/line/webhook/old" in checks["line.webhook"].found


async def test_a_webhook_that_does_not_answer_is_told(around: Surroundings) -> None:
    around.inbox.status = 500
    checks = await around.examine()

    assert verdicts(checks) == {"line.webhook_test": "fail"}
    assert "500" in checks["line.webhook_test"].found


@pytest.mark.parametrize(
    ("limit", "used", "verdict"),
    [(None, 900, "ok"), (1000, 799, "ok"), (1000, 800, "warn"), (1000, 1000, "fail")],
)
async def test_the_months_letters_are_counted_against_the_plan(
    around: Surroundings, limit: int | None, used: int, verdict: str
) -> None:
    around.line.quota.limit = limit
    around.line.quota.count(used)

    assert (await around.examine())["line.quota"].verdict == verdict


async def test_scopes_that_are_missing_are_named(around: Surroundings) -> None:
    around.slack.install(scopes=["chat:write"])
    checks = await around.examine()

    assert verdicts(checks) == {"slack.scopes": "fail"}
    assert "commands" in checks["slack.scopes"].found
    assert "yorisoi manifest" in checks["slack.scopes"].next_step


async def test_scopes_beyond_the_manifest_are_pointed_out(around: Surroundings) -> None:
    around.slack.install(scopes=[*around.slack.installation.scopes, "users:read.email"])
    checks = await around.examine()

    assert verdicts(checks) == {"slack.scopes": "warn"}
    assert "users:read.email" in checks["slack.scopes"].found


async def test_a_roll_without_anybody_of_this_slack_is_pointed_out(around: Surroundings) -> None:
    async with around.uow.write() as work:
        for member in await work.staff.all():
            await work.staff.put(replace(member, slack_team_id="T0ELSEWHERE"))
        await work.commit()

    assert verdicts(await around.examine()) == {"slack.staff": "warn"}


@pytest.mark.parametrize(("ahead_s", "verdict"), [(5, "ok"), (-60, "warn"), (600, "fail")])
async def test_a_clock_that_runs_off_is_told(
    around: Surroundings, ahead_s: float, verdict: str
) -> None:
    around.clock.ahead_s = ahead_s

    assert (await around.examine())["clock"].verdict == verdict


async def test_a_stop_of_everything_is_not_forgotten(around: Surroundings) -> None:
    async with around.uow.write() as work:
        await work.towns.put(replace(TOWN, pushes_stopped=True))
        await work.commit()
    checks = await around.examine()

    assert verdicts(checks) == {"town": "warn"}


async def test_line_that_rests_is_told_with_its_cause(around: Surroundings) -> None:
    until = datetime.now(UTC) + timedelta(minutes=15)
    async with around.uow.write() as work:
        await work.towns.rest_channel(ChannelRest(cause="QUOTA", detail="", until=until))
        await work.commit()
    checks = await around.examine()

    assert verdicts(checks) == {"town": "warn"}
    assert "QUOTA" in checks["town"].found


@pytest.mark.rule("G-06")
async def test_a_case_on_which_nobody_could_approve_is_named(around: Surroundings) -> None:
    async with around.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.role is Role.MESSAGE_APPROVER:
                await work.staff.remove_seat(seat)
        await work.commit()
    checks = await around.examine()

    assert verdicts(checks) == {"approvers": "fail"}
    assert "A-12" in checks["approvers"].found


@pytest.mark.rule("G-06")
async def test_one_who_writes_and_approves_alone_is_not_enough(around: Surroundings) -> None:
    async with around.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.staff_id != SATO.id:
                await work.staff.remove_seat(seat)
        await work.commit()

    assert verdicts(await around.examine()) == {"approvers": "fail"}


async def test_an_approver_who_left_does_not_count(around: Surroundings) -> None:
    async with around.uow.write() as work:
        for member in (SATO, TANAKA):
            await work.staff.put(replace(member, active=False))
        await work.commit()

    assert verdicts(await around.examine())["approvers"] == "fail"


async def test_ticks_that_stand_still_are_named(around: Surroundings) -> None:
    around.clock.ahead_s = 120
    checks = await around.examine()

    assert checks["ticks"].verdict == "warn"
    assert "letters.deliver, cards.draw" in checks["ticks"].found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_finding_that_is_not_well_has_a_next_step(locale: str) -> None:
    told = {key for key in keys(locale) if key.startswith("doctor.")}
    well = {key for key in told if key.endswith(("_ok", "_none", "_by_hand"))} - {
        "doctor.town_none"
    }
    steps = {key for key in told if key.endswith("_next")}

    assert {f"{key}_next" for key in told - steps - well} == steps


@pytest.mark.rule("DOMAIN-8.3")
async def test_a_night_without_anybody_on_call_is_pointed_out(around: Surroundings) -> None:
    async with around.uow.write() as work:
        for number in (1, 2):
            await work.shifts.remove(ShiftId(f"shift-{number}"))
        await work.commit()

    checks = await around.examine()

    assert checks["on_call"].verdict == "warn"
    assert "市の職員(1人)が呼ばれます" in checks["on_call"].found
    async with around.uow.write() as work:
        await work.staff.release(StaffId("o"))
        await work.commit()
    assert (await around.examine())["on_call"].verdict == "fail"


async def test_menus_that_line_does_not_have_are_counted(around: Surroundings) -> None:
    around.line.menus.kept.popitem()
    checks = await around.examine()

    assert verdicts(checks) == {"line.menus": "warn"}
    assert "1枚" in checks["line.menus"].found


HELP = """
[[wording.help_lines]]
name = "夜の電話"
number = "0120-000-000"
hours = "24時間"
verified_on = {day}
"""


def with_help_line(tmp_path: Path, *, verified: timedelta | None) -> str:
    """A profile of its own, with one telephone that was looked at so long ago."""
    midori = (files("core.presets") / "midori.toml").read_text(encoding="utf-8")
    day = "" if verified is None else (datetime.now(UTC) - verified).date().isoformat()
    line = HELP.format(day=day) if day else HELP.replace("verified_on = {day}\n", "")
    own = tmp_path / "midori.toml"
    own.write_text(midori + line, encoding="utf-8")
    return str(own)


@pytest.mark.parametrize(
    ("days", "verdict"), [(1, "ok"), (74, "ok"), (80, "warn"), (95, "fail"), (None, "fail")]
)
async def test_telephones_for_help_are_looked_at_again_within_ninety_days(
    around: Surroundings, tmp_path: Path, days: int | None, verdict: str
) -> None:
    verified = None if days is None else timedelta(days=days)
    checks = await around.examine(YORISOI_MUNICIPALITY=with_help_line(tmp_path, verified=verified))
    assert checks["help_lines"].verdict == verdict
    assert verdict == "ok" or "夜の電話" in checks["help_lines"].found


async def test_a_text_with_a_telephone_that_has_grown_old_is_named(
    around: Surroundings, tmp_path: Path
) -> None:
    async with around.uow.write() as work:
        was = await work.towns.standing_text("rest")
        assert was is not None
        number = replace(was, version="2", body="わかりました。お電話は0120-000-000へ。")
        await work.towns.put_standing_text(replace(number, approved_at=datetime.now(UTC)))
        await work.commit()
    looked = timedelta(days=1), timedelta(days=120)
    fresh, old = [
        await around.examine(YORISOI_MUNICIPALITY=with_help_line(tmp_path, verified=ago))
        for ago in looked
    ]
    assert fresh["texts.wording"].verdict == "ok"
    assert old["texts.wording"].verdict == "fail"
    assert "rest/2(L12)" in old["texts.wording"].found
