"""LINE: a paper with a code, whose account it is, which one is in use, and its end."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from bots.i18n.catalogue import day, moment, word
from bots.paper.link_paper import LinkPaper, PaperForm, printed
from bots.web.desk.deed import Deed, Handed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from core.agencies import Role
from core.ids import LinkId
from core.people import LineLink, LinkState
from core.usecases.linking.choose_account import choose_account
from core.usecases.linking.confirm_link import confirm_link
from core.usecases.linking.decline_link import decline_link
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.linking.paper_facts import paper_facts
from core.usecases.linking.set_shared_phone import set_shared_phone
from core.usecases.linking.unlink_account import UnlinkReason, unlink_account

ROOM: Final = "LINE"
_WHO: Final = frozenset({Role.OUTREACH_WORKER, Role.CASE_LEAD, Role.COORDINATOR})
PAPER_NAME: Final = "otayori.pdf"


def _accounts(view: View) -> Iterable[LineLink]:
    """Those that LINE still knows under an id of ours."""
    return (link for link in view.story.links if link.line_user_id)


def _called(view: View, link: LineLink) -> str:
    """Which of several accounts: by when it was linked, and how it stands; no name of LINE's."""
    state = word(link.state)
    if link.linked_at is None:
        return state
    return f"{moment(link.linked_at, tz=view.tz)} から・{state}"


def _offers(view: View, links: Iterable[LineLink]) -> Iterable[Offer]:
    """One offer for each; with a single account nobody has to be told which."""
    many = len(tuple(_accounts(view))) > 1
    for link in links:
        yield Offer(of=link.id, about=_called(view, link) if many else "")


# On paper


def _paper_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="form",
            label="どの紙に",
            kind=Kind.CHOICE,
            options=of_enum(PaperForm),
            value=PaperForm.LETTER.value,
        ),
        Entry(
            name="signed",
            label="わたしの名前を入れる",
            kind=Kind.YES,
            required=False,
            help="苗字など、ふだんおたよりに書いている名前です。カードには入りません。",
        ),
    )


async def _paper(means: Means, filled: Filled, of: str) -> Handed:
    facts = await paper_facts(means.uow)
    case = means.view.story.case
    code = await issue_link_code(means.uow, case_id=case.id, by=means.by, at=means.at)
    name = means.view.story.names.get(means.by, "")
    paper = LinkPaper(
        account=facts.account,
        basic_id=facts.basic_id,
        code=code.code,
        until=day(code.expires_at.astimezone(means.tz).date()),
        sender=name if filled.yes("signed") else "",
        made_at=means.at,
    )
    # The drawing takes a good part of a second; others are served meanwhile.
    content = await asyncio.to_thread(partial(printed, paper, filled.one("form", PaperForm)))
    return Handed(content=content, media_type="application/pdf", name=PAPER_NAME)


# Whose account


def _unconfirmed(view: View) -> Iterable[Offer]:
    return _offers(view, (one for one in _accounts(view) if one.unconfirmed_since is not None))


async def _confirm(means: Means, filled: Filled, of: str) -> str:
    case_id = means.view.story.case.id
    await confirm_link(means.uow, case_id=case_id, link_id=LinkId(of), by=means.by, at=means.at)
    return "ご本人のLINEと確かめました。はじめてのおたよりを書けます。"


async def _decline(means: Means, filled: Filled, of: str) -> str:
    case_id = means.view.story.case.id
    await decline_link(means.uow, case_id=case_id, link_id=LinkId(of), by=means.by, at=means.at)
    return "つながりを外しました。相手の方には、何も伝えていません。"


# Which account, and its end


def _others(view: View) -> Iterable[Offer]:
    stopped = LinkState.UNLINKED_BY_PERSON
    in_use = next(iter(view.story.links), None)
    beside = (one for one in _accounts(view) if one.state is stopped)
    return _offers(view, (one for one in beside if in_use is None or one.id != in_use.id))


async def _choose(means: Means, filled: Filled, of: str) -> str:
    case_id = means.view.story.case.id
    await choose_account(means.uow, case_id=case_id, link_id=LinkId(of), by=means.by, at=means.at)
    return "これからは、このLINEに送ります。もう一方は記録に残っています。"


def _unlink_entries(view: View, of: str) -> tuple[Entry, ...]:
    return (Entry(name="reason", label="なぜか", kind=Kind.CHOICE, options=of_enum(UnlinkReason)),)


async def _unlink(means: Means, filled: Filled, of: str) -> str:
    await unlink_account(
        means.uow,
        case_id=means.view.story.case.id,
        link_id=LinkId(of),
        reason=filled.one("reason", UnlinkReason),
        by=means.by,
        at=means.at,
    )
    return "つながりを外し、LINEの番号を消しました。"


# The phone


def _own_phone(view: View) -> Iterable[Offer]:
    return () if view.story.person.shared_device else (Offer(),)


def _shared_phone(view: View) -> Iterable[Offer]:
    return (Offer(),) if view.story.person.shared_device else ()


async def _share(means: Means, filled: Filled, of: str) -> str:
    case_id = means.view.story.case.id
    await set_shared_phone(means.uow, case_id=case_id, shared=True, by=means.by, at=means.at)
    return "これからは、あいさつだけを、音を鳴らさずに送ります。"


async def _unshare(means: Means, filled: Filled, of: str) -> str:
    case_id = means.view.story.case.id
    await set_shared_phone(means.uow, case_id=case_id, shared=False, by=means.by, at=means.at)
    return "ご本人だけの電話として、おたよりを送れます。"


def _nothing(view: View, of: str) -> tuple[Entry, ...]:
    return ()


def _deed(key: str, title: str, **rest: Any) -> Deed:
    return Deed(key=key, title=title, room=ROOM, who=_WHO, **{"entries": _nothing, **rest})


DEEDS: Final = (
    _deed(
        "confirm-link",
        "はい、ご本人のLINEです",
        offered=_unconfirmed,
        act=_confirm,
        explains="コードを送ってきたLINEが、お渡しした方のものと思えるときに押します。",
    ),
    _deed(
        "decline-link",
        "ちがいます、ご本人ではありません",
        offered=_unconfirmed,
        act=_decline,
        explains="つながりを外し、待っているおたよりを取りやめます。相手の方にもご家族にも、何も伝わりません。",
    ),
    _deed(
        "print-link-paper",
        "LINEのコードを紙にする",
        entries=_paper_entries,
        act=_paper,
        explains="紙には、中立な名前と、四角い印と、コードだけが載ります。"
        "もう一度つくると、前の紙のコードは使えなくなります。",
    ),
    _deed("choose-account", "このLINEに送る", offered=_others, act=_choose),
    _deed(
        "unlink-account",
        "LINEのつながりを外す",
        offered=lambda view: _offers(
            view, (one for one in _accounts(view) if one.unconfirmed_since is None)
        ),
        entries=_unlink_entries,
        act=_unlink,
        explains="LINEの番号を消します。送ってよいという同意も終わります。"
        "また送るには、新しい紙のコードが要ります。",
    ),
    _deed(
        "share-phone",
        "ほかの人も見る電話として扱う",
        offered=_own_phone,
        act=_share,
        explains="あいさつだけを、音を鳴らさずに送ります。承認ずみのおたよりは、読み直しになります。",
    ),
    _deed(
        "unshare-phone",
        "ご本人だけの電話として扱う",
        offered=_shared_phone,
        act=_unshare,
        explains="ご本人に確かめてから押してください。",
    ),
)
