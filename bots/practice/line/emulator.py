"""Puts the parts of the practice LINE together."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from bots.practice.faults import Faults
from bots.practice.refusals import NotPossible

from .access import Access
from .account import Account
from .contents import Contents
from .endpoints import (
    access_endpoints,
    account_endpoints,
    content_endpoints,
    menu_endpoints,
    sending_endpoints,
)
from .events import Events
from .gate import Gate, Unemulated
from .ids import Clock, IdMaker
from .linking import Linking
from .menu_links import MenuLinks
from .menus import RichMenus
from .operations import Operations
from .people import People, Person
from .phone import Phone
from .quota import Quota
from .rates import Rates
from .reply_tokens import ReplyTokens
from .retry_keys import RetryKeys
from .sending import Accepted, Sending
from .webhooks import Webhooks


class Phones:
    """The phones of the town, by the person's name."""

    def __init__(self, *, people: People, make: Callable[[Person], Phone]) -> None:
        self._people = people
        self._make = make
        self._phones: dict[str, Phone] = {}

    def add(
        self, name: str, *, user_id: str | None = None, friend: bool = False, language: str = "ja"
    ) -> Phone:
        """Give a person a phone. The user id follows from the name unless given.

        Raises:
            NameTaken: there is one already.
            ValueError: the user id is not `U` and 32 hexadecimal digits.
        """
        person = self._people.add(name, user_id=user_id, friend=friend, language=language)
        phone = self._phones[name] = self._make(person)
        return phone

    def get(self, name: str) -> Phone:
        """The phone of that person.

        Raises:
            NotPossible: nobody of that name has one.
        """
        phone = self._phones.get(name)
        if phone is None:
            raise NotPossible(f"「{name}」のスマートフォンはありません。", labels=self.names())
        return phone

    def names(self) -> tuple[str, ...]:
        """Everyone, in the order in which they were added."""
        return tuple(self._phones)


class LineEmulator:
    """LINE as seen from outside: its HTTP interface in `app`, its people in `phones`.

    Args:
        clock: the practice clock; every time limit of LINE is kept by it.
        faults: the fault switch (operation names: see the package's docstring).
        channel_secret: signs webhooks and is the client secret for stateless tokens.
        access_token: the channel's long-lived token.
        webhook_url: where events go; None until someone sets it.
        bot_name: the account's name as phones show it.
        quota: persons per month, None for a plan without limit.
        entropy: where ids come from.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        faults: Faults,
        channel_secret: str,
        access_token: str,
        webhook_url: str | None,
        bot_name: str,
        quota: int | None = None,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.bot_name = bot_name
        self.bot_user_id = "U" + hashlib.sha256(b"practice account").hexdigest()[:32]
        self._clock = clock
        self._ids = IdMaker(clock=clock, entropy=entropy)
        self.people = People()
        self.rates = Rates(clock=clock)
        self.quota = Quota(clock=clock, limit=quota)
        self.retry_keys = RetryKeys(clock=clock)
        self.contents = Contents(clock=clock)
        tokens = ReplyTokens(clock=clock, ids=self._ids)
        self._events = Events(clock=clock, ids=self._ids, reply_tokens=tokens)
        self.webhooks = Webhooks(
            clock=clock,
            channel_secret=channel_secret,
            url=webhook_url,
            bot_user_id=self.bot_user_id,
            made=self._events,
            reply_tokens=tokens,
        )
        self._sending = Sending(
            clock=clock,
            ids=self._ids,
            people=self.people,
            quota=self.quota,
            retry_keys=self.retry_keys,
            reply_tokens=tokens,
        )
        self.menus = RichMenus(ids=self._ids, people=self.people)
        self.account = self._account()
        self._linking = Linking(
            clock=clock,
            ids=self._ids,
            people=self.people,
            events=self._events,
            webhooks=self.webhooks,
        )
        self.access = Access(
            clock=clock, ids=self._ids, channel_secret=channel_secret, access_token=access_token
        )
        self.app = self._gate(faults)
        self.phones = Phones(people=self.people, make=self._phone)

    @property
    def record(self) -> list[Accepted]:
        """Every accepted push, multicast and reply, one entry a person, oldest first."""
        return self._sending.record

    @property
    def unemulated(self) -> list[Unemulated]:
        """Every request that was answered 501 because it is not emulated."""
        return self.app.unemulated

    async def settle(self) -> None:
        """Return when no webhook is held, queued or in flight; later redeliveries do not count."""
        await self.webhooks.settle()

    async def run_due(self) -> None:
        """Do what is due by the clock: webhook redeliveries."""
        await self.webhooks.run_due()

    def next_due(self) -> datetime | None:
        """When something is due by the clock next."""
        return self.webhooks.next_due()

    async def aclose(self) -> None:
        """Close the webhook sender's connections."""
        await self.webhooks.aclose()

    def _account(self) -> Account:
        return Account(
            clock=self._clock,
            people=self.people,
            quota=self.quota,
            events=self._events,
            webhooks=self.webhooks,
            bot_user_id=self.bot_user_id,
            name=lambda: self.bot_name,
        )

    def _gate(self, faults: Faults) -> Gate:
        links = MenuLinks(menus=self.menus, people=self.people)
        operations = Operations(
            [
                *sending_endpoints(self._sending),
                *account_endpoints(self.account),
                *content_endpoints(self.contents),
                *menu_endpoints(self.menus, links),
                *access_endpoints(self.access, self._linking),
            ]
        )
        return Gate(
            clock=self._clock,
            ids=self._ids,
            faults=faults,
            rates=self.rates,
            access=self.access,
            operations=operations,
        )

    def _phone(self, person: Person) -> Phone:
        return Phone(
            person,
            account=lambda: self.bot_name,
            clock=self._clock,
            ids=self._ids,
            events=self._events,
            webhooks=self.webhooks,
            contents=self.contents,
            menus=self.menus,
            link=self._linking.open,
        )
