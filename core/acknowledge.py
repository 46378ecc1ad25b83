"""The short answers that nobody approves one by one: each is approved by name and version.

They answer what the person has just done (少し休む, やめる, おたより, linking, words that call for
people), or say that there is something to read on the person's own page (`WAITING`), and nothing
else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.binding import binding_hash
from core.consent import ConsentType
from core.days import local_day
from core.ids import CaseId, LetterId, PersonId
from core.letters import Letter, LetterKind, LetterState
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.outbox_steps import binding, enqueue
from core.people import LineLink, Person
from core.ports import LetterPress, Work
from core.profiles import StandingText
from core.shared_phones import text_name
from core.steps import watchers
from core.wording.duties import ANSWER_FIELDS, answer_of
from core.wording.fields import NAME_MOST, Hours, Names, TextField, Values
from core.wording.templates import filled, for_line

WAITING: Final = "waiting"
"""The neutral text that says that a colleague's answer lies on the person's own page."""
_SOMEBODY: Final = "担当の人"
TRIED_FOR: Final = timedelta(hours=6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Manner:
    """How an approved text goes, where it goes otherwise than at once and as it stands.

    Attributes:
        opens_at: not before; at once when not given.
        until: it is not sent after this moment, where it would be true no longer.
        command_key: what it belongs to, as a letter remembers it.
        page: the token of a link to the person's own page, for a button under the text.
        reply: LINE's token of what the person has just done, and until when it lasts.
        fits_any_phone: nothing in it is more than a greeting, or it has to be said; so is it with
            a text that brings `page`.
        lock_screen: what shows there in place of the words, where these are for the person only.
        fill: puts into the text what it leaves open; what it says is approved all the same.
    """

    opens_at: datetime | None = None
    until: datetime | None = None
    command_key: str | None = None
    page: str = ""
    reply: tuple[str, datetime] | None = None
    fits_any_phone: bool = False
    lock_screen: str = ""
    fill: Callable[[str], str] = str

    def window(self, at: datetime) -> tuple[datetime, datetime]:
        """In which it is tried, half-open."""
        opens_at = self.opens_at or at
        closes_at = opens_at + TRIED_FOR
        return opens_at, closes_at if self.until is None else min(closes_at, self.until)


AT_ONCE: Final = Manner()


async def acknowledge(
    work: Work,
    name: str,
    *,
    link: LineLink,
    person_id: PersonId,
    case_id: CaseId,
    press: LetterPress,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    manner: Manner = AT_ONCE,
) -> Letter | None:
    """Put the pre-approved text `name` into the outbox; None when the town has none.

    To a phone that others see goes the one approved for that, `name`_shared, or none (G-12).
    Its fields are filled in from the record: until when a rest lasts, who reads and when.

    Args:
        link: the account as it stands after what the person did.
        hours: when the town reads what comes in.
    """
    person = await work.people.get(person_id)
    if not (manner.page or manner.fits_any_phone):
        name = text_name(name, person)
    standing = await work.towns.standing_text(name)
    if standing is None:
        await work.audit.append(_event("acknowledgement.missing", name, case_id, at=at))
        return None
    body = manner.fill(standing.body)
    if standing.name in ANSWER_FIELDS:
        answer = answer_of(standing.name, standing.body)
        values = await _values(work, case_id, link=link, tz=tz, hours=hours)
        body = for_line(filled(answer, values), style=answer.style)
    letter = _letter(work, standing, person, case_id, body, manner, at=at)
    request = press.freeze(
        to=link.line_user_id,
        body=body,
        alt_text=letter.alt_text,
        with_buttons=False,
        page=manner.page,
        quiet=person.shared_device,
    )
    consent = await work.consents.current(person_id, ConsentType.CHANNEL_LINE)
    letter = replace(letter, bound_hash=binding_hash(binding(letter, link, consent, request)))
    await work.letters.add(letter)
    await enqueue(work, letter, request, reply=manner.reply, quiet=person.shared_device)
    await work.audit.append(_event("acknowledgement.scheduled", standing.known_as, case_id, at=at))
    return letter


def _letter(
    work: Work,
    standing: StandingText,
    person: Person,
    case_id: CaseId,
    body: str,
    manner: Manner,
    *,
    at: datetime,
) -> Letter:
    """As the town approved it, not yet bound."""
    opens_at, closes_at = manner.window(at)
    return Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case_id,
        person_id=person.id,
        kind=LetterKind.ACKNOWLEDGEMENT,
        body=body,
        alt_text=manner.lock_screen or (body if manner.page else ""),
        author_id=standing.author_id,
        opens_at=opens_at,
        closes_at=closes_at,
        state=LetterState.SCHEDULED,
        created_at=at,
        approved_by=standing.approved_by,
        approved_at=standing.approved_at,
        approved_facts=0,
        bound_hash="",
        acknowledges=standing.known_as,
        command_key=manner.command_key,
    )


async def _values(
    work: Work, case_id: CaseId, *, link: LineLink, tz: tzinfo, hours: ReadingHours
) -> Values:
    values: Values = {
        TextField.PLACE: (await work.towns.get()).account_name,
        TextField.READERS: await _readers(work, case_id),
        TextField.HOURS: Hours(hours.opens, hours.closes),
    }
    if link.paused_until is not None:
        values[TextField.RESUMES] = local_day(link.paused_until, tz=tz)
    return values


async def _readers(work: Work, case_id: CaseId) -> Names:
    """The first two who work on the case, by the names that letters are signed with (G-26)."""
    case = await work.cases.get(case_id)
    names = []
    for staff_id in watchers(case, await work.staff.seats(case_id)):
        staff = await work.staff.get(staff_id)
        if staff.active and len(staff.name) <= NAME_MOST:
            names.append(staff.name)
    return Names(tuple(dict.fromkeys(names))[:2] or (_SOMEBODY,))


def _event(action: str, subject: str, case_id: CaseId, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action, at=at, actor=SYSTEM, role=Role.SYSTEM, subject=subject, case_id=case_id
    )
