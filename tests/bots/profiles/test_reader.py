"""A profile one writes oneself: read strictly, refused with file, key and sentence."""

from pathlib import Path

import pytest

from bots.profiles.reader import ProfileWrong, read_profile, resolve_profile
from core.basis import Basis

GOOD = """
key = "own"
name = "わが町"

[[bodies]]
code = "juso"
basis = "JUSO"
name = "わが町つながり会議"
cadence = { rhythm = "times_a_month", times = 1, days = [12] }

[[areas]]
code = "all"
name = "町全域"
places = [{ name = "町の窓口" }]
"""


def told(text: str, folder: Path) -> list[str]:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileWrong) as refused:
        read_profile(path)
    for problem in refused.value.problems:
        assert problem.file == str(path)
    return [str(problem).removeprefix(f"{path}: ") for problem in refused.value.problems]


def test_a_good_file_is_the_town_s_own_profile(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    profile = resolve_profile(str(path))
    assert (profile.bodies[0].basis, profile.bodies[0].name) == (Basis.JUSO, "わが町つながり会議")
    assert profile.complete


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        (
            'basis = "JUSO"',
            'basis = "JYUSO"',
            'bodies.0.basis: "JYUSO" is not known here; did you mean "JUSO"?',
        ),
        ('code = "juso"', "", "bodies.0.code: this key is needed"),
        (
            "times = 1",
            "tmes = 1",
            'bodies.0.cadence.tmes: there is no such key here; did you mean "times"?',
        ),
        (
            "times = 1",
            'times = "one"',
            'bodies.0.cadence.times: must be a whole number, here is "one"',
        ),
        (
            "times = 1",
            "times = true",
            "bodies.0.cadence.times: must be a whole number, here is true",
        ),
        ("[12]", "12", "bodies.0.cadence.days: must be a list ([ ... ], or [[...]] for tables)"),
        ("[12]", "[40]", "bodies.0.cadence.days: there is no day 40 in any month"),
        (
            'places = [{ name = "町の窓口" }]',
            "places = [1]",
            "areas.0.places.0: must be a table (name = value)",
        ),
        (
            'places = [{ name = "町の窓口" }]',
            "",
            "areas.0.places: 町全域 has no published place where residents can consult (R-094)",
        ),
    ],
)
def test_each_mistake_is_told_with_its_key(
    was: str, now: str, sentence: str, tmp_path: Path
) -> None:
    assert was in GOOD
    assert told(GOOD.replace(was, now, 1), tmp_path) == [sentence]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = told('nam = "x"\nbodies = 3\n', tmp_path)
    assert sorted(line.split(":")[0] for line in found) == ["bodies", "key", "nam", "name"]


def test_what_is_no_toml_or_no_utf8_or_not_there_is_told(tmp_path: Path) -> None:
    assert "this is not TOML" in told("key = ", tmp_path)[0]
    path = tmp_path / "sjis.toml"
    path.write_bytes('name = "町"'.encode("shift_jis"))
    with pytest.raises(ProfileWrong, match="UTF-8"):
        read_profile(path)
    with pytest.raises(ProfileWrong, match="cannot be read"):
        resolve_profile(str(tmp_path / "nothing.toml"))


def test_the_setting_names_a_preset_a_file_or_a_town_file_beside_a_profile(tmp_path: Path) -> None:
    assert resolve_profile("kitakyushu").name == "北九州市"
    assert resolve_profile(str(tmp_path / "midori.yaml")).name == "みどり市"
    (tmp_path / "own.toml").write_text(GOOD, encoding="utf-8")
    assert resolve_profile(str(tmp_path / "own.yaml")).name == "わが町"
    with pytest.raises(ProfileWrong, match=r"presets are adachi, .*yokosuka"):
        resolve_profile("atlantis")
