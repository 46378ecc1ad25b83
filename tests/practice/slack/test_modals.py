"""Modals: triggers, stack, hash, ids, what an ack asks, what the client refuses."""

import asyncio
import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.practice.slack.house import (
    House,
    actions,
    button,
    field_block,
    modal,
    option,
    plain,
    section,
    text_field,
    until_modal,
    workspace,
)

FIRST = modal("一枚目", text_field("本文", "words"), callback_id="first", notify_on_close=True)
SECOND = modal("二枚目", section("続き"), callback_id="second")


class Opener:
    """An app that keeps the triggers it gets and opens a modal when told to."""

    def __init__(self, house: House, view: dict[str, Any] | None = None) -> None:
        self.triggers: list[str] = []
        self.closed: list[Any] = []
        self.submitted: list[Any] = []
        self.answer: dict[str, Any] = {}
        self.view_id = ""
        self.view = view

        async def shortcut(ack: Any, body: Any, client: Any) -> None:
            self.triggers.append(body["trigger_id"])
            if self.view is not None:
                opened = await client.views_open(trigger_id=body["trigger_id"], view=self.view)
                self.view_id = opened["view"]["id"]
            await ack()

        async def action(ack: Any, body: Any) -> None:
            self.triggers.append(body["trigger_id"])
            await ack()

        async def submission(ack: Any, body: Any) -> None:
            self.submitted.append(body)
            await ack(**self.answer)

        async def closed(ack: Any, body: Any) -> None:
            self.closed.append(body)
            await ack()

        house.bolt.shortcut("write_letter")(shortcut)
        house.bolt.action("next")(action)
        for name in ("first", "second"):
            house.bolt.view_submission(name)(submission)
            house.bolt.view_closed(name)(closed)


async def test_a_trigger_is_good_once() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "おたよりを書く")
        with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
            await house.client.views_open(trigger_id=app.triggers[0], view=FIRST)


async def test_a_trigger_dies_after_three_seconds() -> None:
    async with workspace() as house:
        app = Opener(house)
        await house.slack.shortcut("佐藤", "write_letter")
        await asyncio.sleep(3.05)
        with pytest.raises(SlackApiError, match="expired_trigger_id"):
            await house.client.views_open(trigger_id=app.triggers[0], view=FIRST)


async def test_a_modal_opens_for_the_user_of_its_trigger_only() -> None:
    async with workspace() as house:
        Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        assert house.screen("佐藤")["modal"]["title"] == "一枚目"
        assert house.screen("鈴木")["modal"] is None


async def test_a_refused_view_leaves_the_trigger_usable() -> None:
    async with workspace() as house:
        app = Opener(house)
        await house.slack.shortcut("佐藤", "write_letter")
        with pytest.raises(SlackApiError) as refused:
            await house.client.views_open(trigger_id=app.triggers[0], view=modal("x" * 25))
        assert refused.value.response["error"] == "invalid_arguments"
        assert refused.value.response["response_metadata"]["messages"] == [
            "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
        ]
        await house.client.views_open(trigger_id=app.triggers[0], view=FIRST)


async def test_a_view_over_250_kilobytes_is_too_large() -> None:
    async with workspace() as house:
        big = modal("a", *[section("x" * 3000)] * 90)
        assert len(json.dumps(big, ensure_ascii=False).encode()) > 250 * 1024
        with pytest.raises(SlackApiError, match="view_too_large"):
            await house.client.views_open(trigger_id="1.2.3", view=big)


async def test_the_stack_holds_three() -> None:
    async with workspace() as house:
        app = Opener(house, modal("底", actions(button("次へ", "next")), callback_id="first"))
        await house.slack.shortcut("佐藤", "write_letter")
        for depth in (2, 3):
            await house.slack.click("佐藤", "次へ")
            pushed = modal(f"{depth}枚目", actions(button("次へ", "next")))
            await house.client.views_push(trigger_id=app.triggers[-1], view=pushed)
            assert house.screen("佐藤")["modal"]["depth"] == depth
        await house.slack.click("佐藤", "次へ")
        with pytest.raises(SlackApiError, match="push_limit_reached"):
            await house.client.views_push(trigger_id=app.triggers[-1], view=SECOND)


