"""Every endpoint driven by the official SDK (line-bot-sdk 3.27): async, and once sync."""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from typing import Any

import pytest

from bots.practice.line import CHANNEL_ID, Phone

from .pictures import png
from .test_limits import post, quick_reply
from .test_menus import menu
from .town import SECRET, TOKEN, Town

# The SDK re-exports without saying so and its models are generated: untyped for our purposes.
v3: Any = import_module("linebot.v3")
messaging: Any = import_module("linebot.v3.messaging")
oauth: Any = import_module("linebot.v3.oauth")
webhooks: Any = import_module("linebot.v3.webhooks")

KEY = "123e4567-e89b-12d3-a456-426614174000"


@pytest.fixture
async def client(town: Town) -> AsyncIterator[Any]:
    sdk = messaging.AsyncApiClient(messaging.Configuration(host=town.origin, access_token=TOKEN))
    yield sdk
    await sdk.close()


@pytest.fixture
def api(client: Any) -> Any:
    return messaging.AsyncMessagingApi(client)


@pytest.fixture
def blob(client: Any) -> Any:
    return messaging.AsyncMessagingApiBlob(client)


def hello(to: str) -> Any:
    return messaging.PushMessageRequest(to=to, messages=[messaging.TextMessage(text="こんにちは")])


async def test_push_and_its_retry(api: Any, town: Town, hanako: Phone) -> None:
    first = await api.push_message_with_http_info(hello(hanako.user_id), x_line_retry_key=KEY)
    with pytest.raises(messaging.ApiException) as refused:
        await api.push_message(hello(hanako.user_id), x_line_retry_key=KEY)

    assert first.headers["x-line-request-id"] == town.line.record[0].request_id
    assert refused.value.status == 409
    assert first.data.sent_messages[0].id in refused.value.body
    accepted = refused.value.headers["x-line-accepted-request-id"]
    assert accepted == first.headers["x-line-request-id"]


async def test_multicast_reply_and_validate(api: Any, town: Town, hanako: Phone) -> None:
    messages = [messaging.TextMessage(text="皆さま")]
    await api.multicast(messaging.MulticastRequest(to=[hanako.user_id], messages=messages))
    await hanako.say("はい")
    token = town.inbox.events()[0]["replyToken"]
    sent = await api.reply_message(
        messaging.ReplyMessageRequest(reply_token=token, messages=messages)
    )
    checked = messaging.ValidateMessageRequest(messages=messages)
    await api.validate_push(checked)
    await api.validate_reply(checked)
    await api.validate_multicast(checked)
    await api.validate_narrowcast(checked)
    await api.validate_broadcast(checked)

    assert len(sent.sent_messages) == 1
    assert [accepted.operation for accepted in town.line.record] == ["multicast", "reply"]


async def test_a_message_from_a_dict_keeps_its_content(api: Any, town: Town, hanako: Phone) -> None:
    body = {"to": hanako.user_id, "messages": [quick_reply(post("はい"))]}
    await api.push_message(messaging.PushMessageRequest.from_dict(body))

    assert hanako.screen().quick_replies == ("はい",)


async def test_the_account_and_its_friends(api: Any, town: Town, hanako: Phone) -> None:
    town.line.account.verified = True
    profile = await api.get_profile(hanako.user_id)

    assert profile.display_name == "花子"
    assert (await api.get_bot_info()).chat_mode == "bot"
    assert (await api.get_message_quota()).type == "none"
    assert (await api.get_message_quota_consumption()).total_usage == 0
    assert (await api.get_followers()).user_ids == [hanako.user_id]
    assert (await api.issue_link_token(hanako.user_id)).link_token


async def test_loading_and_mark_as_read(api: Any, town: Town, hanako: Phone) -> None:
    await api.show_loading_animation(
        messaging.ShowLoadingAnimationRequest(chat_id=hanako.user_id, loading_seconds=10)
    )
    await hanako.say("はい")
    token = town.inbox.events()[0]["message"]["markAsReadToken"]
    await api.mark_messages_as_read_by_token(
        messaging.MarkMessagesAsReadByTokenRequest(mark_as_read_token=token)
    )

    assert hanako.person.typing_until is not None
    assert town.line.account.read_by == [token]


async def test_the_webhook_endpoint(api: Any, town: Town) -> None:
    assert (await api.get_webhook_endpoint()).endpoint == town.line.webhooks.url
    assert (await api.test_webhook_endpoint(messaging.TestWebhookEndpointRequest())).success
    await api.set_webhook_endpoint(
        messaging.SetWebhookEndpointRequest(endpoint="https://example.com/w")
    )

    assert town.line.webhooks.url == "https://example.com/w"


