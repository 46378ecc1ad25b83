"""The emulator against LINE's own OpenAPI descriptions, where they lie beside the checkout."""

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bots.practice.line import CHANNEL_ID, Phone
from bots.practice.line.answers import LineRefusal
from bots.practice.line.linking import DIALOG
from bots.practice.line.menu_shapes import BULK_LINK, CREATE_ALIAS, RICH_MENU
from bots.practice.line.message_shapes import MESSAGE
from bots.practice.line.request_shapes import LOADING, MULTICAST, PUSH, REPLY
from bots.practice.line.rules import Items, Kinds, Shape, check
from tests.contracts_dir import contract

from .drawn import bodies
from .openapi import Description
from .pictures import png
from .test_limits import post, quick_reply
from .test_menus import menu
from .town import SECRET, Reply, Town, text

FORM = "application/x-www-form-urlencoded"


@cache
def described(name: str) -> Description:
    return Description(contract(f"line/{name}.yml"))


def plain(path: str) -> str:
    """A path with its parameters unnamed, for comparison."""
    return re.sub(r"\{\w+\}", "{}", path)


def operation_of(method: str, path: str) -> tuple[Description, dict[str, Any]]:
    """Where an endpoint is described."""
    for name in ("messaging-api", "channel-access-token"):
        for template, methods in described(name).paths.items():
            if plain(template) == plain(path) and method.lower() in methods:
                return described(name), methods[method.lower()]
    raise AssertionError(f"LINE describes no {method} {path}")


def _one_message(shape: Shape) -> Shape:
    """A validate request for messages of one kind only."""
    kind = next(kind for kind, found in MESSAGE.shapes.items() if found is shape)
    one = Kinds(shapes={kind: shape})
    return Shape(fields={"messages": Items(required=True, of=one, least=1, most=5)})


async def test_every_emulated_endpoint_is_one_of_lines(town: Town) -> None:
    for operation in town.line.app.operations.all:
        if operation.path != DIALOG:
            operation_of(operation.method, operation.path)