async def test_a_stale_hash_conflicts() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        first = await house.client.views_update(view_id=app.view_id, view=FIRST)
        stale = first["view"]["hash"]
        await house.client.views_update(view_id=app.view_id, view=FIRST, hash=stale)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await house.client.views_update(view_id=app.view_id, view=FIRST, hash=stale)


async def test_home_has_a_hash_too() -> None:
    async with workspace() as house:
        user = house.slack.people.get("佐藤").id
        home = {"type": "home", "blocks": [section("A-12")]}
        first = await house.client.views_publish(user_id=user, view=home)
        await house.client.views_publish(user_id=user, view=home, hash=first["view"]["hash"])
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await house.client.views_publish(user_id=user, view=home, hash=first["view"]["hash"])


async def test_without_a_home_tab_nothing_is_published() -> None:
    async with workspace(home_tab=False) as house:
        user = house.slack.people.get("佐藤").id
        with pytest.raises(SlackApiError, match="not_enabled"):
            await house.client.views_publish(user_id=user, view={"type": "home", "blocks": []})


async def test_an_external_id_names_one_view_and_finds_it() -> None:
    async with workspace() as house:
        app = Opener(house, modal("a", external_id="letter-1"))
        await house.slack.shortcut("佐藤", "write_letter")
        app.view = None
        await house.slack.shortcut("鈴木", "write_letter")
        with pytest.raises(SlackApiError, match="duplicate_external_id"):
            await house.client.views_open(
                trigger_id=app.triggers[-1], view=modal("b", external_id="letter-1")
            )
        await house.client.views_update(
            external_id="letter-1", view=modal("c", external_id="letter-1")
        )
        assert house.screen("佐藤")["modal"]["title"] == "c"


async def test_a_closed_view_is_not_found() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.close("佐藤")
        with pytest.raises(SlackApiError, match="not_found"):
            await house.client.views_update(view_id=app.view_id, view=FIRST)


async def test_an_empty_ack_closes_the_view() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤", {"本文": "こんにちは"})
        assert house.screen("佐藤")["modal"] is None
        (body,) = app.submitted
        assert body["type"] == "view_submission" and body["team"]["id"] == "T0PRACTICE"
        assert body["view"]["state"]["values"]["words"]["text"]["value"] == "こんにちは"
        assert body["response_urls"] == [] and body["api_app_id"] and body["token"]


async def test_errors_stand_under_their_input_and_the_text_stays() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        app.answer = {"response_action": "errors", "errors": {"words": "短くしてください。"}}
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤", {"本文": "長い長い"})
        (shown,) = house.screen("佐藤")["modal"]["inputs"]
        assert shown["error"] == "短くしてください。" and shown["value"] == "長い長い"
        app.answer = {}
        await house.slack.submit("佐藤", {"本文": "短い"})
        assert house.screen("佐藤")["modal"] is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal", "blocks": []}},
        {"response_action": "dance"},
    ],
)
async def test_a_wrong_answer_to_a_submission_is_trouble_connecting(answer: Any) -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        app.answer = answer
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤", {"本文": "a"})
        screen = house.screen("佐藤")
        assert "trouble connecting" in screen["banner"]
        assert screen["modal"]["inputs"][0]["value"] == "a"


async def test_an_ack_may_update_push_and_clear() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        app.answer = {"response_action": "push", "view": SECOND}
        await house.slack.submit("佐藤", {"本文": "a"})
        assert house.screen("佐藤")["modal"]["depth"] == 2
        app.answer = {"response_action": "update", "view": modal("済み", callback_id="second")}
        await house.slack.submit("佐藤")
        shown = house.screen("佐藤")["modal"]
        assert (shown["title"], shown["depth"]) == ("済み", 2)
        app.answer = {"response_action": "clear"}
        await house.slack.submit("佐藤")
        assert house.screen("佐藤")["modal"] is None


async def test_closing_tells_the_app_that_asked_for_it() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.close("佐藤")
        (body,) = app.closed
        assert body["type"] == "view_closed" and body["is_cleared"] is False


async def test_clear_on_close_closes_all() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        app.answer = {"response_action": "push", "view": {**SECOND, "clear_on_close": True}}
        await house.slack.submit("佐藤", {"本文": "a"})
        await house.slack.close("佐藤")
        assert house.screen("佐藤")["modal"] is None
        assert app.closed[0]["is_cleared"] is True


