"""Steps around a LINE account that colleagues and persons share, inside an open transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM
from core.consent import ConsentState, ConsentType
from core.consent.ending import withdraw_all
from core.consenting import ledger_of, write_step
from core.errors import CaseworkError
from core.ids import CaseId, LinkId, PersonId
from core.letters import Reason
from core.page_ways import close_ways
from core.people import LineLink, LinkState
from core.ports import Work
from core.steps import Overtaken, cancel_unsent, note_fact

LINK: Final = "link"


class LinkUnconfirmed(CaseworkError):
    """Nobody has said yet whether the account that sent the code is the right person's (C8)."""

    rule = "C8"


class LinkSettled(CaseworkError):
    """There is nothing to say about this account any more. Facts: `state`."""

    rule = "C8"


class AccountTaken(CaseworkError):
    """An account is one person's; it is not linked to a second one."""

    rule = "C8"


class NotTheirAccount(CaseworkError):
    """The account is not this person's, or cannot be used. Facts: `state`."""

    rule = "C8"


async def menu_follows(work: Work, link: LineLink, *, at: datetime) -> None:
    """Write down that LINE is to show this account its menu, before anybody asks LINE."""
    if link.line_user_id:
        await work.errands.menu(link, at=at)


async def account_of(work: Work, person_id: PersonId, link_id: LinkId) -> LineLink:
    """The account, as one of this person's.

    Raises:
        NotFound. NotTheirAccount: it is somebody else's, or nobody's.
    """
    link = await work.links.get(link_id)
    if link.person_id != person_id:
        raise NotTheirAccount(state=link.state.value)
    return link


async def put_link(work: Work, link: LineLink, now: LineLink, *, at: datetime) -> LineLink:
    """The account as it is now, one version on, and its menu with it.

    Raises:
        Overtaken: somebody was faster.
    """
    now = replace(now, version=link.version + 1)
    if not await work.links.change(now, version=link.version):
        raise Overtaken(what=LINK)
    # An account that was let go loses its menu, and for that LINE needs its id once more.
    await menu_follows(work, replace(now, line_user_id=link.line_user_id), at=at)
    return now


async def let_go(work: Work, link: LineLink, *, at: datetime, keep_person: bool) -> LineLink:
    """The account is linked no longer, and LINE's id of it is kept no longer (DOMAIN §9). Links to
    the person's own page, which may lie in its talk, open nothing any more.

    What remains is that there was one, whose, and from when to when. A stop stays kept without the
    id: it stands in the ledger, and to an account that we cannot name nothing can be sent. The menu
    is taken off it by an errand, which knows the id until then.

    Args:
        keep_person: whose account it was stays on record; not where it was never theirs.
    """
    if link.person_id is not None:
        await close_ways(work, link.person_id, at=at)
    gone = replace(
        link,
        line_user_id="",
        state=LinkState.UNLINKED,
        person_id=link.person_id if keep_person else None,
        paused_until=None,
        unconfirmed_since=None,
    )
    return await put_link(work, link, gone, at=at)


async def end_permission(
    work: Work, person_id: PersonId, *, case_id: CaseId, trace: str, at: datetime
) -> None:
    """The permission that stood on an account ends with it (C5), and nothing waits any more.

    Args:
        trace: what it ended with, as `name=value`, for the audit.
    """
    ledger = await ledger_of(work, person_id)
    may_write = {
        line.id
        for line in ledger
        if line.type is ConsentType.CHANNEL_LINE and line.state is ConsentState.GIVEN
    }
    if may_write:
        step = withdraw_all(
            ledger,
            subject=person_id,
            matter=lambda line: line.id in may_write,
            by=SYSTEM,
            role=Role.SYSTEM,
            at=at,
        )
        await write_step(work, step, case_id=case_id, evidence=(trace,))
    await cancel_unsent(work, person_id, Reason.NOT_LINKED, at=at)
    await note_fact(work, case_id, at=at)


async def share_phone(work: Work, person_id: PersonId, *, shared: bool, at: datetime) -> bool:
    """Whether others may see the phone, from now on (G-12); False where it was so already.

    What is approved and has not left is read once more: for the other kind of phone other words
    are right. Whoever calls writes down who said so.
    """
    person = await work.people.get(person_id)
    if person.shared_device == shared:
        return False
    await work.people.put(replace(person, shared_device=shared))
    for case in (await work.cases.of_person(person_id))[:1]:
        await note_fact(work, case.id, at=at)
    return True
