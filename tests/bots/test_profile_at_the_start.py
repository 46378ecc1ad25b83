"""The municipality that the settings name: read at the start, and everything wrong with it said."""

from datetime import date
from pathlib import Path

import pytest

from bots.doctor.checks import Notes
from bots.doctor.configured import check_settings
from bots.profiles.reader import ProfileWrong, profile_of
from bots.settings import Settings
from bots.wiring import House
from core.profiles import LetterRules
from core.towns import Town


def settings(named: str, folder: Path) -> Settings:
    return Settings.model_validate(
        {
            "YORISOI_MUNICIPALITY": named,
            "YORISOI_DATABASE_URL": f"sqlite:///{folder}/x.db",
            "YORISOI_SECRET_KEYS": "k" * 44,
            "LINE_CHANNEL_ACCESS_TOKEN": "token",
            "SLACK_BOT_TOKEN": "xoxb-token",
            "SLACK_SIGNING_SECRET": "secret",
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
    found = check_settings(settings(named, tmp_path), today=date(2026, 11, 30), notes=Notes("ja"))
    checks = {check.name: check for check in found}
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
