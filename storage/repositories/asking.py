"""Which approved letters somebody has to look at once more before they go."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, func, or_, select, text

from core.send_day import ANSWER_LASTS
from storage import tables
from storage.tables.letters import ASKS_AGAIN, STANDS_APPROVED
from storage.transaction import Transaction, table_of

_LETTERS: Final = table_of(tables.LetterRow)
_C: Final = _LETTERS.c


def letters_of_the_day(tx: Transaction, *, opening_before: datetime, at: datetime) -> Select[Any]:
    """To be asked about on their day: not asked yet, or answered more than a day ago."""
    a_day_ago = at - ANSWER_LASTS
    said = func.coalesce(_C.confirmed_at, _C.approved_at)
    lapsed = and_(said >= _C.asked_at, said <= a_day_ago, _C.opens_at <= a_day_ago)
    open_now = (_C.opens_at < opening_before, _C.closes_at > at)
    return (
        select(_LETTERS)
        .where(tx.mine(_LETTERS), text(ASKS_AGAIN), *open_now)
        .where(or_(_C.asked_at.is_(None), lapsed))
        .order_by(_C.opens_at, _C.id)
    )


def next_to_ask(tx: Transaction, *, after: datetime) -> Select[Any]:
    """When the first window opens of those not asked about yet."""
    return (
        select(_C.opens_at)
        .where(tx.mine(_LETTERS), text(ASKS_AGAIN), _C.asked_at.is_(None), _C.opens_at > after)
        .order_by(_C.opens_at)
        .limit(1)
    )


def outlasting_approvals(tx: Transaction, *, lasts: timedelta, told: bool) -> Select[Any]:
    """Approved letters whose windows stay open longer than an approval lasts; oldest first."""
    outlasts: Any = lasts if tx.postgres else lasts // timedelta(microseconds=1)
    return (
        select(_LETTERS)
        .where(
            tx.mine(_LETTERS),
            text(STANDS_APPROVED),
            text("closes_at - approved_at > :outlasts").bindparams(outlasts=outlasts),
            _C.asked_at.is_not(None) if told else _C.asked_at.is_(None),
        )
        .order_by(_C.approved_at, _C.id)
    )
