"""Profile, bot info, loading, mark as read, content, tokens, account link."""

from datetime import timedelta

import pytest

from bots.practice.line import CHANNEL_ID, Phone
from bots.practice.refusals import NotPossible

from .town import SECRET, Town

LOADING = "/v2/bot/chat/loading/start"
FORM = "application/x-www-form-urlencoded"
NONCE = "nonce-of-ten-or-more"


async def test_a_friends_profile_is_open_and_a_blockers_or_strangers_is_not(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    friend = await town.call("GET", f"/v2/bot/profile/{hanako.user_id}")
    stranger = await town.call("GET", f"/v2/bot/profile/{taro.user_id}")
    await hanako.block()
    blocked = await town.call("GET", f"/v2/bot/profile/{hanako.user_id}")

    assert friend.json() == {"displayName": "花子", "userId": hanako.user_id, "language": "ja"}
    assert (stranger.status, stranger.message) == (404, "Not found")
    assert blocked.status == 404


async def test_an_id_that_is_none_has_no_profile(town: Town) -> None:
    reply = await town.call("GET", "/v2/bot/profile/hanako")

    assert (reply.status, reply.message) == (
        400,
        "The value for the 'userId' parameter is invalid",
    )


async def test_bot_info_tells_how_read_marks_are_set(town: Town) -> None:
    off = (await town.call("GET", "/v2/bot/info")).json()
    town.line.account.chat_mode = "chat"
    on = (await town.call("GET", "/v2/bot/info")).json()

    assert (off["chatMode"], off["markAsReadMode"]) == ("bot", "auto")
    assert (on["chatMode"], on["markAsReadMode"]) == ("chat", "manual")
    assert on["displayName"] == "よりそい"


async def test_followers_are_only_for_verified_accounts(town: Town, hanako: Phone) -> None:
    refused = await town.call("GET", "/v2/bot/followers/ids")
    town.line.account.verified = True
    listed = await town.call("GET", "/v2/bot/followers/ids")
    bad = await town.call("GET", "/v2/bot/followers/ids?limit=1001")

    assert (refused.status, refused.message) == (
        403,
        "Access to this API is not available for your account",
    )
    assert listed.json() == {"userIds": [hanako.user_id]}
    assert bad.status == 400


@pytest.mark.parametrize(
    ("seconds", "status"), [(5, 202), (60, 202), (4, 400), (61, 400), (7, 400), (65, 400)]
)
async def test_loading_goes_in_steps_of_five_up_to_sixty(
    town: Town, hanako: Phone, seconds: int, status: int
) -> None:
    body = {"chatId": hanako.user_id, "loadingSeconds": seconds}

    assert (await town.call("POST", LOADING, body)).status == status


async def test_a_message_can_be_marked_as_read_by_its_token(town: Town, hanako: Phone) -> None:
    await hanako.say("読んでください")
    token = town.inbox.events()[0]["message"]["markAsReadToken"]
    path = "/v2/bot/chat/markAsRead"

    assert (await town.call("POST", path, {"markAsReadToken": token})).status == 200
    assert (await town.call("POST", path, {"markAsReadToken": "x"})).status == 400
    assert town.line.account.read_by == [token]


async def test_a_photo_can_be_fetched_until_it_is_taken_back(town: Town, hanako: Phone) -> None:
    await hanako.photo(b"\xff\xd8picture")
    path = f"/v2/bot/message/{town.inbox.events()[0]['message']['id']}/content"

    fetched = await town.call("GET", path)
    assert (fetched.status, fetched.body) == (200, b"\xff\xd8picture")
    assert fetched.headers["content-type"] == "image/jpeg"
    assert (await town.call("GET", f"{path}/preview")).status == 200
    assert (await town.call("GET", f"{path}/transcoding")).status == 400

    await hanako.unsend()
    gone = await town.call("GET", path)
    assert (gone.status, gone.message) == (410, "The content is gone")


async def test_a_video_is_prepared_first(town: Town, hanako: Phone) -> None:
    await hanako.media("video", b"film", ready_after=timedelta(minutes=1))
    path = f"/v2/bot/message/{town.inbox.events()[0]['message']['id']}/content"

    assert (await town.call("GET", path)).status == 202
    status = await town.call("GET", f"{path}/transcoding")
    assert status.json() == {"status": "processing"}

    town.clock.move_to(town.clock.now() + timedelta(minutes=2))

    assert (await town.call("GET", path)).body == b"film"
    status = await town.call("GET", f"{path}/transcoding")
    assert status.json() == {"status": "succeeded"}


async def test_unknown_and_expired_content_is_not_found(town: Town, hanako: Phone) -> None:
    await hanako.media("file", b"%PDF")
    message_id = town.inbox.events()[0]["message"]["id"]
    path = f"/v2/bot/message/{message_id}/content"
    preview = await town.call("GET", f"{path}/preview")
    assert (preview.status, preview.message) == (400, "The content can not be previewed")

    town.line.contents.expire(message_id)

    assert (await town.call("GET", path)).status == 404
    assert (await town.call("GET", "/v2/bot/message/1/content")).message == "not found"


async def test_a_stateless_token_is_good_for_15_minutes(town: Town) -> None:
    form = f"grant_type=client_credentials&client_id={CHANNEL_ID}&client_secret={SECRET}"
    issued = await town.call(
        "POST", "/oauth2/v3/token", form.encode(), token=None, content_type=FORM
    )
    token = issued.json()["access_token"]
    assert issued.json()["expires_in"] == 900
    assert (await town.call("GET", "/v2/bot/info", token=token)).status == 200
    verify = f"/oauth2/v2.1/verify?access_token={token}"
    assert (await town.call("GET", verify, token=None)).json()["client_id"] == CHANNEL_ID

    town.clock.move_to(town.clock.now() + timedelta(minutes=15))

    assert (await town.call("GET", "/v2/bot/info", token=token)).status == 401
    assert (await town.call("GET", verify, token=None)).json()["error"] == "invalid_request"


async def test_a_wrong_secret_gets_no_token(town: Town) -> None:
    form = f"grant_type=client_credentials&client_id={CHANNEL_ID}&client_secret=wrong"

    reply = await town.call(
        "POST", "/oauth2/v3/token", form.encode(), token=None, content_type=FORM
    )

    assert reply.status == 400
    assert reply.json()["error_description"] == "Invalid 'client_credentials'."


async def test_a_revoked_token_is_dead(town: Town) -> None:
    revoke = await town.call(
        "POST", "/v2/oauth/revoke", b"access_token=practice-token", token=None, content_type=FORM
    )

    assert revoke.status == 200
    assert (await town.call("GET", "/v2/bot/info")).status == 401


async def link_url(town: Town, phone: Phone) -> str:
    """What the product's page redirects to, after asking LINE for a token."""
    reply = await town.call("POST", f"/v2/bot/user/{phone.user_id}/linkToken")
    token = reply.json()["linkToken"]
    return f"{town.origin}/dialog/bot/accountLink?linkToken={token}&nonce={NONCE}"


async def test_an_account_is_linked_once_with_the_nonce(town: Town, hanako: Phone) -> None:
    url = await link_url(town, hanako)
    await hanako.open_url(url)

    (event,) = town.inbox.events()
    assert event["link"] == {"result": "ok", "nonce": NONCE}
    assert event["source"]["userId"] == hanako.user_id
    assert event["replyToken"]
    with pytest.raises(NotPossible):
        await hanako.open_url(url)


async def test_someone_elses_link_fails_without_source_and_reply_token(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    await taro.open_url(await link_url(town, hanako))

    (event,) = town.inbox.events()
    assert event["link"]["result"] == "failed"
    assert "source" not in event
    assert "replyToken" not in event


async def test_an_expired_link_token_gives_no_event_at_all(town: Town, hanako: Phone) -> None:
    url = await link_url(town, hanako)
    town.clock.move_to(town.clock.now() + timedelta(minutes=10, seconds=1))

    with pytest.raises(NotPossible):
        await hanako.open_url(url)

    assert town.inbox.events() == []


@pytest.mark.parametrize("nonce", ["", "short", "x" * 256])
async def test_a_nonce_has_10_to_255_characters(town: Town, hanako: Phone, nonce: str) -> None:
    url = (await link_url(town, hanako)).replace(NONCE, nonce)

    with pytest.raises(NotPossible):
        await hanako.open_url(url)


async def test_the_dialog_works_over_http_too(town: Town, hanako: Phone) -> None:
    url = await link_url(town, hanako)
    path = url.removeprefix(town.origin)

    assert (await town.call("GET", path, token=None)).status == 200
    assert town.inbox.events()[0]["link"]["result"] == "ok"
    assert (await town.call("GET", path, token=None)).status == 400
