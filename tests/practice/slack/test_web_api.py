"""Every emulated method, called by Slack's own SDK, answers in Slack's shape."""

import contextlib
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
import jsonschema
import pytest
from slack_sdk.errors import SlackApiError

from bots.practice.slack.methods import METHODS
from tests.contracts_dir import CONTRACTS
from tests.practice.slack.house import (
    APP_TOKEN,
    BOT_TOKEN,
    SCOPES,
    House,
    actions,
    button,
    plain,
    section,
    workspace,
)

MODAL: dict[str, Any] = {"type": "modal", "title": plain("a"), "blocks": []}
HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}]}
RESPONSES = CONTRACTS / "slack" / "web-api-responses.slack-web-api-8.2.0.schema.json"


async def prepared(house: House) -> dict[str, Any]:
    """A direct message, a private channel with a message in it, a user group, a file."""
    user = house.slack.people.get("佐藤").id
    other = house.slack.people.get("鈴木").id
    made = await house.client.conversations_create(name="kaigi-a12", is_private=True)
    channel = made["channel"]["id"]
    await house.client.conversations_invite(channel=channel, users=[other])
    posted = await house.client.chat_postMessage(channel=channel, text="A-12: 会議")
    group = house.slack.add_usergroup("tantou", name="担当", members=["佐藤"])
    soon = int(house.clock.now().timestamp()) + 600
    planned = await house.client.chat_scheduleMessage(channel=channel, text="予定", post_at=soon)
    return {
        "user": user,
        "other": other,
        "channel": channel,
        "ts": posted["ts"],
        "group": group,
        "soon": soon,
        "planned": planned["scheduled_message_id"],
        "email": house.slack.people.get("佐藤").email,
    }


Sent = Callable[[Any, dict[str, Any]], Awaitable[Any]]
CALLS: dict[str, Sent] = {
    "auth.test": lambda c, p: c.auth_test(),
    "api.test": lambda c, p: c.api_test(),
    "users.info": lambda c, p: c.users_info(user=p["user"], include_locale=True),
    "users.list": lambda c, p: c.users_list(limit=2),
    "users.lookupByEmail": lambda c, p: c.users_lookupByEmail(email=p["email"]),
    "users.conversations": lambda c, p: c.users_conversations(types="private_channel,im"),
    "usergroups.list": lambda c, p: c.usergroups_list(include_users=True, include_count=True),
    "usergroups.users.list": lambda c, p: c.usergroups_users_list(usergroup=p["group"]),
    "dnd.info": lambda c, p: c.dnd_info(user=p["user"]),
    "chat.postMessage": lambda c, p: c.chat_postMessage(
        channel=p["channel"],
        text="A-12",
        blocks=[section("A-12"), actions(button("開く", "open"))],
        metadata={"event_type": "card", "event_payload": {"id": 1}},
    ),
    "chat.postEphemeral": lambda c, p: c.chat_postEphemeral(
        channel=p["channel"], user=p["other"], text="あなただけに"
    ),
    "chat.update": lambda c, p: c.chat_update(channel=p["channel"], ts=p["ts"], text="済み"),
    "chat.delete": lambda c, p: c.chat_delete(channel=p["channel"], ts=p["ts"]),
    "chat.getPermalink": lambda c, p: c.chat_getPermalink(channel=p["channel"], message_ts=p["ts"]),
    "chat.scheduleMessage": lambda c, p: c.chat_scheduleMessage(
        channel=p["channel"], text="予定", post_at=p["soon"]
    ),
    "chat.deleteScheduledMessage": lambda c, p: c.chat_deleteScheduledMessage(
        channel=p["channel"], scheduled_message_id=p["planned"]
    ),
    "chat.scheduledMessages.list": lambda c, p: c.chat_scheduledMessages_list(),
    "views.publish": lambda c, p: c.views_publish(user_id=p["user"], view=HOME),
    "conversations.open": lambda c, p: c.conversations_open(users=p["user"], return_im=True),
    "conversations.info": lambda c, p: c.conversations_info(
        channel=p["channel"], include_num_members=True
    ),
    "conversations.list": lambda c, p: c.conversations_list(types="private_channel"),
    "conversations.members": lambda c, p: c.conversations_members(channel=p["channel"]),
    "conversations.history": lambda c, p: c.conversations_history(channel=p["channel"]),
    "conversations.replies": lambda c, p: c.conversations_replies(channel=p["channel"], ts=p["ts"]),
    "conversations.create": lambda c, p: c.conversations_create(name="kaigi-b7"),
    "conversations.invite": lambda c, p: c.conversations_invite(
        channel=p["channel"], users=p["user"]
    ),
    "conversations.kick": lambda c, p: c.conversations_kick(channel=p["channel"], user=p["other"]),
    "conversations.archive": lambda c, p: c.conversations_archive(channel=p["channel"]),
    "conversations.setTopic": lambda c, p: c.conversations_setTopic(
        channel=p["channel"], topic="会議"
    ),
    "conversations.setPurpose": lambda c, p: c.conversations_setPurpose(
        channel=p["channel"], purpose="会議"
    ),
    "pins.add": lambda c, p: c.pins_add(channel=p["channel"], timestamp=p["ts"]),
    "bookmarks.add": lambda c, p: c.bookmarks_add(
        channel_id=p["channel"], title="案件", type="link", link="https://example.jp/"
    ),
    "reactions.add": lambda c, p: c.reactions_add(
        channel=p["channel"], name="eyes", timestamp=p["ts"]
    ),
    "files.getUploadURLExternal": lambda c, p: c.files_getUploadURLExternal(
        filename="a.ics", length=3
    ),
    "blocks.validate": lambda c, p: c.api_call("blocks.validate", json={"blocks": [section("a")]}),
    "apps.connections.open": lambda c, p: c.apps_connections_open(app_token=APP_TOKEN),
}
BY_OTHER_TESTS = {
    "views.open",
    "views.push",
    "views.update",
    "reactions.remove",
    "files.completeUploadExternal",
}


