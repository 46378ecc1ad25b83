"""What a town settles about words on which people are called (DOMAIN §8.3)."""

from dataclasses import dataclass

PASSED_ON_AFTER_MINUTES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnWords:
    """Words of the town's own: lines of terms, as in core/crisis/words.toml.

    Attributes:
        peril: SELF, BY_OTHERS, TO_OTHERS or DANGER.
        sure, maybe, unless: see `core.crisis.words.WordEntry`.
    """

    name: str
    peril: str = "SELF"
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
