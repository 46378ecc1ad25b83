"""One-time links to staff pages, and the short sessions that they open.

A link says who may open which case, until when, and carries a nonce that is good for one use;
whoever hands it out is sure of the member of staff (Slack's signed request). All of it is signed
with HMAC-SHA256 under a key of its own, and nothing in it names a person.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from core.ids import CaseId, StaffId

PASS_LASTS: Final = timedelta(minutes=10)
SESSION_LASTS: Final = timedelta(minutes=30)
_PASS: Final = "staff-pass/1"
_SESSION: Final = "staff-session/1"
_FORM: Final = "staff-form/1"
_ONCE: Final = "staff-form-once/1"
_LONGEST: Final = 1024
Parts = list[str | int]


class PassUnusable(Exception):
    """A link or session that is not ours, was changed, or ran out. It does not say which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPass:
    """What a link allows.

    Attributes:
        case_id: the case to be opened; "" for the town's own desk.
        expires_at: aware; the link opens nothing from then on.
        nonce: unguessable; used up by the first opening.
    """

    staff_id: StaffId
    case_id: CaseId
    expires_at: datetime
    nonce: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSession:
    """Who is reading.

    Attributes:
        nonce: of the link that began it, so that no two sessions look alike.
    """

    staff_id: StaffId
    expires_at: datetime
    nonce: str


def make_staff_link(
    public_url: str,
    key: bytes,
    staff_id: StaffId,
    case_id: CaseId | None,
    *,
    at: datetime,
    nonce: str,
) -> str:
    """The address under which this colleague may open this case, once, within `PASS_LASTS`.

    Args:
        case_id: None for the town's own desk.
        public_url: where the house answers, without the path.
        key: signs; at least 32 bytes, and the one that `staff_routes` is given.
        nonce: unguessable and new.
    """
    opens = StaffPass(
        staff_id=staff_id, case_id=case_id or CaseId(""), expires_at=at + PASS_LASTS, nonce=nonce
    )
    return f"{public_url.rstrip('/')}/s/open/{sign_pass(opens, key=key)}"


def sign_pass(opens: StaffPass, *, key: bytes) -> str:
    """The pass as text for an address; its time is kept to the second."""
    parts: Parts = [opens.staff_id, opens.case_id, _seconds(opens.expires_at), opens.nonce]
    return _sign(_PASS, parts, key=key)


def read_pass(token: str, *, key: bytes, at: datetime) -> StaffPass:
    """The pass in a text.

    Raises:
        PassUnusable: not ours, changed, or run out.
    """
    staff_id, case_id, expires, nonce = _read(_PASS, token, key=key, at=at)
    return StaffPass(
        staff_id=StaffId(staff_id),
        case_id=CaseId(case_id),
        expires_at=_time(expires),
        nonce=nonce,
    )


def begin_session(opened: StaffPass, *, key: bytes, at: datetime) -> str:
    """A cookie's value for the colleague whose pass was just used; it lasts `SESSION_LASTS`."""
    parts: Parts = [opened.staff_id, "", _seconds(at + SESSION_LASTS), opened.nonce]
    return _sign(_SESSION, parts, key=key)


def read_session(cookie: str, *, key: bytes, at: datetime) -> StaffSession:
    """The session in a cookie.

    Raises:
        PassUnusable: not ours, changed, or run out.
    """
    staff_id, _, expires, nonce = _read(_SESSION, cookie, key=key, at=at)
    return StaffSession(staff_id=StaffId(staff_id), expires_at=_time(expires), nonce=nonce)


def form_mark(session: StaffSession, case_id: CaseId, *, key: bytes) -> str:
    """What a form on this case's page carries, so that no other page can send it."""
    said = "\n".join((session.staff_id, session.nonce, case_id))
    return _mac(_FORM, said, key=key)


def one_time_mark(session: StaffSession, case_id: CaseId, once: str, *, key: bytes) -> str:
    """As `form_mark`, for a form that counts once: `once` is its own key, without a dot."""
    said = "\n".join((session.staff_id, session.nonce, case_id, once))
    return f"{once}.{_mac(_ONCE, said, key=key)}"


def once_in(mark: str, session: StaffSession, case_id: CaseId, *, key: bytes) -> str:
    """The form's own key.

    Raises:
        PassUnusable: no form of this page in this session.
    """
    once = mark.partition(".")[0]
    if not same_mark(mark, one_time_mark(session, case_id, once, key=key)):
        raise PassUnusable
    return once


def sign(kind: str, first: str, second: str, *, until: datetime, key: bytes) -> str:
    """Two texts and a time, signed under a name of their own."""
    return _sign(kind, [first, second, _seconds(until), ""], key=key)


def read_signed(kind: str, text: str, *, key: bytes, at: datetime) -> tuple[str, str, datetime]:
    """What was signed with `sign` under this name.

    Raises:
        PassUnusable: not ours, changed, or run out.
    """
    first, second, expires, _ = _read(kind, text, key=key, at=at)
    return first, second, _time(expires)


def same_mark(given: str, expected: str) -> bool:
    """Whether two marks are the same, in constant time."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


def _sign(kind: str, parts: Parts, *, key: bytes) -> str:
    body = _text(json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode())
    return f"{body}.{_mac(kind, body, key=key)}"


def _read(kind: str, token: str, *, key: bytes, at: datetime) -> tuple[str, str, int, str]:
    body, dot, mac = token.partition(".")
    if not dot or len(token) > _LONGEST or not same_mark(mac, _mac(kind, body, key=key)):
        raise PassUnusable
    # Whatever carries our mark has our shape.
    first, second, expires, nonce = json.loads(
        base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    )
    if at >= _time(expires):
        raise PassUnusable
    return first, second, expires, nonce


def _mac(kind: str, said: str, *, key: bytes) -> str:
    signed = f"{kind}\n{said}".encode(errors="replace")
    return _text(hmac.new(key, signed, hashlib.sha256).digest())


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
