"""Slack: the token, what it may do, and what time it is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp

from bots.doctor.checks import Check, Notes
from bots.settings import Settings
from bots.slack.manifest import SCOPES

_PATIENCE: Final = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackFindings:
    """What Slack said.

    Attributes:
        team_id: the workspace of the token; None while it is not known.
        date: Slack's time, to the second.
    """

    checks: list[Check]
    team_id: str | None = None
    date: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Answer:
    body: Mapping[str, Any] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    date: datetime | None = None
    trouble: str = ""


async def check_slack(settings: Settings, *, notes: Notes) -> SlackFindings:
    """Ask Slack who we are (auth.test) and compare the scopes with those of the manifest."""
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        return SlackFindings(checks=[notes.fail("slack.token", "slack_no_token")])
    answer = await _auth_test(settings.slack_api_base, token)
    if answer.trouble:
        failed = notes.fail("slack.token", "slack_unreached", detail=answer.trouble)
        return SlackFindings(checks=[failed], date=answer.date)
    if answer.body.get("ok") is not True:
        error = answer.body.get("error", "?")
        refused = notes.fail("slack.token", "slack_token_refused", error=error)
        return SlackFindings(checks=[refused], date=answer.date)
    team = answer.body.get("team", "")
    checks = [notes.ok("slack.token", "slack_token_ok", team=team), _scopes(answer, notes)]
    return SlackFindings(checks=checks, team_id=answer.body.get("team_id"), date=answer.date)


def _scopes(answer: _Answer, notes: Notes) -> Check:
    name, wanted = "slack.scopes", frozenset(SCOPES)
    if answer.scopes is None:
        return notes.warn(name, "slack_scopes_unsaid")
    if wanted - answer.scopes:
        missing = " ".join(sorted(wanted - answer.scopes))
        return notes.fail(name, "slack_scopes_missing", missing=missing)
    if answer.scopes - wanted:
        more = " ".join(sorted(answer.scopes - wanted))
        return notes.warn(name, "slack_scopes_more", more=more)
    return notes.ok(name, "slack_scopes_ok", count=len(wanted))


async def _auth_test(base: str, token: str) -> _Answer:
    headers = {"Authorization": f"Bearer {token}"}
    try:
        # Proxy variables are not for us: SLACK_API_BASE alone says where Slack is.
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, trust_env=False) as http,
            http.post(f"{base}auth.test", headers=headers, allow_redirects=False) as response,
        ):
            granted = response.headers.get("x-oauth-scopes")
            date = _date(response.headers.get("date", ""))
            if response.status != 200:
                return _Answer(trouble=f"HTTP {response.status}", date=date)
            body = await response.json(content_type=None)
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as failure:
        return _Answer(trouble=type(failure).__name__)
    scopes = None if granted is None else frozenset(granted.replace(" ", "").split(",")) - {""}
    return _Answer(body=body if isinstance(body, dict) else {}, scopes=scopes, date=date)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return None if date.tzinfo is None else date
