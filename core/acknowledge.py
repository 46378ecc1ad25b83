"""The short answers that nobody approves one by one: each is approved by name and version.

They answer what the person has just done (少し休む, やめる, おたより, linking), or say that there
is something to read on the person's own page (`WAITING`), and nothing else.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.consent import ConsentType
from core.ids import CaseId, LetterId, PersonId
from core.letters import Letter, LetterKind, LetterState, binding_hash
from core.people import LineLink
from core.ports import LetterPress, Work
from core.steps import binding, enqueue

WAITING: Final = "waiting"
"""The neutral text that says that a colleague's answer lies on the person's own page."""
TRIED_FOR: Final = timedelta(hours=6)


async def acknowledge(
    work: Work,
    name: str,
    *,
    link: LineLink,
    person_id: PersonId,
    case_id: CaseId,
    press: LetterPress,
    at: datetime,
    opens_at: datetime | None = None,
    command_key: str | None = None,
    page: str = "",
    reply: tuple[str, datetime] | None = None,
) -> Letter | None:
    """Put the pre-approved text `name` into the outbox; None when the town has none.

    Args:
        link: the account as it stands after what the person did.
        opens_at: not before, or at once. command_key: what it belongs to.
        page: the token of a link to the own page, for a button under the text.
        reply: LINE's token of what the person has just done, and until when it lasts.
    """
    standing = await work.towns.standing_text(name)
    if standing is None:
        await work.audit.append(_event("acknowledgement.missing", name, case_id, at=at))
        return None
    shown = standing.body if page else ""
    to = link.line_user_id
    request = press.freeze(to=to, body=standing.body, alt_text=shown, with_buttons=False, page=page)
    consent = await work.consents.current(person_id, ConsentType.CHANNEL_LINE)
    letter = Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case_id,
        person_id=person_id,
        kind=LetterKind.ACKNOWLEDGEMENT,
        body=standing.body,
        alt_text=shown,
        author_id=standing.author_id,
        opens_at=opens_at or at,
        closes_at=(opens_at or at) + TRIED_FOR,
        state=LetterState.SCHEDULED,
        created_at=at,
        approved_by=standing.approved_by,
        approved_at=standing.approved_at,
        approved_facts=0,
        bound_hash="",
        acknowledges=standing.known_as,
        command_key=command_key,
    )
    letter = replace(letter, bound_hash=binding_hash(binding(letter, link, consent, request)))
    await work.letters.add(letter)
    await enqueue(work, letter, request, reply=reply)
    await work.audit.append(_event("acknowledgement.scheduled", standing.known_as, case_id, at=at))
    return letter


def _event(action: str, subject: str, case_id: CaseId, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action, at=at, actor=SYSTEM, role=Role.SYSTEM, subject=subject, case_id=case_id
    )
