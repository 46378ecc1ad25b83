"""Leaflets: what is kept of each, and how one becomes fit to be sent (DOMAIN §2.7, G-20, R-026).

A leaflet is public information with a picture of each page and the same in plain words, so that a
screen reader has it, too. Whoever adds one does not approve it. A changed leaflet is a new edition
of the same one; it counts as news to somebody who has the old one only where a colleague says so.
"""

import enum
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AreaId, LeafletId, MunicipalityId, PlaceId, StaffId
from core.leaflet_pages import MOST_PAGES, PageRef, TooManyPages

# [D] whoever works with people or places may add one; whoever approves letters, or answers for the
# town, reads it a second time.
LEAFLET_KEEPERS: Final = frozenset(
    {
        Role.OUTREACH_WORKER,
        Role.CASE_LEAD,
        Role.PARTICIPATION_WORKER,
        Role.COORDINATOR,
        Role.MUNICIPAL_OFFICER,
        Role.MESSAGE_APPROVER,
    }
)
LEAFLET_APPROVERS: Final = frozenset(
    {Role.MESSAGE_APPROVER, Role.COORDINATOR, Role.MUNICIPAL_OFFICER}
)


class LeafletState(enum.StrEnum):
    """Where an edition stands; only an approved one is sent."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    REPLACED = "REPLACED"
    WITHDRAWN = "WITHDRAWN"


_S = LeafletState
LEAFLET_MOVES: Final[dict[LeafletState, frozenset[LeafletState]]] = {
    _S.WAITING: frozenset({_S.APPROVED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.REPLACED, _S.WITHDRAWN}),
    _S.REPLACED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}


class LeafletIncomplete(CaseworkError):
    """A leaflet says what it is, by whom, for how long, and the same in plain words (DOMAIN §2.7).

    Facts: `missing`, `allowed`.
    """

    rule = "DOMAIN-2.7"


class LeafletNotPublic(CaseworkError):
    """Only public information goes over LINE (DOMAIN §2.7). Facts: `allowed`."""

    rule = "DOMAIN-2.7"


class DeadlinePressed(CaseworkError):
    """A leaflet does not press: no last day to sign up by, no "hurry" (G-20). Facts: `found`."""

    rule = "G-20"


class OwnLeaflet(CaseworkError):
    """Whoever added a leaflet does not approve it (G-06). Facts: `allowed`."""

    rule = "G-06"


class LeafletStepClosed(CaseworkError):
    """This step is not open at the edition's present state. Facts: `allowed`."""

    rule = "G-20"


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaflet:
    """One edition of a leaflet.

    Attributes:
        root_id: id of the first edition: all editions of one leaflet share it.
        edition: counts from 1.
        fresh_since: the edition since which the content is the same; somebody who was sent an
            earlier one may be sent this one.
        quiet_title: safe on a lock screen, in a letter and in a browser's history (G-11, G-20).
        tags: topics, matched with what is recorded of a person's interests (R-026).
        area_ids: where it is meant for; none means the whole town.
        valid_from, valid_until: first and last local day on which it may be sent.
        plain: the same in plain words, for screen readers and small phones.
        place_id: the place to take part that it tells of, if it does (R-064).
        is_public_info: must be true for LINE.
    """

    id: LeafletId
    municipality_id: MunicipalityId
    root_id: LeafletId
    title: str
    quiet_title: str
    issuer: str
    tags: frozenset[str]
    valid_from: date
    valid_until: date
    plain: str
    pages: tuple[PageRef, ...]
    author_id: StaffId
    added_at: datetime
    is_public_info: bool
    area_ids: frozenset[AreaId] = frozenset()
    place_id: PlaceId | None = None
    edition: int = 1
    fresh_since: int = 1
    state: LeafletState = LeafletState.WAITING
    approved_by: StaffId | None = None
    approved_at: datetime | None = None
    withdrawn_by: StaffId | None = None
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""
    version: int = 1

    def valid_on(self, day: date) -> bool:
        """Whether it may be sent on this local day, if it is approved."""
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafletMoved:
    """The edition after a step, and what the trail keeps of it."""

    leaflet: Leaflet
    event: AuditEvent


_PRESSING: Final = re.compile(
    "締め?切り?|〆切|しめきり|期限|先着|お早め|早い者勝ち|定員になり次第|定員に達し"
    "|今すぐ|いますぐ|急いで|お急ぎ|至急|必ず|残りわずか|お見逃しなく"
)


