"""Words chosen from the library: what a form carries of them, and the form that offers them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bots.i18n.catalogue import say, word
from bots.slack import blocks as b
from bots.slack.blocks import Json
from bots.slack.forms import values
from core.letters import LetterKind, Origin
from core.people import LanguageStyle
from core.usecases.letters.offer_words import WordsOffer
from core.wording.library import Composed
from core.wording.ruby import bare
from core.wording.season import Phrase

OPEN_WORDS: Final = "letter_open_words"
CHOOSE: Final = "letter_choose_words"
_PRINT: Final = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Words that were chosen, as a form carries them: ids, never the words themselves.

    Attributes:
        template: name and version. season: id of the phrase in it.
        case_id, kind: for which letter they were chosen.
        seen: print of the words that the author saw; what is handed in has to be the same.
    """

    template: str
    season: str | None
    case_id: str
    kind: str
    seen: str

    @property
    def origin(self) -> Origin:
        """As a letter remembers it."""
        return Origin(template=self.template, season=self.season)

    def holds(self, *, case_id: str | None, kind: LetterKind, body: str) -> bool:
        """Whether these are the words that were seen, for this letter."""
        same_letter = case_id in (None, self.case_id) and kind.value == self.kind
        return same_letter and print_of(body) == self.seen

    def as_json(self) -> Json:
        """For a form's metadata."""
        return {
            "template": self.template,
            "season": self.season,
            "case": self.case_id,
            "kind": self.kind,
            "seen": self.seen,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """For which letter words are being chosen, and into which form they go.

    Attributes:
        view_id: the form's view. about: its metadata as it was.
        day: the local day of the letter, `2026-12-01`.
    """

    view_id: str
    about: Json
    case_id: str
    kind: LetterKind
    day: str

    def as_text(self) -> str:
        """For the metadata of the form that offers words."""
        return json.dumps(
            {
                "view": self.view_id,
                "about": self.about,
                "case": self.case_id,
                "kind": self.kind.value,
                "day": self.day,
            }
        )


def print_of(body: str) -> str:
    """A short print of words, by which they are known again."""
    return hashlib.sha256(body.encode()).hexdigest()[:_PRINT]


def choice_of(composed: Composed, *, asked: Asked) -> Choice:
    """What the form carries once words were chosen."""
    return Choice(
        template=composed.template,
        season=composed.season,
        case_id=asked.case_id,
        kind=asked.kind.value,
        seen=print_of(composed.body),
    )


def choice_in(about: Mapping[str, Any]) -> Choice | None:
    """The choice that a form's metadata carries."""
    found = about.get("choice")
    if not found:
        return None
    return Choice(
        template=found["template"],
        season=found["season"],
        case_id=found["case"],
        kind=found["kind"],
        seen=found["seen"],
    )


def asked_in(view: Mapping[str, Any]) -> Asked | None:
    """For which letter words are asked, as its form stands now; None without case or day."""
    given = values(view)
    about = json.loads(view.get("private_metadata") or "{}")
    case_id = given.get("case") or about.get("case")
    if not case_id or not given.get("day"):
        return None
    kind = given.get("kind") or about.get("kind") or LetterKind.CHECK_IN.value
    return Asked(
        view_id=str(view["id"]),
        about=about,
        case_id=case_id,
        kind=LetterKind(kind),
        day=given["day"],
    )


def asked_again(view: Mapping[str, Any]) -> Asked:
    """The same, out of the form that offers words."""
    held = json.loads(view["private_metadata"])
    return Asked(
        view_id=held["view"],
        about=held["about"],
        case_id=held["case"],
        kind=LetterKind(held["kind"]),
        day=held["day"],
    )


def chosen_in(view: Mapping[str, Any]) -> tuple[str, str | None]:
    """Template and phrase that were chosen."""
    given = values(view)
    return given["template"], given.get("season") or None


def words_button(locale: str) -> Json:
    """What opens the choice."""
    return b.actions(b.button(say("letters.choose", locale=locale), OPEN_WORDS))


def choice_form(offer: WordsOffer, asked: Asked, *, locale: str) -> Json:
    """Templates, and phrases of the season, that fit the person and the letter's kind."""
    title = say("letters.choose_title", locale=locale)
    if not offer.templates:
        text = say("letters.nothing_to_choose", locale=locale)
        return b.notice(title, text, close=say("common.close", locale=locale))
    several = len({one.kind for one in offer.templates}) > 1
    templates = [
        b.option(
            f"{word(one.kind, locale=locale)} · {one.title}" if several else one.title,
            one.known_as,
        )
        for one in offer.templates
    ]
    blocks = [
        b.field("template", say("letters.template", locale=locale), b.select("template", templates))
    ]
    if offer.phrases:
        phrases = [b.option(_shown(one, offer.style), one.id) for one in offer.phrases]
        menu = b.select("season", phrases, chosen=offer.phrases[0].id)
        label, hint = (
            say("letters.season", locale=locale),
            say("letters.season_hint", locale=locale),
        )
        blocks.append(b.field("season", label, menu, hint=hint, optional=True))
    return b.modal(
        title,
        blocks,
        callback_id=CHOOSE,
        submit=say("letters.use", locale=locale),
        close=say("common.close", locale=locale),
        metadata=asked.as_text(),
    )


def _shown(phrase: Phrase, style: LanguageStyle) -> str:
    return bare(phrase.wording(style).parts)