async def test_an_update_keeps_what_was_typed_where_the_ids_stay() -> None:
    async with workspace() as house:
        app = Opener(house, FIRST)
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.fill("佐藤", {"本文": "書きかけ"})
        await house.client.views_update(view_id=app.view_id, view={**FIRST, "title": plain("b")})
        assert house.screen("佐藤")["modal"]["inputs"][0]["value"] == "書きかけ"
        other = modal("c", text_field("本文", "other"))
        await house.client.views_update(view_id=app.view_id, view=other)
        assert house.screen("佐藤")["modal"]["inputs"][0]["value"] is None


async def test_the_state_names_every_stateful_element_also_untouched_ones() -> None:
    pickers = [
        {"type": "users_select", "action_id": "who"},
        {"type": "checkboxes", "action_id": "ways", "options": [option("訪問", "visit")]},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-24"},
        {"type": "multi_users_select", "action_id": "all"},
    ]
    view = modal(
        "a",
        field_block("件名", {"type": "plain_text_input", "action_id": "t"}, block_id="i"),
        section("曜日", block_id="s", accessory={"type": "timepicker", "action_id": "at"}),
        {"type": "actions", "block_id": "x", "elements": pickers},
        callback_id="first",
    )
    view["blocks"][0]["optional"] = True
    async with workspace() as house:
        app = Opener(house, view)
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤")
        assert app.submitted[0]["view"]["state"]["values"] == {
            "i": {"t": {"type": "plain_text_input", "value": None}},
            "s": {"at": {"type": "timepicker", "selected_time": None}},
            "x": {
                "who": {"type": "users_select", "selected_user": None},
                "ways": {"type": "checkboxes", "selected_options": []},
                "day": {"type": "datepicker", "selected_date": "2026-11-24"},
                "all": {"type": "multi_users_select", "selected_users": []},
            },
        }


@pytest.mark.parametrize(
    ("element", "value", "said"),
    [
        ({"type": "plain_text_input"}, None, "必須"),
        ({"type": "plain_text_input", "min_length": 3}, "あ", "3文字以上"),
        ({"type": "plain_text_input", "max_length": 2}, "あいう", "2文字以内"),
        ({"type": "email_text_input"}, "a", "メールアドレス"),
        ({"type": "url_text_input"}, "a", "URL"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "数字"),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "3"},
            "4",
            "3以下",
        ),
    ],
)
async def test_the_client_does_not_send_what_the_field_refuses(
    element: Any, value: Any, said: str
) -> None:
    async with workspace() as house:
        app = Opener(house, modal("a", field_block("欄", element), callback_id="first"))
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤", {"欄": value})
        assert said in house.screen("佐藤")["modal"]["inputs"][0]["error"]
        assert app.submitted == []


async def test_a_field_that_appears_after_a_choice_is_waited_for() -> None:
    kind = {
        "type": "static_select",
        "action_id": "kind",
        "options": [option("訪問", "visit"), option("電話", "call")],
    }
    first = modal(
        "記録",
        field_block("手段", kind, block_id="k", dispatch_action=True),
        callback_id="first",
    )
    async with workspace() as house:
        app = Opener(house, first)

        @house.bolt.action("kind")
        async def chosen(ack: Any, body: Any, client: Any) -> None:
            await ack()
            fuller = modal("記録", *first["blocks"], text_field("場所", "place"))
            await client.views_update(
                view_id=body["view"]["id"], view={**fuller, "callback_id": "first"}
            )

        await house.slack.shortcut("佐藤", "write_letter")
        await until_modal(house, "佐藤")
        await house.slack.submit("佐藤", {"手段": "訪問", "場所": "窓口"})
        values = app.submitted[0]["view"]["state"]["values"]
        assert values["k"]["kind"]["selected_option"]["value"] == "visit"
        assert values["place"]["text"]["value"] == "窓口"


async def test_a_chosen_conversation_brings_a_response_url() -> None:
    where = {
        "type": "conversations_select",
        "action_id": "c",
        "response_url_enabled": True,
    }
    async with workspace() as house:
        house.slack.add_channel("tantou", members=["佐藤"])
        app = Opener(house, modal("a", field_block("どこへ", where), callback_id="first"))
        await house.slack.shortcut("佐藤", "write_letter")
        await house.slack.submit("佐藤", {"どこへ": "#tantou"})
        (url,) = app.submitted[0]["response_urls"]
        assert url["response_url"].startswith(house.slack.public_url)