class Caller:
    """Calls endpoints by template and holds every answer against its description."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.succeeded: set[str] = set()

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Reply:
        query = more.pop("query", "")
        template = path
        for name, value in more.pop("at", {}).items():
            path = path.replace("{" + name + "}", value)
        reply = await self.town.call(method, path + query, body, **more)
        if 200 <= reply.status < 300:
            self.succeeded.add(f"{method} {template}")
        description, operation = operation_of(method, template)
        answers = operation["responses"]
        schema = {"$ref": "#/components/schemas/ErrorResponse"}
        if str(reply.status) in answers:
            content = answers[str(reply.status)].get("content", {"-": {}})
            schema = next(iter(content.values())).get("schema", {})
        elif 200 <= reply.status < 300:
            assert reply.status == 202, f"{reply.status} is no answer of {method} {template}"
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            assert description.faults(name, reply.json()) == [], (method, template)
        elif reply.body and "json" in reply.headers["content-type"]:
            assert reply.json() == {}, (method, template)
        return reply


async def _messages(call: Caller, phone: Phone) -> None:
    one = {"messages": [text("a"), quick_reply(post())]}
    base = "/v2/bot/message"
    key = "123e4567-e89b-12d3-a456-426614174000"
    for _ in range(2):
        await call("POST", f"{base}/push", {**one, "to": phone.user_id}, retry_key=key)
    await call("POST", f"{base}/push", {**one, "to": "x"})
    await call("POST", f"{base}/multicast", {**one, "to": [phone.user_id]})
    await phone.say("はい")
    token = call.town.inbox.events()[-1]["replyToken"]
    for _ in range(2):
        await call("POST", f"{base}/reply", {**one, "replyToken": token})
    for kind in ("push", "multicast", "reply", "narrowcast", "broadcast"):
        await call("POST", f"{base}/validate/{kind}", one)
        await call("POST", f"{base}/validate/{kind}", {"messages": []})
    for path in ("quota", "quota/consumption"):
        await call("GET", f"{base}/{path}")
    call.town.line.quota.limit = 0
    await call("GET", f"{base}/quota")
    await call("POST", f"{base}/push", {**one, "to": phone.user_id})
    await call("POST", f"{base}/multicast", {**one, "to": [phone.user_id]})


async def _account(call: Caller, phone: Phone) -> None:
    call.town.line.account.verified = True
    user = {"userId": phone.user_id}
    await call("GET", "/v2/bot/info")
    await call("GET", "/v2/bot/info", token="wrong")
    await call("GET", "/v2/bot/followers/ids")
    await call("GET", "/v2/bot/profile/{userId}", at=user)
    await call("POST", "/v2/bot/user/{userId}/linkToken", at=user)
    await call("POST", "/v2/bot/chat/loading/start", {"chatId": phone.user_id})
    await call("POST", "/v2/bot/chat/loading/start", {"chatId": "x"})
    token = call.town.inbox.events()[-1]["message"]["markAsReadToken"]
    await call("POST", "/v2/bot/chat/markAsRead", {"markAsReadToken": token})
    await call("GET", "/v2/bot/channel/webhook/endpoint")
    await call("POST", "/v2/bot/channel/webhook/test", {})
    await phone.media("video", b"film")
    content = "/v2/bot/message/{messageId}/content"
    sent = {"messageId": call.town.inbox.events()[-1]["message"]["id"]}
    for path in (content, f"{content}/preview", f"{content}/transcoding"):
        await call("GET", path, at=sent)
        await call("GET", path, at={"messageId": "0"})
    url = {"endpoint": "https://example.com"}
    await call("PUT", "/v2/bot/channel/webhook/endpoint", url)


async def _menus(call: Caller, phone: Phone) -> None:
    base, everyone = "/v2/bot/richmenu", "/v2/bot/user/all/richmenu"
    await call("POST", f"{base}/validate", menu())
    one = {"richMenuId": (await call("POST", base, menu())).json()["richMenuId"]}
    path = f"{base}/{{richMenuId}}/content"
    await call("POST", path, png(2500, 843), content_type="image/png", at=one)
    await call("GET", path, at=one)
    await call("GET", f"{base}/list")
    await call("GET", f"{base}/{{richMenuId}}", at=one)
    await call("GET", everyone)
    await call("POST", f"{everyone}/{{richMenuId}}", at=one)
    await call("GET", everyone)
    await call("DELETE", everyone)
    user = {"userId": phone.user_id}
    own = "/v2/bot/user/{userId}/richmenu"
    await call("POST", f"{own}/{{richMenuId}}", at={**user, **one})
    await call("GET", own, at=user)
    await call("DELETE", own, at=user)
    await call("POST", f"{base}/bulk/link", {**one, "userIds": [phone.user_id]})
    await call("POST", f"{base}/bulk/unlink", {"userIds": [phone.user_id]})
    alias, name = f"{base}/alias", {"richMenuAliasId": "a"}
    for _ in range(2):
        await call("POST", alias, {**one, **name})
    await call("GET", f"{alias}/list")
    for method, body in (("POST", one), ("GET", None), ("DELETE", None), ("GET", None)):
        await call(method, f"{alias}/{{richMenuAliasId}}", body, at=name)
    await call("DELETE", f"{base}/{{richMenuId}}", at=one)


async def _tokens(call: Caller) -> None:
    form = f"grant_type=client_credentials&client_id={CHANNEL_ID}&client_secret={SECRET}"
    plain_form: dict[str, Any] = {"token": None, "content_type": FORM}
    issued = await call("POST", "/oauth2/v3/token", form.encode(), **plain_form)
    token = issued.json()["access_token"]
    await call("GET", "/oauth2/v2.1/verify", token=None, query=f"?access_token={token}")
    held = b"access_token=practice-token"
    await call("POST", "/v2/oauth/verify", held, **plain_form)
    await call("POST", "/v2/oauth/revoke", held, **plain_form)


async def test_every_answer_is_as_described(town: Town, hanako: Phone) -> None:
    call = Caller(town)
    await _messages(call, hanako)
    await _account(call, hanako)
    await _menus(call, hanako)
    await _tokens(call)

    emulated = {operation.endpoint for operation in town.line.app.operations.all}
    assert call.succeeded == emulated - {f"GET {DIALOG}"}


async def test_every_event_is_as_described(town: Town, hanako: Phone, taro: Phone) -> None:
    webhook = described("webhook")
    await hanako.say("こんにちは")
    await hanako.sticker()
    await hanako.sticker(keywords=[])
    await hanako.photo()
    await hanako.media("video", b"film")
    await hanako.media("audio", b"voice")
    await hanako.media("file", b"%PDF")
    await hanako.location(title="区役所")
    await hanako.unsend()
    await taro.follow()
    await taro.block()
    await taro.unblock()
    picker = {"type": "datetimepicker", "label": "日", "data": "d", "mode": "date"}
    await town.push(hanako.user_id, quick_reply(picker))
    await hanako.tap("日", picked="2026-04-10")
    for phone in (hanako, taro):
        issued = await town.call("POST", f"/v2/bot/user/{hanako.user_id}/linkToken")
        token = issued.json()["linkToken"]
        await phone.open_url(f"https://x{DIALOG}?linkToken={token}&nonce=0123456789")
    await town.line.webhooks.verify()

    assert len(town.inbox.got) == 16
    for _, body in town.inbox.got:
        assert webhook.faults("CallbackRequest", Reply(200, {}, body).json()) == []


def test_the_reader_of_descriptions_sees_what_is_wrong() -> None:
    api = described("messaging-api")
    good = {"type": "text", "text": "a"}

    assert api.faults("Message", good) == []
    assert api.faults("Message", {"type": "text"})
    assert api.faults("Message", {"type": "letter"})
    assert api.faults("Message", {**good, "txt": "b"})
    assert api.faults("Message", {**good, "quickReply": {"items": [{}] * 14}})


SHAPES: dict[str, tuple[Shape, str]] = {
    **{
        f"message {kind}": (_one_message(shape), "ValidateMessageRequest")
        for kind, shape in MESSAGE.shapes.items()
    },
    "push": (PUSH, "PushMessageRequest"),
    "multicast": (MULTICAST, "MulticastRequest"),
    "reply": (REPLY, "ReplyMessageRequest"),
    "rich menu": (RICH_MENU, "RichMenuRequest"),
    "alias": (CREATE_ALIAS, "CreateRichMenuAliasRequest"),
    "bulk link": (BULK_LINK, "RichMenuBulkLinkRequest"),
    "loading": (LOADING, "ShowLoadingAnimationRequest"),
}


@pytest.mark.parametrize("what", SHAPES)
def test_what_the_emulator_takes_is_within_the_description(what: str) -> None:
    """And something of each is taken, so that this says anything at all."""
    shape, name = SHAPES[what]
    api = described("messaging-api")
    taken: list[Any] = []

    @settings(
        max_examples=50,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=bodies())
    def holds(drawn: Any) -> None:
        body = drawn(shape)
        try:
            check(shape, body)
        except LineRefusal:
            return
        taken.append(body)
        assert api.faults(name, body) == []

    holds()
    assert taken
