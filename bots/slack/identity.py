"""Who is clicking: a member of staff, by team and user id."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bots.i18n.catalogue import DEFAULT_LOCALE, speaks
from core.agencies import Staff
from core.ports import UnitOfWork
from core.usecases.staff.recognise_staff import recognise_staff

KNOWN_FOR_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Account:
    """A Slack account. The team is the user's own, also in a channel shared with others."""

    team_id: str
    user_id: str


def account_of(body: Mapping[str, Any]) -> Account:
    """The account that a payload (interaction, command or event) comes from."""
    if isinstance(body.get("user"), dict):
        user = body["user"]
        team = user.get("team_id") or (body.get("team") or {}).get("id") or ""
        return Account(str(team), str(user["id"]))
    if "user_id" in body:
        return Account(str(body.get("team_id", "")), str(body["user_id"]))
    event = body.get("event") or {}
    return Account(str(event.get("user_team") or body.get("team_id", "")), str(event["user"]))


class Identity:
    """Finds staff. An account found is trusted for five minutes; every use case that changes or
    shows something looks at the roll again.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[Account, tuple[Staff, float]] = {}

    async def staff(self, account: Account) -> Staff:
        """Who this is.

        Raises:
            NotOnTheRoll, NotActive.
        """
        now = asyncio.get_running_loop().time()
        known = self._known.get(account)
        if known is not None and now - known[1] < KNOWN_FOR_S:
            return known[0]
        self._known.pop(account, None)
        staff = await recognise_staff(self._uow, team_id=account.team_id, user_id=account.user_id)
        self._known[account] = (staff, now)
        return staff

    def locale(self, account: Account) -> str:
        """The language to begin with, before any database is asked."""
        known = self._known.get(account)
        return DEFAULT_LOCALE if known is None else speaks(known[0].locale)
