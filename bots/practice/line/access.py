"""Channel access tokens: the long-lived one given to the channel, and stateless ones (§3.6)."""

from datetime import datetime, timedelta

from .answers import BAD_TOKEN, NO_TOKEN, Answer, LineRefusal
from .ids import Clock, IdMaker
from .request import Request

STATELESS_FOR = timedelta(minutes=15)
CHANNEL_ID = "2000000000"
"""The id of the practice channel, for token requests."""


class Access:
    """Knows which tokens are good now."""

    def __init__(
        self, *, clock: Clock, ids: IdMaker, channel_secret: str, access_token: str
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._secret = channel_secret
        self._long_lived: set[str] = {access_token}
        self._stateless: dict[str, datetime] = {}

    def refuse_stranger(self, authorization: str | None) -> None:
        """401 without a good bearer token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise LineRefusal(401, message=NO_TOKEN)
        if token not in self._long_lived and not self._alive(token):
            raise LineRefusal(401, message=BAD_TOKEN)

    def revoke_all(self) -> None:
        """Every token is dead, as after a change in the console."""
        self._long_lived.clear()
        self._stateless.clear()

    def issue_stateless(self, request: Request) -> Answer:
        """POST /oauth2/v3/token with channel id and secret; 15 minutes, not revocable."""
        form = request.form()
        if form.get("grant_type") != "client_credentials":
            raise _refused("invalid_request", "grant_type is invalid")
        if "client_assertion" in form:
            raise _refused("invalid_client", "the practice LINE knows no assertion signing keys")
        if form.get("client_id") != CHANNEL_ID or form.get("client_secret") != self._secret:
            raise _refused("invalid_request", "Invalid 'client_credentials'.")
        token = self._ids.token()
        self._stateless[token] = self._clock.now() + STATELESS_FOR
        seconds = int(STATELESS_FOR.total_seconds())
        return Answer(body={"token_type": "Bearer", "access_token": token, "expires_in": seconds})

    def verify_stateless(self, request: Request) -> Answer:
        """GET /oauth2/v2.1/verify."""
        token = request.query.get("access_token", "")
        if token not in self._stateless:
            raise _refused("invalid_request", "The access token not JWS")
        if not self._alive(token):
            raise _refused("invalid_request", "The access token expired")
        left = int((self._stateless[token] - self._clock.now()).total_seconds())
        return Answer(body={"client_id": CHANNEL_ID, "expires_in": left})

    def verify_long_lived(self, request: Request) -> Answer:
        """POST /v2/oauth/verify."""
        if request.form().get("access_token") not in self._long_lived:
            raise _refused("invalid_request", "access_token invalid")
        body = {"client_id": CHANNEL_ID, "expires_in": 3138007490, "scope": "P CM"}
        return Answer(body=body)

    def revoke_long_lived(self, request: Request) -> Answer:
        """POST /v2/oauth/revoke; an unknown token is no error."""
        token = request.form().get("access_token")
        if not token:
            raise _refused("invalid_request", "access_token in invalid format")
        self._long_lived.discard(token)
        return Answer(body=b"")

    def _alive(self, token: str) -> bool:
        until = self._stateless.get(token)
        return until is not None and self._clock.now() < until


def _refused(error: str, description: str) -> LineRefusal:
    """The OAuth endpoints have their own error shape."""
    refusal = LineRefusal(400, message=description)
    refusal.answer = Answer(status=400, body={"error": error, "error_description": description})
    return refusal