def test_every_method_has_its_call() -> None:
    assert {*CALLS, *BY_OTHER_TESTS} == set(METHODS)


async def test_each_method_is_answered_in_slacks_shape() -> None:
    shapes = json.loads(RESPONSES.read_text("utf-8"))["responses"] if RESPONSES.exists() else {}
    for method, call in CALLS.items():
        async with workspace() as house:
            answer = await call(house.client, await prepared(house))
            assert answer["ok"] is True, method
            _fits(shapes.get(_type_name(method)), dict(answer.data), method)


def _type_name(method: str) -> str:
    return "".join(part[0].upper() + part[1:] for part in method.split("."))


def _fits(shape: Any, answer: dict[str, Any], method: str) -> None:
    if shape is None:
        return
    jsonschema.Draft7Validator(shape).validate(_without_nulls(answer))
    (top,) = [d for n, d in shape["definitions"].items() if n == f"{_type_name(method)}Response"]
    assert answer.keys() <= top.get("properties", answer).keys(), method


def _without_nulls(part: Any) -> Any:
    """The typings know no null; Slack writes one where a member is empty."""
    if isinstance(part, dict):
        return {name: _without_nulls(v) for name, v in part.items() if v is not None}
    return [_without_nulls(v) for v in part] if isinstance(part, list) else part


@pytest.mark.parametrize("carriage", ["query", "form", "json", "multipart"])
async def test_arguments_are_read_however_they_come(carriage: str) -> None:
    async with workspace() as house:
        channel = house.slack.add_channel("tantou", members=["佐藤"])
        given = {"channel": channel, "text": "やあ", "blocks": json.dumps([section("やあ")])}
        answer = await posted(house, "chat.postMessage", given, carriage=carriage)
        assert answer["ok"] is True
        assert answer["message"]["blocks"][0]["text"]["text"] == "やあ"


async def posted(
    house: House, method: str, given: dict[str, str], *, carriage: str, token: str = BOT_TOKEN
) -> Any:
    """Send a call as another client might."""
    url = f"{house.slack.public_url}/api/{method}"
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession(headers=headers) as session:
        sent: dict[str, Any] = {}
        if carriage == "query":
            url += "?" + urlencode(given)
        elif carriage == "form":
            sent["data"] = given
        elif carriage == "json":
            sent["json"] = given
        else:
            sent["data"] = aiohttp.FormData(given, default_to_multipart=True)
        async with session.post(url, **sent) as response:
            return await response.json()


