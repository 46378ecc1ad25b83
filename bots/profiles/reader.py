"""Read a municipality's profile: a preset by its name, or a file one writes oneself."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Final

from bots.profiles.problems import ProfileProblem, ProfileWrong
from bots.profiles.shape import Misshapen, shaped
from core.municipal_profiles.fitness import Fault, faults
from core.municipal_profiles.profile import MunicipalProfile
from core.towns import Town

__all__ = ["ProfileWrong", "preset_names", "profile_of", "read_profile", "resolve_profile"]

_PRESETS: Final = files("core") / "presets"
_ENDING: Final = ".toml"
_TOWN_FILES: Final = (".yaml", ".yml")


def preset_names() -> tuple[str, ...]:
    """The profiles that ship with the product."""
    return tuple(
        sorted(
            entry.name.removesuffix(_ENDING)
            for entry in _PRESETS.iterdir()
            if entry.name.endswith(_ENDING)
        )
    )


def resolve_profile(setting: str) -> MunicipalProfile:
    """The profile that YORISOI_MUNICIPALITY names.

    A preset's name, a path to a profile (`.toml`), or a path to a town file, beside which a
    profile of the same name stands (`midori.yaml` and `midori.toml`); a town file whose own name
    is a preset's needs none.

    Raises:
        ProfileWrong: there is none, or it does not hold together.
    """
    if setting in preset_names():
        return read_profile(setting)
    path = Path(setting)
    if path.suffix in _TOWN_FILES:
        beside = path.with_suffix(_ENDING)
        if not beside.exists() and path.stem in preset_names():
            return read_profile(path.stem)
        path = beside
    if path.suffix != _ENDING:
        _refuse(
            setting,
            f"there is no such profile; presets are {', '.join(preset_names())}; "
            "a profile of your own is a file that ends in .toml",
        )
    return read_profile(path)


def profile_of(town: Town) -> MunicipalProfile:
    """The profile that a town file names, or the preset of its code; a town of neither is called
    as the law calls things.

    Raises:
        ProfileWrong: the one that is named is not there, or does not hold together.
    """
    named = town.profile or (town.code if town.code in preset_names() else None)
    if named is None:
        return MunicipalProfile(key=town.code, name=town.name)
    return resolve_profile(named)


def read_profile(source: str | Path) -> MunicipalProfile:
    """The profile of a file, or a preset by its name.

    Raises:
        ProfileWrong: with everything that is wrong, key by key.
    """
    name = str(source)
    profile = _shaped(name, _text(name))
    found = faults(profile)
    if found:
        raise ProfileWrong(_problem(name, fault) for fault in found)
    return profile


def _text(name: str) -> str:
    try:
        if name in preset_names():
            return (_PRESETS / f"{name}{_ENDING}").read_text(encoding="utf-8")
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        sentence = "this is not UTF-8; save the file with the encoding UTF-8"
        raise ProfileWrong([ProfileProblem(file=name, key="", sentence=sentence)]) from error
    except OSError as error:
        sentence = f"cannot be read ({error.strerror or 'no such file'})"
        raise ProfileWrong([ProfileProblem(file=name, key="", sentence=sentence)]) from error


def _shaped(name: str, text: str) -> MunicipalProfile:
    try:
        return shaped(MunicipalProfile, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        sentence = f"this is not TOML: {error}"
        raise ProfileWrong([ProfileProblem(file=name, key="", sentence=sentence)]) from error
    except Misshapen as error:
        raise ProfileWrong(_problem(name, fault) for fault in error.faults) from error


def _problem(name: str, fault: Fault) -> ProfileProblem:
    return ProfileProblem(file=name, key=fault.key, sentence=fault.sentence, rule=fault.rule)


def _refuse(name: str, sentence: str) -> None:
    raise ProfileWrong([ProfileProblem(file=name, key="", sentence=sentence)])
