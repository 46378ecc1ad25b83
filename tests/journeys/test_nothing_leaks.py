"""No word and no name of a person in Slack, in the log, in a URL or unsealed in the database."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bots.logs import set_up_logs
from bots.practice.faults import Fault
from bots.rehearsal import Rehearsal
from bots.rehearsal_run import rehearsing
from bots.town.reader import read_town
from tests.people import TOKYO

START = datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)
SECRETS = (
    "ないしょの言葉",
    "眠れない夜",
    "取り消した秘密",
    "合言葉ではない",
    "写真の中",
    "秘密の庭",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger of this process says meanwhile."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logs(level=logging.DEBUG, stream=stream)
    root.setLevel(logging.INFO)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


async def everything(rehearsal: Rehearsal) -> None:
    """A day with all that can go right and wrong."""
    line, slack = rehearsal.line, rehearsal.slack
    await rehearsal.settle()
    await slack.click("佐藤", "承認する", where="A-12")
    await rehearsal.settle(START + timedelta(hours=2))
    a, c = line.phones.get("A"), line.phones.get("C")
    await a.say(SECRETS[0])
    await a.sticker(keywords=[SECRETS[1]])
    await a.photo(b"\xff\xd8\xff" + SECRETS[4].encode())
    await a.location(title=SECRETS[5])
    await rehearsal.settle()
    await c.photo(b"\xff\xd8\xff" + SECRETS[4].encode())
    await c.unsend()
    await rehearsal.settle()
    rehearsal.faults.plan(Fault(service="slack", status=500, count=3))
    rehearsal.faults.plan(Fault(service="line", operation="push", status=400, count=1))
    await c.say(SECRETS[2])
    await rehearsal.settle()
    await c.unsend()
    stranger = line.phones.add("だれか")
    await stranger.follow()
    await stranger.say(SECRETS[3])
    line.webhooks.plan.unknown_kinds = ("message", "event")
    await a.say(SECRETS[0])
    await rehearsal.settle()
    await a.tap("やめる") if "やめる" in a.screen().as_json()["quick_replies"] else None
    await a.say("やめる")
    await rehearsal.settle(START + timedelta(days=2))
    await slack.open("佐藤", "home")
    await slack.command("佐藤", "/case", text="A-12")
    await rehearsal.settle()


@pytest.mark.rule("G-11")
@pytest.mark.rule("G-18")
async def test_a_day_leaves_no_word_and_no_name_behind(log: io.StringIO) -> None:
    town = read_town("practice", at=START, tz=TOKYO)
    async with rehearsing(town, at=START) as rehearsal:
        await everything(rehearsal)
        private = [*SECRETS]
        for person in town.people:
            private += [person.name, *person.name.split(), person.kana, *person.phones]
            private += [person.address] if person.address else []
            private += [person.line.user_id] if person.line else []
        private = [word for word in private if len(word) > 1]
        sent_to_slack = json.dumps(
            [[call.method, call.args] for call in rehearsal.slack.record],
            ensure_ascii=False,
            default=str,
        )
        database = (rehearsal.settings.database_url).removeprefix("sqlite:///")
        files = [Path(database), Path(f"{database}-wal")]
        stored = b"".join(file.read_bytes() for file in files if file.exists())
    assert len(rehearsal.slack.record) > 10
    for word in private:
        assert word not in sent_to_slack, "in Slack"
        assert word not in log.getvalue(), "in the log"
        assert word.encode() not in stored, "unsealed in the database"


@pytest.mark.rule("G-11")
async def test_what_a_lock_screen_shows_is_neutral() -> None:
    town = read_town("practice", at=START, tz=TOKYO)
    async with rehearsing(town, at=START) as rehearsal:
        await rehearsal.settle()
        await rehearsal.slack.click("佐藤", "承認する", where="A-12")
        await rehearsal.settle(START + timedelta(hours=2))
        shown = rehearsal.line.phones.get("A").screen().as_json()["lock_screen"]
        assert shown
        for word in ("支援", "福祉", "相談", "ひきこもり", "A-12", "架空"):
            assert all(word not in line for line in shown)
        for colleague in ("佐藤", "田中", "鈴木"):
            for note in rehearsal.slack.screen(colleague).as_json()["notifications"]:
                assert "架空" not in note
                assert "風" not in note, "a colleague's lock screen has the alias and the verb only"
