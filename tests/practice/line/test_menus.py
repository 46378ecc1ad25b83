"""Rich menus: limits, images, who sees which (REF §Rich menu; LINE.md §3.5, §3.6)."""

from typing import Any

import pytest

from bots.practice.line import Phone

from .pictures import jpeg, png
from .town import Reply, Town

MENU = "/v2/bot/richmenu"
ALL = "/v2/bot/user/all/richmenu"


def area(action: dict[str, Any], x: int = 0, width: int = 1250) -> dict[str, Any]:
    return {"bounds": {"x": x, "y": 0, "width": width, "height": 843}, "action": action}


def menu(*areas: dict[str, Any], **more: Any) -> dict[str, Any]:
    rest = area({"type": "postback", "label": "少し休む", "data": "rest"})
    stop = area({"type": "postback", "label": "やめる", "data": "stop"}, x=1250)
    return {
        "size": {"width": 2500, "height": 843},
        "selected": True,
        "name": "よりそい",
        "chatBarText": "メニュー",
        "areas": list(areas) or [rest, stop],
        **more,
    }


async def upload(town: Town, menu_id: str, image: bytes, kind: str = "image/png") -> Reply:
    return await town.call("POST", f"{MENU}/{menu_id}/content", image, content_type=kind)


async def made(town: Town, *areas: dict[str, Any], picture: bool = True) -> str:
    """A rich menu's id."""
    reply = await town.call("POST", MENU, menu(*areas))
    assert reply.status == 200, reply.body
    menu_id = str(reply.json()["richMenuId"])
    if picture:
        assert (await upload(town, menu_id, png(2500, 843))).status == 200
    return menu_id


async def test_the_default_menu_shows_on_friends_phones_and_can_be_pressed(
    town: Town, hanako: Phone, taro: Phone
) -> None:
    menu_id = await made(town)
    assert (await town.call("POST", f"{ALL}/{menu_id}")).status == 200

    assert hanako.screen().rich_menu == ("少し休む", "やめる")
    assert taro.screen().rich_menu == ()
    await hanako.tap("少し休む")
    assert town.inbox.events()[0]["postback"] == {"data": "rest"}
    assert (await town.call("GET", ALL)).json() == {"richMenuId": menu_id}


async def test_a_persons_own_menu_comes_before_the_default(town: Town, hanako: Phone) -> None:
    default = await made(town)
    own = await made(town, area({"type": "message", "label": "話したい", "text": "話したい"}))
    await town.call("POST", f"{ALL}/{default}")
    path = f"/v2/bot/user/{hanako.user_id}/richmenu"
    assert (await town.call("GET", path)).message == "the user has no richmenu"

    assert (await town.call("POST", f"{path}/{own}")).status == 200
    assert hanako.screen().rich_menu == ("話したい",)
    assert (await town.call("GET", path)).json() == {"richMenuId": own}

    assert (await town.call("DELETE", path)).status == 200
    assert hanako.screen().rich_menu == ("少し休む", "やめる")


async def test_linking_a_blocked_person_gives_200(town: Town, hanako: Phone) -> None:
    menu_id = await made(town)
    await hanako.block()

    reply = await town.call("POST", f"/v2/bot/user/{hanako.user_id}/richmenu/{menu_id}")

    assert reply.status == 200
    assert hanako.screen().rich_menu == ()


async def test_a_menu_without_its_image_cannot_be_shown(town: Town, hanako: Phone) -> None:
    menu_id = await made(town, picture=False)

    for path in (f"{ALL}/{menu_id}", f"/v2/bot/user/{hanako.user_id}/richmenu/{menu_id}"):
        reply = await town.call("POST", path)
        assert reply.status == 400
        assert reply.message == "must upload richmenu image before applying it to user"


async def test_a_menu_that_is_not_there_is_not_found(town: Town, hanako: Phone) -> None:
    for method, path in (
        ("GET", f"{MENU}/richmenu-0"),
        ("DELETE", f"{MENU}/richmenu-0"),
        ("GET", f"{MENU}/richmenu-0/content"),
        ("POST", f"{ALL}/richmenu-0"),
        ("POST", f"/v2/bot/user/{hanako.user_id}/richmenu/richmenu-0"),
    ):
        reply = await town.call(method, path)
        assert (reply.status, reply.message) == (404, "Not found")
    assert (await town.call("GET", ALL)).message == "no default richmenu"


