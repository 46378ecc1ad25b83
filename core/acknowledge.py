"""The short answers that nobody approves one by one: each is approved by name and version.

They answer what the person has just done (少し休む, やめる, linking) and nothing else.
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
from core.shared_phones import text_name
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
) -> bool:
    """Put the pre-approved text `name` into the outbox; False when the town has none.

    To a phone that others see goes the one approved for that, `name`_shared, or none (G-12).

    Args:
        link: the account as it stands after what the person did.
    """
    person = await work.people.get(person_id)
    name = text_name(name, person)
    standing = await work.towns.standing_text(name)
    if standing is None:
        await work.audit.append(_event("acknowledgement.missing", name, case_id, at=at))
        return False
    request = press.freeze(
        to=link.line_user_id,
        body=standing.body,
        alt_text="",
        with_buttons=False,
        quiet=person.shared_device,
    )
    consent = await work.consents.current(person_id, ConsentType.CHANNEL_LINE)
    letter = Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case_id,
        person_id=person_id,
        kind=LetterKind.ACKNOWLEDGEMENT,
        body=standing.body,
        author_id=standing.author_id,
        opens_at=at,
        closes_at=at + TRIED_FOR,
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
    await enqueue(work, letter, request, quiet=person.shared_device)
    await work.audit.append(
        _event("acknowledgement.scheduled", f"{name}/{standing.version}", case_id, at=at)
    )
    return True


def _event(action: str, subject: str, case_id: CaseId, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        action=action, at=at, actor=SYSTEM, role=Role.SYSTEM, subject=subject, case_id=case_id
    )