async def test_a_get_is_as_good_as_a_post() -> None:
    async with workspace() as house, aiohttp.ClientSession() as session:
        url = f"{house.slack.public_url}/api/auth.test?token={BOT_TOKEN}"
        async with session.get(url) as response:
            assert (await response.json())["user_id"] == house.slack.bot_user_id
            assert response.headers["x-oauth-scopes"].split(",") == SCOPES


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")],
)
async def test_a_bad_token_is_refused(token: str, error: str) -> None:
    async with workspace() as house:
        answer = await posted(house, "users.list", {}, carriage="form", token=token)
        assert answer == {"ok": False, "error": error}


async def test_a_body_that_is_no_json_is_refused() -> None:
    async with workspace() as house, aiohttp.ClientSession() as session:
        url = f"{house.slack.public_url}/api/chat.postMessage"
        headers = {"Content-Type": "application/json"}
        async with session.post(url, data="{", headers=headers) as response:
            assert (await response.json())["error"] == "invalid_json"


async def test_an_unknown_method_fails_loudly(caplog: pytest.LogCaptureFixture) -> None:
    async with workspace() as house:
        with pytest.raises(SlackApiError, match="unknown_method"):
            await house.client.reminders_list()
        assert house.slack.unemulated == ["reminders.list"]
        assert "reminders.list is not emulated" in caplog.text


@pytest.mark.parametrize(
    ("scope", "call", "needed"),
    [
        ("chat:write", "chat.postMessage", "chat:write"),
        ("users:read", "users.info", "users:read"),
        ("users:read.email", "users.lookupByEmail", "users:read.email"),
        ("usergroups:read", "usergroups.list", "usergroups:read"),
        ("groups:history", "conversations.history", "groups:history"),
        ("groups:read", "conversations.info", "groups:read"),
        ("im:write", "conversations.open", "im:write"),
        ("channels:manage", "conversations.create", "channels:manage"),
        ("pins:write", "pins.add", "pins:write"),
    ],
)
async def test_a_scope_that_was_not_granted_is_missed(scope: str, call: str, needed: str) -> None:
    async with workspace() as house:
        things = await prepared(house)
        house.slack.installation.scopes.remove(scope)
        with pytest.raises(SlackApiError) as refused:
            await CALLS[call](house.client, things)
        answer = refused.value.response
        assert answer["error"] == "missing_scope"
        assert needed in answer["needed"].split(",")
        assert scope not in answer["provided"].split(",")


async def test_refused_blocks_come_with_pointers() -> None:
    async with workspace() as house:
        channel = house.slack.add_channel("tantou")
        with pytest.raises(SlackApiError) as refused:
            await house.client.chat_postMessage(
                channel=channel, text="a", blocks=[{"type": "divider"}] * 51
            )
        line = "no more than 50 items allowed [json-pointer:/blocks]"
        assert refused.value.response["error"] == "invalid_blocks"
        messages = refused.value.response["response_metadata"]["messages"]
        assert messages == [f"[ERROR] {line}"]
        assert refused.value.response["errors"] == [line]


