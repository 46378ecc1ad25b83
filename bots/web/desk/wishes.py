"""おたよりの希望: how often, when, of what and in which words, taken down for the person."""

from datetime import date, time
from typing import Final

from bots.i18n.catalogue import say
from bots.web.desk.deed import Deed, Means, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled
from core.access import Action
from core.days import DaysOff
from core.people import LanguageStyle, LetterWishes
from core.permissions import holders
from core.usecases.letters.change_wishes import change_wishes
from core.wishes import Wishes

ROOM: Final = "おたより"
_YEARLY: Final = "毎年"
_OFTEN: Final = (
    Option(value="1", label="いまのまま"),
    *(Option(value=str(n), label=f"{n}回に1回") for n in (2, 3, 4, 6, 12)),
)


def _entries(view: View, of: str) -> tuple[Entry, ...]:
    now = Wishes.of(view.story.person)
    every = str(now.letters.take_every)
    known = {option.value for option in _OFTEN}
    own = () if every in known else (Option(value=every, label=f"{every}回に1回"),)
    return (
        Entry(
            name="often",
            label="回数",
            kind=Kind.CHOICE,
            options=(*_OFTEN, *own),
            value=every,
            help="いまのままは、30日に3通までです。半分なら、60日に3通までになります。",
        ),
        _hour("wakes", "届いてよい時間のはじめ", now.wakes),
        _hour("sleeps", "届いてよい時間のおわり", now.sleeps),
        Entry(
            name="days_off",
            label="おやすみの日(はじめ | おわり | 毎年)",
            kind=Kind.ROWS,
            required=False,
            cells=(1, 3),
            help="1行に1つ。例:2027-03-01 | 2027-03-03 | 毎年。"
            "1日だけなら、はじめの日だけ書きます。",
            value="\n".join(map(_row, now.letters.days_off)),
        ),
        Entry(
            name="any_day",
            label="日曜・祝日・年末年始にも届いてよい",
            kind=Kind.YES,
            required=False,
            value="yes" if now.letters.any_day else "",
        ),
        _words("interests", "好きなもの", now.interests),
        _words("unsaid", "ふれない言葉", now.do_not_mention),
        Entry(
            name="style",
            label="言葉づかい",
            kind=Kind.CHOICE,
            options=of_enum(LanguageStyle),
            value=now.style.value,
        ),
    )


def _hour(name: str, label: str, value: time | None) -> Entry:
    return Entry(
        name=name,
        label=label,
        required=False,
        help="22:00 のように。はじめとおわりが両方空なら、町の決まりのとおりです。",
        value="" if value is None else f"{value:%H:%M}",
    )


def _words(name: str, label: str, value: tuple[str, ...]) -> Entry:
    return Entry(
        name=name,
        label=label,
        kind=Kind.ROWS,
        required=False,
        help="1行に1つ。",
        value="\n".join(value),
    )


def _row(days: DaysOff) -> str:
    cells = [days.first.isoformat(), days.last.isoformat(), *([_YEARLY] if days.yearly else [])]
    return " | ".join(cells)


async def _change(means: Means, filled: Filled, of: str) -> str:
    found = await change_wishes(
        means.uow,
        person_id=means.view.story.person.id,
        wishes=_told(filled),
        at=means.at,
        tz=means.tz,
        closed_days=means.closed_days,
        by=means.by,
    )
    if not found.later and not found.fallen:
        return say("letters.wishes_told")
    return say("letters.wishes_refitted", later=found.later, fallen=found.fallen)


def _told(filled: Filled) -> Wishes:
    """Raises: Unfilled."""
    slips: list[Slip] = []
    wakes, sleeps = (_read_hour(filled, name, slips) for name in ("wakes", "sleeps"))
    if (wakes is None) != (sleeps is None) and not slips:
        slips.append(Slip(name="sleeps", said="はじめとおわりは、両方を書くか、両方を空にします。"))
    days_off = []
    for row in filled.rows("days_off"):
        try:
            days_off.append(_read_days(row))
        except ValueError:
            said = "日付は 2027-03-01 のように書きます。"
            slips.append(Slip(name="days_off", said=said))
            break
    if slips:
        raise Unfilled(slips)
    return Wishes(
        letters=LetterWishes(
            days_off=tuple(days_off),
            any_day=filled.yes("any_day"),
            take_every=int(filled.text("often")),
        ),
        wakes=wakes,
        sleeps=sleeps,
        interests=_lines(filled, "interests"),
        do_not_mention=_lines(filled, "unsaid"),
        style=filled.one("style", LanguageStyle),
    )


def _read_hour(filled: Filled, name: str, slips: list[Slip]) -> time | None:
    typed = filled.text(name).strip()
    if not typed:
        return None
    try:
        hour, minute = typed.replace("\uff1a", ":").split(":")
        return time(int(hour), int(minute))
    except ValueError:
        slips.append(Slip(name=name, said="時間は 22:00 のように書きます。"))
        return None


def _read_days(row: tuple[str, ...]) -> DaysOff:
    """Raises: ValueError."""
    first, *rest = (cell for cell in row if cell)
    yearly = _YEARLY in rest
    last = next((cell for cell in rest if cell != _YEARLY), first)
    return DaysOff(first=date.fromisoformat(first), last=date.fromisoformat(last), yearly=yearly)


def _lines(filled: Filled, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[0] for row in filled.rows(name) if row[0]))


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="change-wishes",
        title="おたよりの希望を書きとめる",
        room=ROOM,
        who=holders(Action.WRITE_LETTER),
        entries=_entries,
        act=_change,
        explains="ご本人の希望です。書いてあるおたよりも合わせます。早まることはありません。",
    ),
)
