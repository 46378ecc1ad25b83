"""What is due, with everything that the second look needs: one SELECT, read by position."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any, Final

from core.cases import CaseState
from core.consent import ConsentState
from core.ids import CaseId, DeliveryId, LetterId, MunicipalityId, PersonId, StaffId
from core.letters import Letter, LetterKind, LetterState, Reason
from core.outbox import Delivery, DeliveryState
from core.people import LinkState
from core.ports import Due
from core.recheck import Situation
from storage.keys import TownKeys
from storage.tables.letters import ACTIVE, DOUBTED, ON_ITS_WAY, PACED
from storage.types import EPOCH, from_microseconds
from storage.written import Written

# A person to whom a letter is on its way right now has to wait: the pace rules (G-03) count
# letters that were sent, and those that may have been without our knowing. The inner query finds
# and locks; whatever is joined to it is found by key. The latest link and consent are picked by
# indexes that end with the newest.
_GIVEN_UP: Final = (
    "outbox WHERE municipality_id = o.municipality_id AND person_id = o.person_id"
    f" AND {DOUBTED} AND state = 'IN_DOUBT' AND letter_id IN (SELECT id FROM letters"
    " WHERE municipality_id = o.municipality_id AND id = outbox.letter_id"
    " AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY'))"
)
_DUE: Final = f"""
WITH o AS {{materialized}} (
    SELECT * FROM outbox
    WHERE municipality_id = :town AND {ACTIVE} AND next_at <= :at
    AND person_id NOT IN (SELECT person_id FROM outbox
        WHERE municipality_id = :town AND {ON_ITS_WAY} AND next_at > :at)
    AND (doubt_since IS NOT NULL OR person_id NOT IN (
        SELECT person_id FROM outbox WHERE municipality_id = :town AND {ON_ITS_WAY}
        UNION ALL SELECT person_id FROM outbox
        WHERE municipality_id = :town AND {DOUBTED} AND state = 'READY'))
    ORDER BY next_at, id LIMIT :most {{lock}}
)
SELECT o.id, o.letter_id, o.case_id, o.person_id, o.request, o.retry_key, o.next_at, o.state,
    o.attempts, o.doubt_since,
    l.kind, l.body, l.author_id, l.opens_at, l.closes_at, l.state, l.created_at, l.alt_text,
    l.version, l.reason, l.note, l.approved_by, l.approved_at, l.approved_facts, l.bound_hash,
    l.decided_by, l.decided_at, l.sent_at, l.line_request_id, l.acknowledges, l.command_key,
    k.id, k.line_user_id, k.state, k.paused_until,
    c.id, c.version, c.state,
    s.state, s.facts, p.deceased_on IS NOT NULL, p.wakes, p.sleeps,
    f.active,
    (SELECT max(sent_at) FROM letters WHERE municipality_id = o.municipality_id
        AND person_id = o.person_id AND {PACED}),
    (SELECT count(*) FROM letters WHERE municipality_id = o.municipality_id
        AND person_id = o.person_id AND {PACED} AND sent_at > :month_ago),
    (SELECT max(doubt_since) FROM {_GIVEN_UP}),
    (SELECT count(*) FROM {_GIVEN_UP} AND doubt_since > :month_ago)
FROM o
JOIN letters l ON l.municipality_id = o.municipality_id AND l.id = o.letter_id
JOIN cases s ON s.municipality_id = o.municipality_id AND s.id = o.case_id
JOIN people p ON p.municipality_id = o.municipality_id AND p.id = o.person_id
LEFT JOIN seats t ON t.municipality_id = o.municipality_id AND t.case_id = o.case_id
    AND t.staff_id = l.approved_by AND t.role = 'message_approver'