async def test_blocks_validate_needs_no_token_and_names_the_place() -> None:
    async with workspace() as house:
        blocks = json.dumps([{"type": "header", "text": plain("x" * 151)}])
        answer = await posted(
            house, "blocks.validate", {"blocks": blocks}, carriage="form", token=""
        )
        assert answer["error"] == "invalid_blocks"
        assert answer["errors"] == [
            {
                "pointer": "/0/text/text",
                "code": "failed_constraint",
                "message": "must be less than 151 characters",
            }
        ]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda c, p: c.users_info(user="U404"), "user_not_found"),
        (lambda c, p: c.users_lookupByEmail(email="a@b.jp"), "users_not_found"),
        (lambda c, p: c.usergroups_users_list(usergroup="S404"), "no_such_subteam"),
        (lambda c, p: c.chat_postMessage(channel="C404", text="a"), "channel_not_found"),
        (lambda c, p: c.api_call("chat.postMessage", json={"channel": p["channel"]}), "no_text"),
        (lambda c, p: c.chat_update(channel=p["channel"], ts="1.2", text="a"), "message_not_found"),
        (lambda c, p: c.chat_update(channel=p["user"], ts=p["ts"], text="a"), "channel_not_found"),
        (lambda c, p: c.conversations_info(channel="kaigi-a12"), "channel_not_found"),
        (
            lambda c, p: c.chat_update(channel=p["channel"], ts=p["ts"], text="x" * 4001),
            "msg_too_long",
        ),
        (
            lambda c, p: c.chat_postMessage(
                channel=p["channel"], text="a", blocks=[section("x" * 3000)] * 5
            ),
            "msg_blocks_too_long",
        ),
        (
            lambda c, p: c.chat_postEphemeral(channel=p["channel"], user=p["user"], text="a"),
            "user_not_in_channel",
        ),
        (
            lambda c, p: c.chat_scheduleMessage(channel=p["channel"], text="a", post_at=1),
            "time_in_past",
        ),
        (
            lambda c, p: c.chat_scheduleMessage(
                channel=p["channel"], text="a", post_at=p["soon"] + 121 * 86400
            ),
            "time_too_far",
        ),
        (
            lambda c, p: c.chat_deleteScheduledMessage(
                channel=p["channel"], scheduled_message_id="Q404"
            ),
            "invalid_scheduled_message_id",
        ),
        (lambda c, p: c.conversations_create(name="会議"), "invalid_name_specials"),
        (lambda c, p: c.conversations_create(name="x" * 81), "invalid_name_maxlength"),
        (lambda c, p: c.conversations_create(name="kaigi-a12"), "name_taken"),
        (
            lambda c, p: c.conversations_invite(channel=p["channel"], users=p["other"]),
            "already_in_channel",
        ),
        (
            lambda c, p: c.conversations_kick(channel=p["channel"], user=p["user"]),
            "not_in_channel",
        ),
        (lambda c, p: c.conversations_open(users=""), "users_list_not_supplied"),
        (
            lambda c, p: c.conversations_replies(channel=p["channel"], ts="1.2"),
            "thread_not_found",
        ),
        (
            lambda c, p: c.reactions_remove(channel=p["channel"], timestamp=p["ts"], name="eyes"),
            "no_reaction",
        ),
        (lambda c, p: c.users_list(cursor="???"), "invalid_cursor"),
        (
            lambda c, p: c.files_completeUploadExternal(files=[{"id": "F404"}]),
            "file_not_found",
        ),
        (lambda c, p: c.views_update(view_id="V404", view=MODAL), "not_found"),
        (lambda c, p: c.views_open(trigger_id="1.2.3", view=MODAL), "invalid_trigger_id"),
        (lambda c, p: c.api_call("chat.postMessage", json={"text": "a"}), "invalid_arguments"),
    ],
)
async def test_a_wrong_call_gets_slacks_error(call: Sent, error: str) -> None:
    async with workspace() as house:
        things = await prepared(house)
        with pytest.raises(SlackApiError) as refused:
            await call(house.client, things)
        assert refused.value.response["error"] == error
        assert house.slack.record[-1].error == error


async def test_a_message_is_marked_and_unmarked() -> None:
    async with workspace() as house:
        p = await prepared(house)
        place = {"channel": p["channel"], "timestamp": p["ts"]}
        await house.client.reactions_add(name="eyes", **place)
        with pytest.raises(SlackApiError, match="already_reacted"):
            await house.client.reactions_add(name="eyes", **place)
        (channel,) = house.screen("鈴木")["channels"]
        assert channel["messages"][0]["reactions"] == {"eyes": 1}
        await house.client.reactions_remove(name="eyes", **place)
        await house.client.pins_add(**place)
        with pytest.raises(SlackApiError, match="already_pinned"):
            await house.client.pins_add(**place)
        (channel,) = house.screen("鈴木")["channels"]
        assert channel["messages"][0]["reactions"] == {} and channel["messages"][0]["pinned"]


async def test_a_file_is_uploaded_in_three_steps() -> None:
    async with workspace() as house:
        p = await prepared(house)
        answer = await house.client.files_upload_v2(
            channel=p["channel"], content="BEGIN:VCALENDAR", filename="kaigi.ics", title="会議"
        )
        assert answer["files"][0]["title"] == "会議"
        (channel,) = house.screen("鈴木")["channels"]
        assert channel["messages"][-1]["texts"] == ["会議"]


