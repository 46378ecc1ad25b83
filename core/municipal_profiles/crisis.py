"""What a town settles about words on which people are called (DOMAIN §8.3)."""

import enum
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

PASSED_ON_AFTER_MINUTES: Final = 5
MOST_MINUTES: Final = 60


class Peril(enum.StrEnum):
    """What words speak of; it decides whom the page of the case names to call."""

    SELF = "SELF"
    BY_OTHERS = "BY_OTHERS"
    TO_OTHERS = "TO_OTHERS"
    DANGER = "DANGER"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWords:
    """Words of the town's own: lines of terms, as in core/crisis/words.toml.

    Attributes:
        peril: what they speak of.
        sure, maybe, unless: see `core.crisis.words.WordEntry`.
    """

    name: str
    peril: Peril = Peril.SELF
    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Whom to call when somebody is hurt by others, or may hurt them; shown to colleagues only.

    Attributes:
        when: for whom it is, such as 子ども, 配偶者, 高齢の方, 障害のある方.
    """

    name: str
    phone: str
    when: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CrisisRules:
    """The town's own part of the pager.

    Attributes:
        minutes: a page that nobody has taken so long is passed on to the next.
        own_words: entries beside those that ship.
        left_out: names of shipped entries that this town does not look for.
        routes: whom to call about violence and abuse.
    """

    minutes: int = PASSED_ON_AFTER_MINUTES
    own_words: tuple[OwnWords, ...] = ()
    left_out: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def wait(self) -> timedelta:
        """After so long a call that nobody took is passed on."""
        return timedelta(minutes=self.minutes)
