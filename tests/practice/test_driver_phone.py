"""A person's phone, driven over HTTP by what its screen shows."""

import pytest

from tests.practice.stage_asking import call, get, post
from tests.practice.stage_fakes import LETTER
from tests.practice.stage_house import Scene, make_scene

A = "/practice/phones/A"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


async def test_the_screen_is_what_the_person_sees(scene: Scene) -> None:
    scene.line.phones.get("A").receive(LETTER, quick=("ありがとう",))
    screen = (await get(scene.app, A)).json
    assert screen["messages"][0]["text"] == LETTER
    assert screen["quick_replies"] == ["ありがとう"]
    assert screen["lock_screen"] == [LETTER]


async def test_all_phones_are_listed(scene: Scene) -> None:
    assert (await get(scene.app, "/practice/phones")).json == {"phones": ["A", "B"]}


async def test_saying_answers_with_the_new_screen_after_all_came_to_rest(scene: Scene) -> None:
    screen = (await post(scene.app, f"{A}/say", {"text": "元気です"})).json
    assert screen["messages"][-1]["text"] == "元気です"
    assert scene.house.rests >= 1
    assert scene.slack.desks["佐藤"].notifications[-1] == "返事が届いています (A-12)"


async def test_a_label_is_tapped(scene: Scene) -> None:
    screen = (await post(scene.app, f"{A}/tap", {"label": "少し休む"})).json
    assert screen["messages"][-1] | {"at": ""} == {
        "from": "person",
        "at": "",
        "kind": "text",
        "text": "少し休む",
        "buttons": [],
        "withdrawn": False,
    }


async def test_a_label_that_opens_a_page_shows_its_address(scene: Scene) -> None:
    screen = (await post(scene.app, f"{A}/tap", {"label": "おたより"})).json
    assert screen["opened_url"] == "https://tayori.example/p/letters"


async def test_an_unknown_label_is_refused_with_what_is_there(scene: Scene) -> None:
    answer = await post(scene.app, f"{A}/tap", {"label": "購入する"})
    assert answer.status == 409
    assert "購入する" in answer.json["error"]
    assert "そのまま" in answer.json["labels"]


async def test_a_sticker_a_photo_and_taking_back(scene: Scene) -> None:
    sticker = {"package_id": "446", "sticker_id": "1991", "keywords": ["お茶"]}
    assert (await post(scene.app, f"{A}/sticker", sticker)).json["messages"][-1]["raw"] == {
        "type": "sticker",
        "packageId": "446",
        "stickerId": "1991",
        "keywords": ["お茶"],
    }
    assert (await post(scene.app, f"{A}/sticker")).status == 200
    assert (await post(scene.app, f"{A}/photo", {})).json["messages"][-1]["kind"] == "image"
    assert (await post(scene.app, f"{A}/unsend", {"index": -1})).json["messages"][-1]["withdrawn"]
    assert (await post(scene.app, f"{A}/unsend", {"index": 9})).status == 409


async def test_a_photo_may_come_as_multipart_or_as_it_is(scene: Scene) -> None:
    form = (
        b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
        b"Content-Type: image/jpeg\r\n\r\nJPEG\r\n--x--\r\n"
    )
    kinds = {"multipart/form-data; boundary=x": form, "image/png": b"PNG"}
    for kind, body in kinds.items():
        answer = await call(
            scene.app, "POST", f"{A}/photo", body=body, headers={"content-type": kind}
        )
        assert answer.status == 200
    assert scene.line.phones.get("A").photos == [b"JPEG", b"PNG"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=x", b"nonsense", 400),
        ("image/png", b"x" * 10_000_001, 413),
        ("application/json", b'{"photo": 1}', 422),
    ],
)
async def test_a_photo_that_cannot_be_read_is_refused(
    scene: Scene, kind: str, body: bytes, status: int
) -> None:
    answer = await call(scene.app, "POST", f"{A}/photo", body=body, headers={"content-type": kind})
    assert answer.status == status
    assert answer.json["error"]


async def test_opening_the_talk_clears_the_lock_screen(scene: Scene) -> None:
    scene.line.phones.get("A").receive(LETTER)
    assert (await post(scene.app, f"{A}/open")).json["lock_screen"] == []


async def test_blocking_unblocking_and_following(scene: Scene) -> None:
    assert (await post(scene.app, f"{A}/block")).json["blocked"]
    refused = await post(scene.app, f"{A}/say", {"text": "あ"})
    assert (refused.status, refused.json["labels"]) == (409, ["解除する"])
    assert not (await post(scene.app, f"{A}/unblock")).json["blocked"]
    assert (await post(scene.app, f"{A}/follow", {})).json["friend"]


async def test_an_unknown_person_or_verb_is_refused_with_those_there_are(scene: Scene) -> None:
    assert (await get(scene.app, "/practice/phones/だれか")).json["labels"] == ["A", "B"]
    unknown = await post(scene.app, f"{A}/explode", {})
    assert unknown.status == 404
    assert "tap" in unknown.json["labels"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[1]", 400),
        (b'"x"', 400),
        (b"\xff\xfe", 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"text": ' + b"9" * 6000 + b"}", 400),
        (b'{"text": 5}', 422),
        (b'{"text": ""}', 422),
        (b'{"text": null}', 422),
        (b'{"words": "x"}', 422),
        (b'{"text": "' + b"x" * 5001 + b'"}', 422),
        (b'{"text": "' + b"x" * 1_000_001 + b'"}', 413),
    ],
)
async def test_a_body_that_cannot_be_followed_is_the_sender_s_mistake(
    scene: Scene, body: bytes, status: int
) -> None:
    answer = await call(scene.app, "POST", f"{A}/say", body=body, headers={})
    assert answer.status == status
    assert answer.json["error"]
    assert isinstance(answer.json["labels"], list)
    assert scene.line.phones.get("A").heard == []


async def test_another_site_s_page_cannot_act(scene: Scene) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    answer = await call(scene.app, "POST", f"{A}/block", headers=headers)
    assert answer.status == 403
    assert not scene.line.phones.get("A").blocked