async def test_a_scheduled_message_comes_at_its_time_but_not_with_metadata() -> None:
    async with workspace() as house:
        p = await prepared(house)
        await house.client.chat_scheduleMessage(
            channel=p["channel"],
            text="来ない",
            post_at=p["soon"],
            metadata={"event_type": "a", "event_payload": {}},
        )
        due = house.slack.next_due()
        assert due is not None and int(due.timestamp()) == p["soon"]
        house.clock.move_to(due)
        await house.slack.run_due()
        (channel,) = house.screen("鈴木")["channels"]
        assert [m["text"] for m in channel["messages"]] == ["A-12: 会議", "予定"]
        assert house.slack.next_due() is None


async def test_threads_histories_and_pages() -> None:
    async with workspace() as house:
        p = await prepared(house)
        for n in range(3):
            await house.client.chat_postMessage(
                channel=p["channel"], thread_ts=p["ts"], text=f"返信{n}"
            )
        history = await house.client.conversations_history(channel=p["channel"])
        assert [m["text"] for m in history["messages"]] == ["A-12: 会議"]
        assert history["messages"][0]["reply_count"] == 3
        said = []
        async for page in await house.client.conversations_replies(
            channel=p["channel"], ts=p["ts"], limit=2
        ):
            said += [m["text"] for m in page["messages"]]
        assert said == ["A-12: 会議", "返信0", "返信1", "返信2"]
        (channel,) = house.screen("鈴木")["channels"]
        assert [m["text"] for m in channel["messages"][0]["thread"]] == ["返信0", "返信1", "返信2"]


async def test_the_record_holds_what_left_for_slack_but_no_token() -> None:
    async with workspace() as house:
        await house.client.users_info(user=house.slack.people.get("佐藤").id)
        (call,) = house.slack.record
        assert call.method == "users.info" and call.ok
        assert BOT_TOKEN not in repr(call)


async def test_text_alone_takes_the_blocks_away_and_marks_the_change() -> None:
    async with workspace() as house:
        sent = await house.client.chat_postMessage(
            channel=house.slack.people.get("佐藤").id, text="a", blocks=[section("b")]
        )
        await house.client.chat_update(channel=sent["channel"], ts=sent["ts"], text="c")
        (message,) = house.dm("佐藤")
        assert (message["texts"], message["edited"]) == (["c"], True)


async def test_after_uninstalling_the_token_is_dead_and_the_app_knows() -> None:
    async with workspace(events=["app_uninstalled", "tokens_revoked"]) as house:
        house.slack.uninstall()
        with pytest.raises(SlackApiError, match="account_inactive"):
            await house.client.auth_test()
        await house.slack.settle()
        kinds = [d.kind for d in house.slack.events.deliveries if d.attempt == 0]
        assert kinds == ["tokens_revoked", "app_uninstalled"]


async def test_a_change_of_a_user_group_is_told() -> None:
    async with workspace(events=["subteam_members_changed"]) as house:
        group = house.slack.add_usergroup("tantou", name="担当", members=["佐藤"])
        house.slack.set_usergroup("tantou", members=["鈴木"])
        await house.slack.settle()
        told = await house.client.usergroups_users_list(usergroup=group)
        assert told["users"] == [house.slack.people.get("鈴木").id]
        assert house.slack.events.deliveries[0].kind == "subteam_members_changed"


STRANGE: list[Any] = [
    *("", "x", "-1", "1e9", "null", "[]", "{}", "[1]", '{"type": 1}', "😀", "1.5", "nan"),
    *(None, True, 0, -5, 10**20, 1.5, [], {}, [None], [{}], {"type": "modal"}, {"blocks": 5}),
]
OPTIONAL = [
    *("thread_ts", "limit", "cursor", "types", "oldest", "latest", "inclusive", "metadata"),
    *("attachments", "blocks", "hash", "users", "initial_comment", "force", "markdown_text"),
]


async def test_no_argument_breaks_the_emulator() -> None:
    dice = random.Random(7)
    async with workspace() as house, aiohttp.ClientSession() as session:
        things = await prepared(house)
        for method, call in CALLS.items():
            if method in ("chat.delete", "conversations.archive", "apps.connections.open"):
                continue
            with contextlib.suppress(SlackApiError):
                await call(house.client, things)
            right = house.slack.record[-1].args
            for _ in range(25):
                name = dice.choice([*right, *OPTIONAL])
                given = {**right, name: dice.choice(STRANGE)}
                url = f"{house.slack.public_url}/api/{method}"
                headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
                async with session.post(url, json=given, headers=headers) as response:
                    assert response.status == 200, (method, name, given[name])