async def test_content(blob: Any, town: Town, hanako: Phone) -> None:
    await hanako.photo(b"\xff\xd8picture")
    await hanako.media("video", b"film")
    photo, video = (event["message"]["id"] for event in town.inbox.events())

    assert bytes(await blob.get_message_content(photo)) == b"\xff\xd8picture"
    assert await blob.get_message_content_preview(photo)
    status = await blob.get_message_content_transcoding_by_message_id(video)
    assert status.status == "succeeded"
    await hanako.unsend(0)
    with pytest.raises(messaging.ApiException) as gone:
        await blob.get_message_content(photo)
    assert gone.value.status == 410


async def test_rich_menus(api: Any, blob: Any, town: Town, hanako: Phone) -> None:
    request = messaging.RichMenuRequest.from_dict(menu())
    await api.validate_rich_menu_object(request)
    menu_id = (await api.create_rich_menu(request)).rich_menu_id
    image = png(2500, 843)
    await blob.set_rich_menu_image(menu_id, image, _headers={"Content-Type": "image/png"})

    assert bytes(await blob.get_rich_menu_image(menu_id)) == image
    assert (await api.get_rich_menu(menu_id)).name == "よりそい"
    assert len((await api.get_rich_menu_list()).richmenus) == 1
    await api.set_default_rich_menu(menu_id)
    assert (await api.get_default_rich_menu_id()).rich_menu_id == menu_id
    await api.cancel_default_rich_menu()
    await api.link_rich_menu_id_to_user(hanako.user_id, menu_id)
    assert (await api.get_rich_menu_id_of_user(hanako.user_id)).rich_menu_id == menu_id
    await api.unlink_rich_menu_id_from_user(hanako.user_id)
    ids = [hanako.user_id]
    await api.link_rich_menu_id_to_users(
        messaging.RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=ids)
    )
    await api.unlink_rich_menu_id_from_users(messaging.RichMenuBulkUnlinkRequest(user_ids=ids))
    await api.create_rich_menu_alias(
        messaging.CreateRichMenuAliasRequest(rich_menu_alias_id="a", rich_menu_id=menu_id)
    )
    await api.update_rich_menu_alias(
        "a", messaging.UpdateRichMenuAliasRequest(rich_menu_id=menu_id)
    )
    assert (await api.get_rich_menu_alias("a")).rich_menu_id == menu_id
    assert len((await api.get_rich_menu_alias_list()).aliases) == 1
    await api.delete_rich_menu_alias("a")
    await api.delete_rich_menu(menu_id)


async def test_tokens(town: Town) -> None:
    async with oauth.AsyncApiClient(oauth.Configuration(host=town.origin)) as client:
        tokens = oauth.AsyncChannelAccessToken(client)
        issued = await tokens.issue_stateless_channel_token(
            "client_credentials", client_id=CHANNEL_ID, client_secret=SECRET
        )
        good = await tokens.verify_channel_token_by_jwt(issued.access_token)
        long_lived = await tokens.verify_channel_token(TOKEN)
        await tokens.revoke_channel_token(TOKEN)

    assert issued.expires_in == 900
    assert good.client_id == long_lived.client_id == CHANNEL_ID
    assert (await town.call("GET", "/v2/bot/info")).status == 401
    reply = await town.call("GET", "/v2/bot/info", token=issued.access_token)
    assert reply.status == 200


async def test_what_is_not_emulated_is_an_error_in_the_sdk_too(api: Any) -> None:
    with pytest.raises(messaging.ApiException) as missing:
        await api.get_number_of_sent_push_messages("20260401")

    assert missing.value.status == 501
    assert "/v2/bot/message/delivery/push" in missing.value.body


async def test_the_sync_client_works_too(town: Town, hanako: Phone) -> None:
    def push() -> Any:
        with messaging.ApiClient(
            messaging.Configuration(host=town.origin, access_token=TOKEN)
        ) as client:
            return messaging.MessagingApi(client).push_message(hello(hanako.user_id))

    sent = await asyncio.to_thread(push)

    assert len(sent.sent_messages) == 1


async def test_the_sdks_parser_understands_what_the_phones_send(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    await hanako.say("こんにちは")
    await hanako.sticker()
    await hanako.photo()
    await hanako.unsend()
    await taro.follow()
    await taro.block()
    parser = v3.WebhookParser(SECRET)
    parsed = [
        event
        for headers, body in town.inbox.got
        for event in parser.parse(body.decode(), headers["x-line-signature"])
    ]

    kinds = [type(event).__name__ for event in parsed]
    assert kinds == ["MessageEvent"] * 3 + ["UnsendEvent", "FollowEvent", "UnfollowEvent"]
    first, second = parsed[:2]
    assert isinstance(first, webhooks.MessageEvent)
    assert isinstance(first.message, webhooks.TextMessageContent)
    assert isinstance(second.message, webhooks.StickerMessageContent)