async def test_a_menu_can_be_listed_read_and_deleted(town: Town, hanako: Phone) -> None:
    menu_id = await made(town)
    await town.call("POST", f"{ALL}/{menu_id}")

    assert (await town.call("GET", f"{MENU}/list")).json()["richmenus"][0]["name"] == "よりそい"
    assert (await town.call("GET", f"{MENU}/{menu_id}")).json()["richMenuId"] == menu_id
    assert (await town.call("GET", f"{MENU}/{menu_id}/content")).body == png(2500, 843)
    assert (await town.call("DELETE", f"{MENU}/{menu_id}")).status == 200
    assert hanako.screen().rich_menu == ()
    assert (await town.call("DELETE", ALL)).status == 200


@pytest.mark.parametrize(
    ("image", "kind", "status"),
    [
        (png(800, 250), "image/png", 200),
        (png(2500, 1724), "image/png", 200),
        (jpeg(2500, 843), "image/jpeg", 200),
        (png(799, 250), "image/png", 400),
        (png(2501, 843), "image/png", 400),
        (png(800, 249), "image/png", 400),
        (png(2500, 1725), "image/png", 400),
        (b"GIF89a", "image/png", 400),
        (png(2500, 843), "image/gif", 415),
        (png(2500, 843, padding=1024 * 1024), "image/png", 400),
    ],
)
async def test_an_image_has_bounds(town: Town, image: bytes, kind: str, status: int) -> None:
    menu_id = await made(town, picture=False)

    assert (await upload(town, menu_id, image, kind)).status == status


async def test_an_image_cannot_be_replaced(town: Town) -> None:
    menu_id = await made(town)

    assert (await upload(town, menu_id, png(2500, 843))).status == 400


@pytest.mark.parametrize(
    ("wrong", "property_"),
    [
        ({"size": {"width": 799, "height": 250}}, "size.width"),
        ({"size": {"width": 2501, "height": 843}}, "size.width"),
        ({"size": {"width": 800, "height": 249}}, "size.height"),
        ({"size": {"width": 1000, "height": 700}}, "size"),
        ({"chatBarText": "あ" * 15}, "chatBarText"),
        ({"name": "あ" * 301}, "name"),
        ({"areas": [area({"type": "message", "text": "a"})] * 21}, "areas"),
        ({"areas": [area({"type": "message", "text": "a"}, x=1251)]}, "areas[0].bounds"),
    ],
)
async def test_a_menu_has_bounds(town: Town, wrong: dict[str, Any], property_: str) -> None:
    for path in (MENU, f"{MENU}/validate"):
        reply = await town.call("POST", path, menu(**wrong))
        assert reply.status == 400
        assert [detail["property"] for detail in reply.json()["details"]] == [property_]


async def test_20_areas_and_14_characters_are_taken(town: Town) -> None:
    areas = [area({"type": "message", "text": "a"})] * 20

    reply = await town.call("POST", f"{MENU}/validate", menu(*areas, chatBarText="あ" * 14))

    assert (reply.status, reply.json()) == (200, {})


async def test_many_are_linked_and_unlinked_at_once(town: Town, hanako: Phone, taro: Phone) -> None:
    menu_id = await made(town)
    ids = [hanako.user_id, taro.user_id]

    linked = await town.call("POST", f"{MENU}/bulk/link", {"richMenuId": menu_id, "userIds": ids})
    assert linked.status == 202
    assert hanako.screen().rich_menu == ("少し休む", "やめる")

    assert (await town.call("POST", f"{MENU}/bulk/unlink", {"userIds": ids})).status == 202
    assert hanako.screen().rich_menu == ()


