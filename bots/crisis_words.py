"""What calls people: words read from their file, with what the town's profile settles."""

import tomllib
from functools import cache
from importlib.resources import files

from bots.morphology import morphology
from bots.profiles.shape import shaped
from core.crisis.pager import Pager
from core.crisis.reading import CrisisReader
from core.crisis.words import WordList
from core.municipal_profiles.profile import MunicipalProfile


@cache
def shipped_words() -> WordList:
    """The list that ships with the product.

    Raises:
        Misshapen: the file is not of the shape of the core's records.
    """
    text = (files("core.crisis") / "words.toml").read_text(encoding="utf-8")
    return shaped(WordList, tomllib.loads(text))


def crisis_reader(profile: MunicipalProfile | None = None) -> CrisisReader:
    """What reads every message of a person in this town."""
    words = shipped_words()
    if profile is not None:
        words = words.of_town(profile.crisis)
    return CrisisReader(morphology=morphology(), words=words)


def pager_of(profile: MunicipalProfile) -> Pager:
    """What calls people in this town, and the help lines that a person may be told of."""
    return Pager(
        reader=crisis_reader(profile),
        rules=profile.crisis,
        help_lines=profile.wording.help_lines,
    )
