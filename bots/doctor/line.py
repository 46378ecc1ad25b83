"""LINE: the token, the account, the webhook, the quota."""

from collections.abc import AsyncIterator
from typing import Final

from bots.doctor.checks import Check, Notes
from bots.line.account import LineUnanswered
from bots.line.menus import LineMenus
from bots.line.messenger import LineMessenger
from bots.settings import Settings

WEBHOOK_PATH: Final = "/line/webhook"
_NEARLY_USED_UP: Final = 0.8


async def check_line(settings: Settings, *, notes: Notes) -> list[Check]:
    """Everything that LINE tells about our account."""
    token = settings.line_access_token.get_secret_value()
    if not token:
        return [notes.fail("line.token", "line_no_token")]
    try:
        messenger = LineMessenger(base_url=settings.line_api_base, access_token=token)
    except ValueError as unfit:
        return [_unanswered(LineUnanswered(status=None, detail=str(unfit)), notes)]
    async with messenger as line:
        try:
            info = await line.bot_info()
        except LineUnanswered as failure:
            return [_unanswered(failure, notes)]
        checks = [notes.ok("line.token", "line_token_ok", name=info.display_name)]
        if info.mark_as_read_mode == "manual":
            checks.append(notes.ok("line.chat_mode", "line_read_by_hand"))
        else:
            checks.append(notes.warn("line.chat_mode", "line_read_at_once"))
        checks += [check async for check in _webhook(line, settings, notes)]
        checks.append(await _quota(line, notes))
        checks.append(await _menus(line, notes))
        return checks


def _unanswered(failure: LineUnanswered, notes: Notes) -> Check:
    if failure.status is None:
        return notes.fail("line.token", "line_unreached", detail=failure.detail)
    key = "line_token_refused" if failure.status in (401, 403) else "line_trouble"
    return notes.fail("line.token", key, status=failure.status, detail=failure.detail)


async def _webhook(line: LineMessenger, settings: Settings, notes: Notes) -> AsyncIterator[Check]:
    name, wanted = "line.webhook", settings.public_url.rstrip("/") + WEBHOOK_PATH
    try:
        endpoint = await line.webhook_endpoint()
        if endpoint is None:
            yield notes.fail(name, "webhook_unset", url=wanted)
            return
        if endpoint.url.rstrip("/") != wanted:
            yield notes.fail(name, "webhook_elsewhere", found=endpoint.url, url=wanted)
        elif not endpoint.active:
            yield notes.fail(name, "webhook_off", url=wanted)
        else:
            yield notes.ok(name, "webhook_ok", url=wanted)
        tried = await line.test_webhook()
    except LineUnanswered as failure:
        yield notes.warn(name, "line_unsaid", detail=failure.detail)
        return
    if tried.success:
        yield notes.ok("line.webhook_test", "webhook_test_ok")
    else:
        said = " ".join(filter(None, (tried.reason, str(tried.status or ""), tried.detail)))
        yield notes.fail("line.webhook_test", "webhook_test_failed", said=said)


async def _menus(line: LineMessenger, notes: Notes) -> Check:
    """Whether our menus are at LINE, as this version draws them; nothing is made here."""
    name = "line.menus"
    try:
        missing = await LineMenus(line).missing()
    except LineUnanswered as failure:
        return notes.warn(name, "line_unsaid", detail=failure.detail)
    if missing:
        return notes.warn(name, "menus_missing", count=len(missing))
    return notes.ok(name, "menus_ok")


async def _quota(line: LineMessenger, notes: Notes) -> Check:
    name = "line.quota"
    try:
        limit, used = (await line.quota()).limit, await line.consumption()
    except LineUnanswered as failure:
        return notes.warn(name, "line_unsaid", detail=failure.detail)
    if limit is None:
        return notes.ok(name, "quota_none", used=used)
    if used >= limit:
        return notes.fail(name, "quota_gone", used=used, limit=limit)
    key = "quota_nearly" if used >= limit * _NEARLY_USED_UP else "quota_ok"
    write = notes.warn if key == "quota_nearly" else notes.ok
    return write(name, key, used=used, limit=limit)