async def test_bulk_refusals_are_the_documented_ones(town: Town, hanako: Phone) -> None:
    path = f"{MENU}/bulk/link"
    menu_id = await made(town)
    one = [hanako.user_id]
    person = await town.call("POST", path, {"richMenuId": menu_id, "userIds": ["x"]})
    wrong = await town.call("POST", path, {"richMenuId": "x", "userIds": one})
    missing = await town.call("POST", path, {"richMenuId": "richmenu-0", "userIds": one})
    many = await town.call("POST", path, {"richMenuId": menu_id, "userIds": one * 501})

    assert "'userIds[0]'" in person.message
    assert wrong.json()["details"] == [{"message": "invalid richMenuId", "property": "richMenuId"}]
    assert (missing.status, missing.message) == (404, "richmenu not found")
    assert many.status == 400


async def test_an_alias_switches_menus(town: Town, hanako: Phone) -> None:
    switch = {"type": "richmenuswitch", "label": "次へ", "richMenuAliasId": "two", "data": "to 2"}
    one = await made(town, area(switch))
    two = await made(town)
    await town.call("POST", f"{ALL}/{one}")
    alias = {"richMenuAliasId": "two", "richMenuId": two}
    assert (await town.call("POST", f"{MENU}/alias", alias)).status == 200

    await hanako.tap("次へ")

    assert town.inbox.events()[0]["postback"] == {
        "data": "to 2",
        "params": {"newRichMenuAliasId": "two", "status": "SUCCESS"},
    }
    assert hanako.screen().rich_menu == ("少し休む", "やめる")


async def test_aliases_are_listed_changed_and_deleted(town: Town) -> None:
    one, two = await made(town), await made(town)
    alias = {"richMenuAliasId": "a", "richMenuId": one}
    await town.call("POST", f"{MENU}/alias", alias)
    again = await town.call("POST", f"{MENU}/alias", alias)
    assert (again.status, again.message) == (400, "conflict richmenu alias id")

    assert (await town.call("GET", f"{MENU}/alias/list")).json() == {"aliases": [alias]}
    assert (await town.call("POST", f"{MENU}/alias/a", {"richMenuId": two})).status == 200
    assert (await town.call("GET", f"{MENU}/alias/a")).json()["richMenuId"] == two
    assert (await town.call("DELETE", f"{MENU}/alias/a")).status == 200
    assert (await town.call("GET", f"{MENU}/alias/a")).message == "richmenu alias not found"


@pytest.mark.parametrize("name", ["", "A", "あ", "a" * 33])
async def test_an_alias_has_32_plain_characters(town: Town, name: str) -> None:
    menu_id = await made(town)
    body = {"richMenuAliasId": name, "richMenuId": menu_id}

    assert (await town.call("POST", f"{MENU}/alias", body)).status == 400


async def test_a_hundred_menus_an_hour_can_be_made(town: Town) -> None:
    statuses = [(await town.call("POST", MENU, menu())).status for _ in range(101)]

    assert statuses == [200] * 100 + [429]


async def test_refusals_of_a_menu_and_its_image_are_the_documented_ones(town: Town) -> None:
    nameless = {name: value for name, value in menu().items() if name != "name"}
    missing = await town.call("POST", f"{MENU}/validate", nameless)
    link = area({"type": "uri", "uri": "ftp://example.com"})
    scheme = await town.call("POST", f"{MENU}/validate", menu(link))
    menu_id = await made(town)
    again = await upload(town, menu_id, png(2500, 843))
    alias = {"richMenuAliasId": "a", "richMenuId": "x"}
    no_id = await town.call("POST", f"{MENU}/alias", alias)
    bare = {"richMenuAliasId": "a", "richMenuId": await made(town, picture=False)}
    no_image = await town.call("POST", f"{MENU}/alias", bare)
    small = await upload(town, await made(town, picture=False), png(1, 1))

    assert missing.json()["details"] == [{"message": "must be specified", "property": "name"}]
    assert scheme.json()["details"] == [
        {"message": "invalid uri", "property": "areas[0].action.uri"}
    ]
    assert again.json() == {"message": "An image has already been uploaded to the richmenu"}
    assert no_id.json()["details"][0]["message"] == "invalid richMenuId"
    assert no_image.json() == {"message": "richmenu not found", "details": []}
    assert small.json() == {"message": "The image size is not allowed for richmenu"}
