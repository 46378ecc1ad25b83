"""The letter's forms, made from what the record says at this moment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bots.i18n.catalogue import say, word
from bots.slack.blocks import Json
from bots.slack.forms import done
from bots.slack.letter_choice import Choice
from bots.slack.letter_form import Filled, Writing, rewrite_form, write_form
from bots.slack.means import Means, locale_of
from core.access import Action
from core.days import SendingHours
from core.ids import LetterId
from core.letters import LetterState
from core.usecases.cases.offer_cases import offer_cases
from core.usecases.letters.show_letter import show_letter

USUAL_HOUR: Final = 10
USUAL_MINUTE: Final = 30


async def new_letter(
    means: Means,
    body: Mapping[str, Any],
    *,
    alias: str = "",
    case_id: str | None = None,
    words: str = "",
    choice: Choice | None = None,
) -> Json:
    """The form for a new letter, or why there is none.

    Args:
        alias, case_id: the case that stands there first.
        words, choice: what was chosen from the library.
    """
    staff = await means.staff(body)
    locale = locale_of(staff)
    offer = await offer_cases(means.uow, staff_id=staff.id, action=Action.WRITE_LETTER)
    if not offer.cases:
        return done(
            say("letters.title", locale=locale), say("letters.no_cases", locale=locale), locale
        )
    chosen = case_id or next((case.id for case, _ in offer.cases if case.alias == alias), None)
    if chosen is None and len(offer.cases) == 1:
        chosen = offer.cases[0][0].id
    return write_form(
        offer.cases,
        account=offer.account,
        opens_at=usual_time(means, means.clock.now()),
        chosen=chosen,
        writing=writing(means, words=words, choice=choice),
        locale=locale,
    )


async def letter_again(
    means: Means,
    body: Mapping[str, Any],
    letter_id: LetterId,
    *,
    words: str = "",
    choice: Choice | None = None,
) -> Json:
    """The form for a letter that came back, or why it is not rewritten now."""
    staff = await means.staff(body)
    locale = locale_of(staff)
    view = await show_letter(
        means.uow,
        letter_id=letter_id,
        viewer=staff.id,
        at=means.clock.now(),
        proof=means.proof,
    )
    letter = view.letter
    if letter.state is not LetterState.DRAFT or letter.author_id != staff.id:
        state = word(letter.state, locale=locale)
        return done(
            say("letters.rewrite_title", locale=locale),
            say("letters.not_with_you", locale=locale, state=state),
            locale,
        )
    now = means.clock.now()
    opens = letter.opens_at if letter.opens_at > now else usual_time(means, now)
    return rewrite_form(
        Filled(
            case_id=letter.case_id,
            kind=letter.kind,
            words=words or letter.body,
            alt=letter.alt_text,
            opens_at=opens.astimezone(means.tz),
            letter_id=letter.id,
            version=letter.version,
            alias=view.case.alias,
            # The reason was for those words; it is here again where the town still hears one.
            excuse=(letter.excuse or "") if means.proof.excusable else "",
        ),
        writing=writing(means, words=words or letter.body, choice=choice),
        note=letter.note,
        noted_by=view.decider,
        locale=locale,
    )


def writing(means: Means, *, words: str, choice: Choice | None) -> Writing:
    """How words come into the form, as this town settled it."""
    return Writing(
        typed=means.settings.free_text == "SHORT",
        offers=bool(means.settings.library.templates),
        words=words,
        choice=choice,
    )


def usual_time(means: Means, now: datetime) -> datetime:
    """Tomorrow morning, or the next day on which letters arrive."""
    tomorrow = now.astimezone(means.tz) + timedelta(days=1)
    proposed = tomorrow.replace(hour=USUAL_HOUR, minute=USUAL_MINUTE, second=0, microsecond=0)
    hours = SendingHours(closed_days=means.holidays(now))
    fits = hours.next_opening(proposed, tz=means.tz)
    if fits == proposed:
        return proposed
    return fits.replace(hour=USUAL_HOUR, minute=USUAL_MINUTE)
