"""A small town as text, and a way to write it differently in one place."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bots.town import Problem, TownFileWrong, read_town
from core.towns import Town

TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 11, 16, 8, 45, tzinfo=TOKYO)

SMALL = """\
version: 1
town: {code: hinata, name: ひなた町, account_name: ひなたのたより}
areas:
  - {code: kita, name: 北}
agencies:
  - {code: npo, name: みなも}
staff:
  - code: mori
    name: 森
    agency: npo
    roles: [outreach_worker]
    slack_team_id: T0HINATA
    slack_user_id: U0MORI
  - code: hara
    name: 原
    roles: [coordinator, message_approver]
    slack_team_id: T0HINATA
    slack_user_id: U0HARA
households:
  - {code: home, label: 北の家, area: kita}
people:
  - code: P1
    name: 架空 太一
    household: home
    area: kita
    do_not_mention: [学校]
    line:
      user_id: U0123456789abcdef0123456789abcdef
      given_at: 2025-06-10 14:20
      evidence: 紙の合言葉
  - code: P2
    name: 架空 二葉
cases:
  - case_no: "1"
    alias: A-1
    person: P1
    state: RELATIONSHIP_BUILDING
    opened_on: 2025-04-14
    lead: mori
    seats:
      - {staff: mori, role: outreach_worker}
      - {staff: hara, role: message_approver}
  - case_no: "2"
    alias: A-2
    person: P2
    state: DISCOVERED
    opened_on: 2025-04-14
texts:
  - name: rest
    version: "1"
    body: わかりました。
    author: mori
    approved_by: hara
    approved_at: 2025-06-02 15:00
letters:
  - code: first
    case: A-1
    author: mori
    body: 森です。お返事はなくて大丈夫です。
    opens_at: 2026-11-17 10:30
"""


def small(*changes: tuple[str, str]) -> str:
    """The small town with some of its text replaced; each text to replace stands there once."""
    text = SMALL
    for was, now in changes:
        assert text.count(was) == 1, f"{was!r} stands {text.count(was)} times in the small town"
        text = text.replace(was, now)
    return text


def line_of(text: str, words: str) -> int:
    """In which line of the text these words stand for the first time."""
    return text[: text.index(words)].count("\n") + 1


class Desk:
    """Where town files are written down and read."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "town.yaml"

    def read(self, text: str | bytes) -> Town:
        """The town of this text."""
        self.file.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_town(str(self.file), at=MONDAY, tz=TOKYO)

    def problems(self, text: str | bytes) -> tuple[Problem, ...]:
        """What is wrong with this text."""
        with pytest.raises(TownFileWrong) as caught:
            self.read(text)
        return caught.value.problems

    def problem(self, *changes: tuple[str, str]) -> Problem:
        """The one thing that is wrong with the small town changed like this."""
        (only,) = self.problems(small(*changes))
        return only
