"""What the town calls the three programmes, short enough for one line."""

from collections import Counter
from typing import Final

from bots.i18n.names import names_of
from bots.web.desk.views import View
from core.programmes import Programme

# The law's names are too long for a line.
SHORT: Final = {
    Programme.OUTREACH: "訪ねる支援",
    Programme.PARTICIPATION: "参加支援",
    Programme.MULTI_AGENCY: "多機関協働",
}


def programme_names(view: View) -> dict[Programme, str]:
    """The programmes with plans, by the town's own names where these tell them apart."""
    own = {} if view.profile is None else names_of(view.profile).programmes
    named = {programme: own.get(programme, short) for programme, short in SHORT.items()}
    times = Counter(named.values())
    return {one: name if times[name] == 1 else SHORT[one] for one, name in named.items()}


def programmes_by_name(view: View) -> dict[str, Programme]:
    """The same, to look a written name up; the short names always count."""
    return {
        **{short: programme for programme, short in SHORT.items()},
        **{name: programme for programme, name in programme_names(view).items()},
    }
