"""The fault switch over HTTP."""

import pytest

from bots.practice.faults import Fault
from tests.practice.stage_asking import call, get, post
from tests.practice.stage_house import make_scene


async def test_a_fault_is_planned_listed_and_cleared() -> None:
    scene = make_scene()
    fields = {"service": "line", "operation": "push", "status": 429, "retry_after": 3, "count": 2}
    answer = await post(scene.app, "/practice/faults", fields)
    assert answer.status == 200
    assert [{**answer.json["planned"][0], **fields}] == answer.json["planned"]
    assert scene.faults.planned() == (
        Fault(service="line", operation="push", status=429, retry_after=3, count=2),
    )
    assert (await get(scene.app, "/practice/faults")).json == answer.json
    cleared = await call(scene.app, "DELETE", "/practice/faults", headers={})
    assert cleared.json == {"planned": []}
    assert scene.faults.planned() == ()


@pytest.mark.parametrize(
    "fields", [{"service": "slack", "drop": "after"}, {"service": "slack", "delay_s": 0.5}]
)
async def test_a_drop_or_a_delay_is_a_fault_too(fields: object) -> None:
    assert (await post(make_scene().app, "/practice/faults", fields)).status == 200


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"service": "fax", "status": 500},
        {"service": "line"},
        {"service": "line", "status": 42},
        {"service": "line", "status": "500"},
        {"service": "line", "status": True},
        {"service": "line", "drop": "during"},
        {"service": "line", "delay_s": -1},
        {"service": "line", "delay_s": 1e9},
        {"service": "line", "status": 500, "count": 0},
        {"service": "line", "status": 500, "stauts": 1},
        {"service": "line", "status": 500, "body": ["x"]},
    ],
)
async def test_a_fault_that_makes_no_sense_is_refused(fields: object) -> None:
    scene = make_scene()
    answer = await post(scene.app, "/practice/faults", fields)
    assert answer.status == 422
    assert answer.json["error"]
    assert scene.faults.planned() == ()