def pressing_words(text: str) -> tuple[str, ...]:
    """What in these words presses somebody to sign up, in order of place (G-20)."""
    plain = unicodedata.normalize("NFKC", text)
    return tuple(dict.fromkeys(found[0] for found in _PRESSING.finditer(plain)))


def require_unpressing(*texts: str) -> None:
    """Refuse words that press.

    Raises:
        DeadlinePressed: fact `found`.
    """
    found = [word for text in texts for word in pressing_words(text)]
    if found:
        raise DeadlinePressed(found="、".join(dict.fromkeys(found)))


def require_whole(leaflet: Leaflet) -> None:
    """Refuse an edition that lacks something, is not public, or presses (DOMAIN §2.7, G-20).

    Raises:
        LeafletIncomplete, LeafletNotPublic, DeadlinePressed, TooManyPages.
    """
    said = {
        "title": leaflet.title,
        "quiet_title": leaflet.quiet_title,
        "issuer": leaflet.issuer,
        "plain": leaflet.plain,
    }
    missing = [name for name, text in said.items() if not text.strip()]
    missing += [name for name in ("tags", "pages") if not getattr(leaflet, name)]
    if leaflet.valid_from > leaflet.valid_until:
        missing.append("valid_until")
    if missing:
        raise LeafletIncomplete(missing=",".join(missing), allowed="FILL_IN")
    if len(leaflet.pages) > MOST_PAGES:
        raise TooManyPages(most=str(MOST_PAGES))
    if not leaflet.is_public_info:
        raise LeafletNotPublic(allowed="PUBLIC_INFO")
    require_unpressing(leaflet.title, leaflet.quiet_title, leaflet.plain)


def approve(leaflet: Leaflet, *, by: StaffId, role: Role, at: datetime) -> LeafletMoved:
    """A second person has read it: from now on it may be sent (G-06).

    Raises:
        OwnLeaflet: it is their own. LeafletStepClosed. LeafletIncomplete, LeafletNotPublic,
        DeadlinePressed: it does not hold.
    """
    if leaflet.author_id == by:
        raise OwnLeaflet(allowed=",".join(sorted(LEAFLET_APPROVERS)))
    require_whole(leaflet)
    return _moved(leaflet, LeafletState.APPROVED, by=by, role=role, at=at, approved_by=by)


def replace_by(leaflet: Leaflet, *, by: StaffId, role: Role, at: datetime) -> LeafletMoved:
    """A newer edition takes its place.

    Raises:
        LeafletStepClosed.
    """
    return _moved(leaflet, LeafletState.REPLACED, by=by, role=role, at=at)


def withdraw(leaflet: Leaflet, *, why: str, by: StaffId, role: Role, at: datetime) -> LeafletMoved:
    """It is not sent any more, and links to it open nothing.

    Raises:
        LeafletStepClosed.
    """
    changes = {"withdrawn_by": by, "withdrawn_at": at, "withdrawn_why": why.strip()}
    return _moved(leaflet, LeafletState.WITHDRAWN, by=by, role=role, at=at, **changes)


def _moved(
    leaflet: Leaflet,
    to: LeafletState,
    *,
    by: StaffId,
    role: Role,
    at: datetime,
    **changes: object,
) -> LeafletMoved:
    if to not in LEAFLET_MOVES[leaflet.state]:
        allowed = ",".join(sorted(LEAFLET_MOVES[leaflet.state])) or "NEW_EDITION"
        raise LeafletStepClosed(allowed=allowed)
    if to is LeafletState.APPROVED:
        changes["approved_at"] = at
    now = replace(leaflet, state=to, version=leaflet.version + 1, **changes)  # type: ignore[arg-type]
    return LeafletMoved(leaflet=now, event=event_of(now, by=by, role=role, at=at, was=leaflet))


def event_of(
    leaflet: Leaflet, *, by: StaffId, role: Role | str, at: datetime, was: Leaflet | None = None
) -> AuditEvent:
    """What the trail keeps of a step; `was` is None for a new edition."""
    return AuditEvent(
        action="leaflet.added" if was is None else f"leaflet.{leaflet.state.value.lower()}",
        at=at,
        actor=by,
        role=role,
        subject=leaflet.id,
        was="" if was is None else was.state.value,
        now=leaflet.state.value,
        reason=leaflet.withdrawn_why,
        evidence=(f"root={leaflet.root_id}", f"edition={leaflet.edition}"),
    )


def bare_topics(words: Iterable[str]) -> dict[str, str]:
    """Topics without differences of width and case, each with the word as it was written."""
    return {
        unicodedata.normalize("NFKC", word).casefold().strip(): word
        for word in words
        if word.strip()
    }
