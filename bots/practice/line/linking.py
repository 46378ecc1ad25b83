"""Account link: a link token, the dialog, the event (DOC linking-accounts; LINE.md §3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from bots.practice.refusals import NotPossible

from .answers import Answer, LineRefusal
from .events import Events
from .ids import USER_ID, Clock, IdMaker
from .people import People, Person
from .request import Request
from .webhooks import Webhooks

VALID_FOR = timedelta(minutes=10)
DIALOG = "/dialog/bot/accountLink"
NONCE_LEAST, NONCE_MOST = 10, 255
EXPIRED = "リンクの有効期限が切れているか、正しくありません。"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Issued:
    user_id: str
    at: datetime


class Linking:
    """Link tokens: ten minutes, one use."""

    def __init__(
        self, *, clock: Clock, ids: IdMaker, people: People, events: Events, webhooks: Webhooks
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._people = people
        self._events = events
        self._webhooks = webhooks
        self._out: dict[str, _Issued] = {}

    def issue(self, request: Request) -> Answer:
        """POST /v2/bot/user/{userId}/linkToken."""
        user_id = request.path["userId"]
        if not USER_ID.fullmatch(user_id):
            raise LineRefusal(400, message="The value for the 'userId' parameter is invalid")
        if self._people.with_id(user_id) is None:
            raise LineRefusal(404, message="Not found")
        token = self._ids.token()
        self._out[token] = _Issued(user_id=user_id, at=self._clock.now())
        return Answer(body={"linkToken": token})

    async def dialog(self, request: Request) -> Answer:
        """GET the dialog over HTTP: whoever holds the token counts as its owner."""
        issued = self._out.get(request.query.get("linkToken", ""))
        person = self._people.with_id(issued.user_id) if issued else None
        linked = await self._finish(person, request.query)
        return Answer(
            status=200 if linked else 400,
            body=("連携しました。" if linked else EXPIRED).encode(),
            content_type="text/plain; charset=utf-8",
        )

    async def open(self, person: Person, url: str) -> None:
        """A person opens a URL; only the dialog does anything.

        Raises:
            NotPossible: the dialog shows an error instead of linking.
        """
        parts = urlsplit(url)
        if not parts.path.endswith(DIALOG):
            return
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not await self._finish(person, query):
            raise NotPossible(EXPIRED)

    async def _finish(self, person: Person | None, values: Mapping[str, str]) -> bool:
        """Use the token up and tell the channel.

        False when the token is expired, used or unknown, or the nonce is out of bounds: then the
        channel hears nothing at all (LINE.md §3.2).
        """
        nonce = values.get("nonce", "")
        issued = self._out.pop(values.get("linkToken", ""), None)
        if issued is None or self._clock.now() - issued.at > VALID_FOR:
            return False
        if not NONCE_LEAST <= len(nonce) <= NONCE_MOST:
            return False
        owner = person if person is not None and person.user_id == issued.user_id else None
        await self._webhooks.emit(self._events.account_link(owner, nonce=nonce))
        return True
