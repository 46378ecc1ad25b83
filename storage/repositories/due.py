"""What is due, with everything that the second look needs: one SELECT, read by position."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from operator import itemgetter
from typing import Any, Final

from core.cases import CaseState
from core.consent import ConsentState
from core.leaflet_choice import LeafletStanding
from core.leaflets import LeafletState
from core.letters import ANSWER_KEY, LetterKind, LetterState, notice_in
from core.notices import NOTICE_APPROVERS
from core.people import NO_WISHES, LetterWishes, LinkState
from core.permissions import Action, holders
from core.ports import Due
from core.recheck import Scheduled, Situation
from storage.documents import dump_record, load_record
from storage.keys import TownKeys
from storage.more import PersonMore
from storage.tables.columns import quoted
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
# Whoever answered a person in a conversation approves no letters; they may write there, or not.
_ANSWERS: Final = f"l.command_key IS NOT NULL AND l.command_key LIKE '{ANSWER_KEY}%'"
# Said as the partial index says it, for a letter under another name.
_PACED: Final = PACED.replace("sent_at", "{0}.sent_at").replace("kind", "{0}.kind")
_MAY_WRITE: Final = quoted(sorted(holders(Action.WRITE_LETTER)))
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
SELECT o.next_at, o.id, o.case_id, o.attempts, o.request, o.doubt_since,
    l.id, l.person_id, l.kind, l.body, l.alt_text, l.author_id, l.opens_at, l.closes_at, l.state,
    l.version, l.approved_by, l.approved_at, l.approved_facts, l.bound_hash,
    l.asks_again, l.confirmed_at, l.confirmed_by, l.self_approved_reason IS NOT NULL,
    l.passes_pace, CASE WHEN l.kind = 'NOTICE' THEN l.command_key END,
    k.id, k.line_user_id, k.state, k.paused_until,
    c.id, c.version, c.state,
    s.state, s.facts, p.deceased_on IS NOT NULL, p.wakes, p.sleeps,
    CASE WHEN l.kind = 'NOTICE' AND n.active THEN n.roles END,
    f.active, g.state, g.valid_from, g.valid_until,
    (SELECT max(sent_at) FROM letters WHERE municipality_id = o.municipality_id
        AND person_id = o.person_id AND {PACED}),
    (SELECT count(*) FROM letters WHERE municipality_id = o.municipality_id
        AND person_id = o.person_id AND {PACED} AND sent_at > :month_ago),
    (SELECT max(doubt_since) FROM {_GIVEN_UP}),
    (SELECT count(*) FROM {_GIVEN_UP} AND doubt_since > :month_ago),
    o.reply_token, o.reply_until, {_ANSWERS},
    CASE WHEN {_ANSWERS} THEN EXISTS (SELECT 1 FROM seats u JOIN staff v
        ON v.municipality_id = u.municipality_id AND v.id = u.staff_id AND v.active
        WHERE u.municipality_id = o.municipality_id AND u.case_id = o.case_id
        AND u.staff_id = l.author_id AND u.role IN ({_MAY_WRITE})) END,
    k.unconfirmed_since IS NOT NULL, p.shared_device, o.quiet,
    p.more, l.excused,
    CASE WHEN l.kind <> 'LAST' THEN true ELSE EXISTS (SELECT 1 FROM letters e WHERE
        e.municipality_id = o.municipality_id AND e.person_id = o.person_id
        AND {_PACED.format("e")} AND (e.kind = 'PRE_LAST'
            OR e.kind = 'FIRST' AND l.command_key LIKE 'series:%'
                AND e.command_key LIKE 'series:%')
        AND NOT EXISTS (SELECT 1 FROM letters d WHERE d.municipality_id = e.municipality_id
            AND d.person_id = e.person_id AND {_PACED.format("d")} AND d.kind = 'LAST'
            AND d.sent_at > e.sent_at)) END
FROM o
JOIN letters l ON l.municipality_id = o.municipality_id AND l.id = o.letter_id
JOIN cases s ON s.municipality_id = o.municipality_id AND s.id = o.case_id
JOIN people p ON p.municipality_id = o.municipality_id AND p.id = o.person_id
LEFT JOIN seats t ON t.municipality_id = o.municipality_id AND t.case_id = o.case_id
    AND t.staff_id = l.approved_by AND t.role = 'message_approver'
LEFT JOIN staff f ON f.municipality_id = t.municipality_id AND f.id = t.staff_id
LEFT JOIN staff n ON l.kind = 'NOTICE' AND n.municipality_id = o.municipality_id
    AND n.id = l.approved_by
LEFT JOIN leaflet_links x ON l.kind = 'LEAFLET' AND x.municipality_id = o.municipality_id
    AND x.letter_id = o.letter_id
LEFT JOIN leaflets g ON g.municipality_id = x.municipality_id AND g.id = x.leaflet_id
{{links}}
{{consents}}
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
        links=f"LEFT JOIN line_links k ON k.rowid = (SELECT rowid {_LATEST_LINK})",
        consents=f"LEFT JOIN consents c ON c.rowid = (SELECT rowid {_LATEST_CONSENT})",
    ),
    _DUE.format(
        materialized="MATERIALIZED",
        lock="FOR UPDATE SKIP LOCKED",
        links=f"LEFT JOIN LATERAL (SELECT * {_LATEST_LINK}) k ON true",
        consents=f"LEFT JOIN LATERAL (SELECT * {_LATEST_CONSENT}) c ON true",
    ),
)
# The database finds the oldest; it would copy every sealed letter to sort them once more.
AGE: Final = itemgetter(0, 1)
_REQUEST: Final = b"outbox.request"
_BODY: Final = b"letters.body"
_ALT: Final = b"letters.alt_text"
_LINE_USER: Final = b"line_links.line_user_id"
_REPLY_TOKEN: Final = b"outbox.reply_token"
_MORE: Final = b"people.more"
# As the document of somebody has it who wishes nothing.
_NO_WISHES: Final = b'"letter_wishes":%b' % dump_record(NO_WISHES, LetterWishes)

_Moment = Callable[[Any], datetime | None]
# Looking a name up in a dict costs a tenth of calling the enumeration.
_KINDS: Final = {kind.value: kind for kind in LetterKind}
_STATES: Final = {state.value: state for state in LetterState}
_LINKS: Final[dict[str | None, LinkState]] = {
    None: LinkState.UNLINKED,
    **{state.value: state for state in LinkState},
}
_CONSENTS: Final[dict[str | None, ConsentState | None]] = {
    None: None,
    **{state.value: state for state in ConsentState},
}
_CASES: Final = {state.value: state for state in CaseState}


def due_of(row: Sequence[Any], *, keys: TownKeys, postgres: bool) -> Due:
    """What one row of the SELECT says."""
    (delivery_id, case_id, attempts, request, doubt_since) = row[1:6]
    command_key = row[25]
    (link_id, line_user_id, link_state, paused_until) = row[26:30]
    (consent_id, consent_version, consent_state) = row[30:33]
    (case_state, facts, deceased, wakes, sleeps, for_the_town, seated) = row[33:40]
    (last_sent_at, sent, last_given_up_at, given_up) = row[43:47]
    (reply_token, reply_until, answers, still_writes, unconfirmed, shared, quiet) = row[47:54]
    (more, excused, end_told) = row[54:]
    moment = _aware if postgres else _counted
    situation = Situation(
        letter=_scheduled_of((*row[6:25], answers, excused), keys=keys, moment=moment),
        request=keys.open(request, column=_REQUEST),
        line_user_id=keys.open(line_user_id or b"", column=_LINE_USER).decode(),
        link_id=link_id or "",
        link_state=_LINKS[link_state],
        paused_until=moment(paused_until),
        consent_id=consent_id,
        consent_version=consent_version,
        consent_state=_CONSENTS[consent_state],
        case_state=_CASES[case_state],
        case_facts=facts,
        deceased=bool(deceased),
        approver_seated=bool(still_writes)
        if answers
        else bool(seated) or _approves_notices(for_the_town),
        last_sent_at=_later(moment(last_sent_at), moment(last_given_up_at)),
        sent_lately=sent + given_up,
        doubt_since=moment(doubt_since),
        leaflet=None if row[40] is None else _standing(*row[40:43]),
        replies=reply_token is not None,
        unconfirmed=bool(unconfirmed),
        shared_device=bool(shared),
        quiet=bool(quiet),
        end_told=bool(end_told),
    )
    wishes = NO_WISHES if more is None else _wishes(keys.open(more, column=_MORE))
    token = None if reply_token is None else keys.open(reply_token, column=_REPLY_TOKEN).decode()
    notice_id = notice_in(command_key) if command_key else None
    hours = _hour(wakes), _hour(sleeps)
    return Due(
        delivery_id,
        case_id,
        attempts,
        situation,
        *hours,
        token,
        moment(reply_until),
        notice_id,
        wishes,
    )


def _approves_notices(roles: str | None) -> bool:
    """Of a notice to many: whether its approver, in service, still holds a role for it (R-087)."""
    return roles is not None and not NOTICE_APPROVERS.isdisjoint(json.loads(roles))


def _wishes(plain: bytes) -> LetterWishes:
    """What a person wishes; most wish nothing, and are told from it without reading the rest."""
    if _NO_WISHES in plain:
        return NO_WISHES
    more: PersonMore = load_record(plain, PersonMore)
    return more.letter_wishes


def _scheduled_of(row: Sequence[Any], *, keys: TownKeys, moment: _Moment) -> Scheduled:
    (letter_id, person_id, kind, body, alt_text, author_id, opens_at, closes_at, state) = row[:9]
    (version, approved_by, approved_at, approved_facts, bound_hash) = row[9:14]
    (asks_again, confirmed_at, confirmed_by, self_approved, passes_pace) = row[14:19]
    (answers, excused) = row[19:]
    return Scheduled(
        letter_id,
        person_id,
        _KINDS[kind],
        keys.open(body, column=_BODY).decode(),
        keys.open(alt_text, column=_ALT).decode(),
        author_id,
        moment(opens_at) or EPOCH,
        moment(closes_at) or EPOCH,
        _STATES[state],
        version,
        approved_by,
        moment(approved_at),
        approved_facts,
        bound_hash,
        bool(asks_again),
        moment(confirmed_at),
        confirmed_by,
        bool(self_approved),
        bool(answers),
        bool(passes_pace),
        frozenset((excused or "").split()),
    )


def _counted(raw: int | None) -> datetime | None:
    return None if raw is None else from_microseconds(raw)


def _aware(raw: datetime | None) -> datetime | None:
    return None if raw is None else raw.astimezone(UTC)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _standing(state: str, first: date | str, last: date | str) -> LeafletStanding:
    return LeafletStanding(LeafletState(state), _day(first), _day(last))


def _day(raw: date | str) -> date:
    return date.fromisoformat(raw) if isinstance(raw, str) else raw


def _hour(raw: time | str | None) -> time | None:
    return time.fromisoformat(raw) if isinstance(raw, str) else raw
