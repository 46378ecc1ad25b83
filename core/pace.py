"""The distance that letters to one person keep, over all senders (G-03).

The one place where it is worked out: approving, planning a series and looking again all ask here.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from core.errors import CaseworkError

PACE_WINDOW: Final = timedelta(days=30)


class TooSoon(CaseworkError):
    """Letters to one person keep their distance, over all senders (G-03).

    Facts: `next`, from when on another may be sent, ISO 8601.
    """

    rule = "G-03"


def earliest_fit(
    moment: datetime,
    *,
    others: Sequence[datetime],
    gap: timedelta,
    most_in_30_days: int,
    take_every: int = 1,
) -> datetime:
    """The first moment from `moment` on at which one more letter fits among the others.

    It keeps `gap` to those before and to those after it, and leaves no stretch of 30 days with
    more than `most_in_30_days` letters (at least one is always let through).

    Args:
        others: when this person was or will be sent letters; aware, in any order.
        take_every: the person wishes for one letter of so many: all distances are that much
            longer.
    """
    taken = sorted(others)
    most, slower = max(1, most_in_30_days), max(1, take_every)
    gap, within = gap * slower, PACE_WINDOW * slower
    while (later := _after_clash(moment, taken, gap=gap, most=most, within=within)) is not None:
        moment = later
    return moment


def require_pace(
    opens_at: datetime,
    *,
    others: tuple[datetime, ...],
    gap: timedelta,
    most_in_30_days: int,
    take_every: int = 1,
) -> None:
    """Refuse a letter too near to others, before or after it, or one too many in 30 days (G-03).

    Args:
        others: when this person was or will be sent letters.
        take_every: the person's wish, as in `earliest_fit`.

    Raises:
        TooSoon: fact `next`.
    """
    fits = earliest_fit(
        opens_at, others=others, gap=gap, most_in_30_days=most_in_30_days, take_every=take_every
    )
    if fits != opens_at:
        raise TooSoon(next=fits.isoformat())


def _after_clash(
    moment: datetime, taken: Sequence[datetime], *, gap: timedelta, most: int, within: timedelta
) -> datetime | None:
    """Where to look next, when `moment` is too near to others or one too many; else None."""
    near = [other for other in taken if abs(moment - other) < gap]
    if near:
        return max(near) + gap
    before = [other for other in taken if other <= moment]
    after = [other for other in taken if other > moment]
    # Each stretch of so many and one more letters that this one would belong to.
    for earlier in range(most, -1, -1):
        later = most - earlier
        if earlier > len(before) or later > len(after):
            continue
        first = before[-earlier] if earlier else moment
        last = after[later - 1] if later else moment
        if last - first < within:
            return first + within if earlier else after[0] + gap
    return None
