"""The municipality that the settings name: read at the start, and everything wrong with it said."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from bots.doctor.checks import Notes
from bots.doctor.configured import check_settings
from bots.profiles.reader import ProfileWrong, profile_of
from bots.settings import Settings
from bots.wiring import House
from core.line_modes import DirectChatUndecided
from core.profiles import LetterRules
from core.towns import Town

TODAY = date(2026, 11, 30)


def settings(named: str, folder: Path, **changes: str) -> Settings:
    return Settings.model_validate(
        {
            "YORISOI_MUNICIPALITY": named,
            "YORISOI_DATABASE_URL": f"sqlite:///{folder}/x.db",
            "YORISOI_SECRET_KEYS": "k" * 44,
            "LINE_CHANNEL_ACCESS_TOKEN": "token",
            "SLACK_BOT_TOKEN": "xoxb-token",
            "SLACK_SIGNING_SECRET": "secret",
            **changes,
        }
    )


async def test_the_house_knows_its_municipality(tmp_path: Path) -> None:
    house = House(settings("kitakyushu", tmp_path))
    assert house.profile.name == "北九州市"
    await house.store.close()


def test_a_profile_that_is_wrong_ends_the_start_with_every_problem(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('key = "own"\nnmae = "x"\nas_of = "soon"\n', encoding="utf-8")
    with pytest.raises(ProfileWrong) as told:
        House(settings(str(own), tmp_path))
    said = str(told.value)
    assert "nmae" in said and "as_of" in said and "name: this key is needed" in said
    with pytest.raises(ProfileWrong, match="no such profile"):
        House(settings("nowhere", tmp_path))


@pytest.mark.rule("DOMAIN-9")
async def test_direct_chat_starts_only_where_the_municipality_has_decided_so(
    tmp_path: Path,
) -> None:
    direct = settings("midori", tmp_path, LINE_MODE="DIRECT_CHAT")
    with pytest.raises(DirectChatUndecided):
        House(direct)
    own = tmp_path / "own.toml"
    midori = (files("core") / "presets" / "midori.toml").read_text(encoding="utf-8")
    own.write_text(
        f'{midori}\n[direct_chat]\ndecided_by = "福祉課長"\ndecided_on = 2026-10-01\n'
        'reference = "福第12号"\n',
        encoding="utf-8",
    )
    decided = settings(str(own), tmp_path, LINE_MODE="DIRECT_CHAT")
    house = House(decided)
    assert house.proof.use.direct
    await house.store.close()

    def said(of: Settings) -> tuple[str, bool]:
        notes = Notes("ja")
        checks = {c.name: c for c in check_settings(of, today=TODAY, notes=notes)}
        check = checks["settings.line_mode"]
        return check.verdict, "福第12号" in check.found

    assert said(direct) == ("fail", False)
    assert said(decided) == ("ok", True)


@pytest.mark.parametrize(
    ("named", "verdict", "says"),
    [
        ("midori", "ok", "みどり市"),
        ("kitakyushu", "warn", "areas.0.places"),
        ("adachi", "warn", "2018"),
        ("yasu", "warn", "2019"),
        ("nowhere", "fail", "no such profile"),
    ],
)
def test_the_doctor_asks_to_verify_what_is_old(
    tmp_path: Path, named: str, verdict: str, says: str
) -> None:
    checks = {
        c.name: c for c in check_settings(settings(named, tmp_path), today=TODAY, notes=Notes("ja"))
    }
    check = checks["settings.municipality"]
    assert (check.verdict, says in check.found) == (verdict, True)


def test_a_practice_town_brings_its_profile_or_is_called_as_the_law_calls_things() -> None:
    def town(code: str, profile: str | None = None) -> Town:
        return Town(
            code=code,
            name="ひなた町",
            account_name="x",
            letter_rules=LetterRules(),
            profile=profile,
        )

    assert profile_of(town("hinata", "komaki")).name == "小牧市"
    assert profile_of(town("midori")).name == "みどり市"
    assert profile_of(town("hinata")).bodies == ()
