"""The short answers that nobody approves one by one: each is approved by name and version.

They answer what the person has just done (少し休む, やめる, linking, words that call for people)
and nothing else.
"""

from collections.abc import Callable
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
    until: datetime | None = None,
    silent: bool = False,
    lock_screen: str = "",
    fill: Callable[[str], str] = str,
) -> bool:
    """Put the pre-approved text `name` into the outbox; False when the town has none.

    Args:
        link: the account as it stands after what the person did.
        until: it is not sent after this moment, where it would be true no longer.
        silent: the phone does not ring.
        lock_screen: what shows there in place of the words, where these are for the person only.
        fill: puts into the text what it leaves open; what it says is approved all the same.
    """
    standing = await work.towns.standing_text(name)
    if standing is None:
        await work.audit.append(_event("acknowledgement.missing", name, case_id, at=at))
        return False
    body = fill(standing.body)
    request = press.freeze(
        to=link.line_user_id, body=body, alt_text=lock_screen, with_buttons=False, silent=silent
    )
    consent = await work.consents.current(person_id, ConsentType.CHANNEL_LINE)
    letter = Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case_id,
        person_id=person_id,
        kind=LetterKind.ACKNOWLEDGEMENT,
        body=body,
        alt_text=lock_screen,
        author_id=standing.author_id,
        opens_at=at,
        closes_at=min(at + TRIED_FOR, until or at + TRIED_FOR),
        state=LetterState.SCHEDULED,
        created_at=at,
        approved_by=standing.approved_by,
        approved_at=standing.approved_at,
        approved_facts=0,
        bound_hash="",
        acknowledges=f"{standing.name}/{standing.version}",
    )
    letter = replace(letter, bound_hash=binding_hash(binding(letter, link, consent, request)))
    await work.letters.add(letter)
    await enqueue(work, letter, request)
    await work.audit.append(
        _event("acknowledgement.scheduled", f"{name}/{standing.version}", case_id, at=at)
    )
    return True


def _event(action: str, subject: str, case_id: CaseId, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action, at=at, actor=SYSTEM, role=Role.SYSTEM, subject=subject, case_id=case_id
    )
