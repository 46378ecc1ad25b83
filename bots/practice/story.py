"""A story that is played step by step on the practice page, and what is told of each step."""

from collections.abc import Mapping
from typing import Any, Final

from bots.practice.durations import spoken
from bots.practice.guide import Deed
from bots.practice.happened import called
from bots.practice.player import Check, Played, Player
from bots.practice.refusals import NotPossible
from bots.practice.script import PAGE_VERBS, Script, Step

SAYINGS: Final[Mapping[str, str]] = {
    "say": "「{target}」と書きました",
    "sticker": "スタンプを送りました",
    "photo": "写真を送りました",
    "unsend": "送信を取り消しました",
    "block": "アカウントをブロックしました",
    "unblock": "ブロックを解除しました",
    "follow": "友だちに追加しました",
    "code": "{target}さんにもらった紙のコードを書きました",
    "command": "「{target}」を使いました",
    "shortcut": "ショートカット「{target}」を使いました",
    "submit": "書き込んで送りました",
    "close": "画面を閉じました",
    "open": "「{target}」を開きました",
    "choose": "「{target}」を選びました",
    "case": "{target} の案件のページを開きました",
    "visit": "「{target}」からページを開きました",
    "leave": "ページを閉じました",
}
PRESSED: Final = "「{target}」を押しました"
FILLED: Final = "書き込んで「{target}」を押しました"
PLACES: Final = {"home": "ホーム", "dm": "ダイレクトメッセージ"}


class StoryRun:
    """One story on its way. Its town, at its start, is the one that the player plays in."""

    def __init__(self, script: Script, *, player: Player) -> None:
        self.script = script
        self._player = player
        self._played: list[Played] = []

    @property
    def ended(self) -> bool:
        """Whether every step has been played."""
        return len(self._played) == len(self.script.steps)

    async def next(self) -> Deed:
        """Play the next step; gives what was done in it.

        Raises:
            NotPossible: the story has ended.
        """
        if self.ended:
            raise NotPossible("この物語は、おわりまで進みました。")
        step = self.script.steps[len(self._played)]
        played = await self._player.step(step)
        self._played.append(played)
        return Deed(verb="story", said=_said(played), who=step.who, on=self._place(step))

    def as_json(self) -> dict[str, Any]:
        """`{"name", "title", "summary", "total", "played", "ended", "held", "last", "next"}`."""
        number = len(self._played)
        return {
            "name": self.script.name,
            "title": self.script.title,
            "summary": self.script.summary,
            "total": len(self.script.steps),
            "played": number,
            "ended": self.ended,
            "held": all(not played.faults for played in self._played),
            "last": self._last(self._played[-1]) if self._played else None,
            "next": None if self.ended else self._ahead(self.script.steps[number]),
        }

    def _last(self, played: Played) -> dict[str, Any]:
        step = played.step
        told = _said(played)
        shown = [step.who, *(check.who for check in played.checks)]
        return {
            "number": step.number,
            "on": self._place(step),
            "note": step.note,
            "said": f"{called(step.who)}が{told}" if step.who and step.verb else told,
            "at": spoken(played.at),
            "refused": played.refused,
            "checks": [_check(check) for check in played.checks],
            "phone": next((who for who in shown if who and self._player.is_phone(who)), None),
            "user": next((who for who in shown if who and not self._player.is_phone(who)), None),
            "look": [check.text for check in played.checks if check.wanted and check.held],
        }

    def _ahead(self, step: Step) -> dict[str, Any]:
        return {"number": step.number, "who": step.who, "on": self._place(step), "at": step.at}

    def _place(self, step: Step) -> str | None:
        if step.who is None or step.verb is None:
            return None
        if self._player.is_phone(step.who):
            return "phone"
        return "page" if step.verb in PAGE_VERBS else "slack"


def _said(played: Played) -> str:
    step = played.step
    if step.verb is None:
        return f"時計が {spoken(played.at)} まで進みました" if step.at else "画面を見ました"
    target = "" if step.target is None else str(step.target)
    if step.verb == "command":
        target = f"{target} {step.more.get('text', '')}".strip()
    if step.verb == "open":
        target = PLACES.get(target, target)
    pressed = FILLED if step.more.get("fill") else PRESSED
    return SAYINGS.get(step.verb, pressed).format(target=target)


def _check(check: Check) -> dict[str, Any]:
    where = f"{called(check.who)}の画面に「{check.text}」"
    states: Mapping[tuple[bool, bool], str] = {
        (True, True): "があります",
        (True, False): "が見あたりません",
        (False, True): "はありません",
        (False, False): "が出ています",
    }
    return {"held": check.held, "said": where + states[check.wanted, check.held]}
