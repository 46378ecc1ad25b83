"""つなぎ on the desk of whoever receives: take on or give back, meet, tell (F4 to F8)."""

from datetime import timedelta
from typing import Final

from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import (
    at_stage,
    only_version,
    referral_deed,
    referral_in,
    step_of,
    version_of,
)
from core.referrals.record import (
    ReferralState,
    WorryMeasure,
)
from core.usecases.referrals.accept_referral import accept_referral
from core.usecases.referrals.connect_referral import connect_referral
from core.usecases.referrals.give_feedback import give_feedback
from core.usecases.referrals.receive_referral import receive_referral
from core.usecases.referrals.return_referral import return_referral

_S = ReferralState
_NEWS_WITHIN: Final = timedelta(days=14)


def _receiving(view: View, of: str) -> tuple[Entry, ...]:
    due = view.today + _NEWS_WITHIN
    return (
        Entry(
            name="due",
            label="その後を知らせる日",
            kind=Kind.DAY,
            value=due.isoformat(),
            help="この日までに、紹介元へその後を伝えます。",
        ),
        version_of(view, of),
    )


async def _receive(means: Means, filled: Filled, of: str) -> str:
    await receive_referral(
        means.uow, feedback_due_on=filled.day("due"), **step_of(means, filled, of)
    )
    return "つなぎを受けとったことを、紹介元に知らせました。"


async def _accept(means: Means, filled: Filled, of: str) -> str:
    await accept_referral(means.uow, **step_of(means, filled, of))
    return "つなぎを引き受けました。"


def _returning(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="reason", label="お返しする理由", kind=Kind.TEXT),
        Entry(name="consulted", label="紹介元と話し合ったこと", kind=Kind.TEXT),
        Entry(name="linked", label="このあとも続くつながり", kind=Kind.TEXT),
        version_of(view, of),
    )


async def _return(means: Means, filled: Filled, of: str) -> str:
    await return_referral(
        means.uow,
        reason=filled.text("reason"),
        consulted=filled.text("consulted"),
        linked_support=filled.text("linked"),
        **step_of(means, filled, of),
    )
    return "話し合ったうえで、紹介元にお返ししました。"


def _connecting(view: View, of: str) -> tuple[Entry, ...]:
    due = referral_in(view, of).feedback_due_on
    return (
        Entry(name="met_on", label="はじめて会えた日", kind=Kind.DAY, value=view.today.isoformat()),
        Entry(
            name="company",
            label="どのように会ったか",
            kind=Kind.CHOICES,
            options=of_enum(WorryMeasure),
            required=False,
        ),
        Entry(
            name="due",
            label="その後を知らせる日",
            kind=Kind.DAY,
            value="" if due is None else due.isoformat(),
            required=False,
        ),
        version_of(view, of),
    )


async def _connect(means: Means, filled: Filled, of: str) -> str:
    await connect_referral(
        means.uow,
        met_on=filled.day("met_on"),
        with_person=filled.many("company", WorryMeasure),
        feedback_due_on=filled.maybe_day("due"),
        **step_of(means, filled, of),
    )
    return "本人とつながったことを記録しました。その後を紹介元に伝えます。"


def _telling(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="seen_on", label="会った日", kind=Kind.DAY, value=view.today.isoformat()),
        Entry(name="happened", label="その後のようす", kind=Kind.TEXT),
        Entry(name="next", label="これからのこと", kind=Kind.TEXT, required=False),
        version_of(view, of),
    )


async def _tell(means: Means, filled: Filled, of: str) -> str:
    await give_feedback(
        means.uow,
        happened=filled.text("happened"),
        next_step=filled.text("next"),
        seen_on=filled.day("seen_on"),
        **step_of(means, filled, of),
    )
    return "その後を紹介元に伝えました。"


DEEDS: Final[tuple[Deed, ...]] = (
    referral_deed(
        "receive-referral",
        "つなぎを受けとる",
        entries=_receiving,
        act=_receive,
        offered=at_stage(_S.SENT, receiver=True),
    ),
    referral_deed(
        "accept-referral",
        "つなぎを引き受ける",
        entries=only_version,
        act=_accept,
        offered=at_stage(_S.RECEIVED, receiver=True),
    ),
    referral_deed(
        "return-referral",
        "話し合ってつなぎをお返しする",
        entries=_returning,
        act=_return,
        offered=at_stage(_S.RECEIVED, receiver=True),
    ),
    referral_deed(
        "connect-referral",
        "つなぎ先として本人と会えた",
        entries=_connecting,
        act=_connect,
        offered=at_stage(_S.ACCEPTED, receiver=True),
    ),
    referral_deed(
        "give-feedback",
        "その後を紹介元に伝える",
        entries=_telling,
        act=_tell,
        offered=at_stage(_S.FEEDBACK_DUE, receiver=True),
    ),
)
