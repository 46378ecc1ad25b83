"""One change around a case, as a card tells it."""

from bots.i18n.catalogue import say, word
from bots.slack.means import Means
from core.letter_news import CaseNews, NewsKind


def news_line(news: CaseNews, means: Means, *, locale: str) -> str:
    """When, and what: a stage or urgency by its name, of a consent only that it changed."""
    named = news.stage or news.urgency
    known = word(named, locale=locale) if named is not None else ""
    what = word(news.kind, locale=locale)
    key = "send_day.change_to" if known and news.kind is not NewsKind.CONSENT else "send_day.change"
    at = means.moment(news.at, locale=locale)
    return f"• {say(key, locale=locale, at=at, what=what, now=known)}"
