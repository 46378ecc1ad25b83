"""What the town calls the three programmes, short enough for one line."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.i18n.names import names_of
from bots.web.desk.entries import Option
from bots.web.desk.views import Seen
from core.programmes import Programme

# The law's names are too long for a line.
SHORT: Final = {
    Programme.OUTREACH: "訪ねる支援",
    Programme.PARTICIPATION: "参加支援",
    Programme.MULTI_AGENCY: "多機関協働",
}

# What a heading says where it does not say the short name.
_ALSO: Final = {Programme.OUTREACH: "アウトリーチ"}


def in_own_words(text: str, programme: Programme | None, view: Seen) -> str:
    """A title or heading that names this programme, by the town's own name of it."""
    if programme is None:
        return text
    own = programme_names(view)[programme]
    if own == SHORT[programme]:
        return text
    for said in (SHORT[programme], _ALSO.get(programme, own)):
        if said in text:
            return text.replace(said, own)
    return text


def programme_names(view: Seen) -> dict[Programme, str]:
    """The programmes with plans, by the town's own names where these tell them apart."""
    own = {} if view.profile is None else names_of(view.profile).programmes
    named = {programme: own.get(programme, short) for programme, short in SHORT.items()}
    times = Counter(named.values())
    return {one: name if times[name] == 1 else SHORT[one] for one, name in named.items()}


def programmes_by_name(view: Seen) -> dict[str, Programme]:
    """The same, to look a written name up; the short names always count."""
    return {
        **{short: programme for programme, short in SHORT.items()},
        **{name: programme for programme, name in programme_names(view).items()},
    }


def programme_options(view: Seen, of: Iterable[Programme]) -> tuple[Option, ...]:
    """Programmes to choose from: by the town's own names where these tell them apart, else by
    the law's."""
    own = {} if view.profile is None else names_of(view.profile).programmes
    times = Counter(own.values())
    return tuple(
        Option(value=one.value, label=own[one] if times[own.get(one, "")] == 1 else word(one))
        for one in sorted(of)
    )