LEFT JOIN staff f ON f.municipality_id = t.municipality_id AND f.id = t.staff_id
{{links}}
{{consents}}
ORDER BY o.next_at, o.id
"""
_LATEST_LINK: Final = (
    "FROM line_links WHERE municipality_id = o.municipality_id AND person_id = o.person_id"
    " ORDER BY linked_at DESC NULLS LAST, id DESC LIMIT 1"
)
_LATEST_CONSENT: Final = (
    "FROM consents WHERE municipality_id = o.municipality_id AND person_id = o.person_id"
    " AND type = 'CHANNEL_LINE' ORDER BY given_at DESC NULLS LAST, id DESC LIMIT 1"
)
DUE: Final = Written(
    _DUE.format(
        materialized="",
        lock="",
        links="LEFT JOIN line_links k ON k.municipality_id = o.municipality_id"
        f" AND k.id = (SELECT id {_LATEST_LINK})",
        consents="LEFT JOIN consents c ON c.municipality_id = o.municipality_id"
        f" AND c.id = (SELECT id {_LATEST_CONSENT})",
    ),
    _DUE.format(
        materialized="MATERIALIZED",
        lock="FOR UPDATE SKIP LOCKED",
        links=f"LEFT JOIN LATERAL (SELECT * {_LATEST_LINK}) k ON true",
        consents=f"LEFT JOIN LATERAL (SELECT * {_LATEST_CONSENT}) c ON true",
    ),
)
_REQUEST: Final = b"outbox.request"
_BODY: Final = b"letters.body"
_ALT: Final = b"letters.alt_text"
_NOTE: Final = b"letters.note"
_LINE_USER: Final = b"line_links.line_user_id"

_Moment = Callable[[Any], datetime | None]
# Looking a name up in a dict costs a tenth of calling the enumeration.
_KINDS: Final = {kind.value: kind for kind in LetterKind}
_STATES: Final = {state.value: state for state in LetterState}
_REASONS: Final[dict[str | None, Reason | None]] = {
    None: None,
    **{reason.value: reason for reason in Reason},
}
_DELIVERIES: Final = {state.value: state for state in DeliveryState}
_LINKS: Final[dict[str | None, LinkState]] = {
    None: LinkState.UNLINKED,
    **{state.value: state for state in LinkState},
}
_CONSENTS: Final[dict[str | None, ConsentState | None]] = {
    None: None,
    **{state.value: state for state in ConsentState},
}
_CASES: Final = {state.value: state for state in CaseState}


def _letter_of(
    row: Any, *, municipality_id: MunicipalityId, keys: TownKeys, moment: _Moment
) -> Letter:
    return Letter(
        id=LetterId(row[1]),
        municipality_id=municipality_id,
        case_id=CaseId(row[2]),
        person_id=PersonId(row[3]),
        kind=_KINDS[row[10]],
        body=keys.open(row[11], column=_BODY).decode(),
        author_id=StaffId(row[12]),
        opens_at=moment(row[13]) or EPOCH,
        closes_at=moment(row[14]) or EPOCH,
        state=_STATES[row[15]],
        created_at=moment(row[16]) or EPOCH,
        alt_text=keys.open(row[17], column=_ALT).decode(),
        version=row[18],
        reason=_REASONS[row[19]],
        note=keys.open(row[20], column=_NOTE).decode(),
        approved_by=row[21],
        approved_at=moment(row[22]),
        approved_facts=row[23],
        bound_hash=row[24],
        decided_by=row[25],
        decided_at=moment(row[26]),
        sent_at=moment(row[27]),
        line_request_id=row[28],
        acknowledges=row[29],
        command_key=row[30],
    )


def due_of(row: Any, *, municipality_id: MunicipalityId, keys: TownKeys, postgres: bool) -> Due:
    """What one row of the SELECT says."""
    moment = _aware if postgres else _counted
    request = keys.open(row[4], column=_REQUEST)
    doubt_since = moment(row[9])
    letter = _letter_of(row, municipality_id=municipality_id, keys=keys, moment=moment)
    return Due(
        delivery=Delivery(
            id=DeliveryId(row[0]),
            municipality_id=municipality_id,
            letter_id=letter.id,
            case_id=letter.case_id,
            person_id=letter.person_id,
            request=request,
            retry_key=row[5],
            next_at=moment(row[6]) or EPOCH,
            state=_DELIVERIES[row[7]],
            attempts=row[8],
            doubt_since=doubt_since,
        ),
        situation=Situation(
            letter=letter,
            request=request,
            line_user_id=keys.open(row[32] or b"", column=_LINE_USER).decode(),
            link_id=row[31] or "",
            link_state=_LINKS[row[33]],
            paused_until=moment(row[34]),
            consent_id=row[35],
            consent_version=row[36],
            consent_state=_CONSENTS[row[37]],
            case_state=_CASES[row[38]],
            case_facts=row[39],
            deceased=bool(row[40]),
            approver_seated=bool(row[43]),
            last_sent_at=_later(moment(row[44]), moment(row[46])),
            sent_in_30_days=row[45] + row[47],
            doubt_since=doubt_since,
        ),
        wakes=_hour(row[41]),
        sleeps=_hour(row[42]),
    )


def _counted(raw: int | None) -> datetime | None:
    return None if raw is None else from_microseconds(raw)


def _aware(raw: datetime | None) -> datetime | None:
    return None if raw is None else raw.astimezone(UTC)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _hour(raw: time | str | None) -> time | None:
    return time.fromisoformat(raw) if isinstance(raw, str) else raw
