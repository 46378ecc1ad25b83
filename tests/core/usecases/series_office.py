"""What tests of series have at hand: 鈴木 writes to A for a year, 佐藤 approves, the days pass."""

from datetime import date, datetime, timedelta
from typing import Any

from core.cadence.packs import CC_TEXT, Anchor, LetterPack
from core.cadence.planning import Planned
from core.errors import CaseworkError
from core.letters import LetterState
from core.series import Series, StepWords, Told
from core.series_steps import ground_of, plan_of
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.series.draft_series import draft_series
from core.usecases.series.show_series import SeriesView, show_series
from core.usecases.series.unfold_series import unfold_series
from tests.core.usecases.office import Office
from tests.people import A12, SATO, SUZUKI, TOKYO
from tests.proofs import PROOF

LINKED = date(2026, 11, 30)
FIRST = (
    "はじめまして。鈴木です。ときどき、ここに短いおたよりを送ります。お返事はなくて大丈夫です。"
    "届いた言葉は、平日10時〜17時に鈴木か佐藤が読みます(「既読」は自動でつきます)。"
    "急ぎのときの窓口ではありません。いやになったら下の「やめる」で、すぐ止まります。"
)
NEXT_IS_LAST = (
    "鈴木です。おたよりは、次の回でひと区切りにします。"
    "続けてほしいときは「そのまま」を押してください。"
)
LAST = "鈴木です。今日でひと区切りです。これからも、ここに書いてもらえたら鈴木か佐藤が読みます。"
THINGS = (
    *("朝の空が高くなりました", "みかんの色がきれいでした", "古い駅舎の写真を見ています"),
    *("夜の風が冷たくなりました", "商店街に新しいパン屋ができました", "梅のつぼみを見つけました"),
    *("雨の音を聞いています", "川べりにかもがいました", "電車の音が遠くに聞こえます"),
    *("白い月が出ていました", "図書館の窓が明るいです", "坂の上に猫がいました"),
    *("雪がすこし残っています", "つばめが巣を作りました", "銀杏の葉が黄色いです"),
    *("とうもろこしの畑を通りました", "あじさいが青いです", "花火の音がしました"),
    *("金木犀の匂いがします", "霜が降りました", "ふきのとうが出ました", "桜の枝を見上げました"),
    *("せみが鳴きはじめました", "夕焼けが長い日でした", "栗のいがが落ちていました"),
    *("港に船が入りました", "風鈴の音がしました", "凧が上がっていました", "菜の花が咲きました"),
    *("麦わら帽子を見かけました",),
)


def numbered(count: int) -> list[str]:
    """Words that all differ and that nothing stands against."""
    return [f"鈴木です。{thing}。返事はいりません。" for thing in THINGS[:count]]


async def preview(
    office: Office, *, pack: LetterPack = CC_TEXT, anchored_on: date = LINKED
) -> tuple[Planned, ...]:
    """The days that a series would have now."""
    async with office.uow.read() as work:
        ground = await ground_of(work, A12, closed_days=frozenset())
        return await plan_of(
            work,
            ground,
            pack,
            anchored_on=anchored_on,
            at=office.now,
            tz=TOKYO,
            take_every=1,
        )


async def words_for(office: Office, **changes: Any) -> dict[str, StepWords]:
    going = [step.key for step in await preview(office, **changes) if step.taken]
    said = [FIRST, *numbered(len(going) - 1)]
    if len(going) > 2:
        said[-2:] = [NEXT_IS_LAST, LAST]
    return {key: StepWords(body=body) for key, body in zip(going, said, strict=True)}


async def drafted(office: Office, pack: LetterPack = CC_TEXT, **changes: Any) -> Series:
    """鈴木 writes a whole series."""
    asked: dict[str, Any] = {
        "case_id": A12.id,
        "by": SUZUKI.id,
        "pack": pack,
        "anchor": Anchor.LINKING,
        "anchored_on": LINKED,
        "at": office.now,
        "tz": TOKYO,
        "proof": PROOF,
    } | changes
    if "words" not in asked:
        asked["words"] = await words_for(office, pack=pack)
    return await draft_series(office.uow, **asked)


async def shown(office: Office, series: Series, viewer: str = SATO.id) -> SeriesView:
    return await show_series(office.uow, series_id=series.id, viewer=viewer)  # type: ignore[arg-type]


async def approve_all(office: Office, series: Series, **changes: Any) -> list[str]:
    """佐藤 approves every letter that is shown; the codes of what did not go."""
    refused = []
    for one in (await shown(office, series)).to_approve:
        assert one.letter is not None
        try:
            await office.approve(one.letter, **changes)
        except CaseworkError as error:
            refused.append(error.code)
    return refused


async def unfold(office: Office) -> int:
    """One look of the tick, a minute later."""
    office.clock.at += timedelta(minutes=1)
    return await unfold_series(office.uow, at=office.now, tz=TOKYO)


async def standing(office: Office, series: Series) -> dict[str, str]:
    """Of every step the stage of its letter with the reason, or why there is none."""
    return {one.step.key: _told(one) for one in (await shown(office, series)).steps}


def _told(one: Told) -> str:
    if one.letter is None:
        return one.step.untaken.value if one.step.untaken else "WAITS"
    reason = "" if one.letter.reason is None else f" {one.letter.reason.value}"
    return one.letter.state.value + reason


async def pass_days(office: Office, until: datetime, *, confirms: bool = True) -> None:
    """Day after day, from letter to letter: late ones fall, due ones are confirmed and sent."""
    while office.now < until:
        office.clock.at = min(office.now + timedelta(hours=4), until)
        await drop_late_letters(office.uow, at=office.now)
        await office.ask()
        if confirms:
            await _confirm_what_is_asked(office)
        await office.deliver_all()
        await unfold(office)


async def _confirm_what_is_asked(office: Office) -> None:
    async with office.uow.read() as work:
        letters = await work.letters.unsent_of_person(A12.person_id)
    for letter in letters:
        open_now = letter.opens_at - timedelta(days=3) <= office.now < letter.closes_at
        if letter.state is LetterState.SCHEDULED and letter.asks_again and open_now:
            try:
                await office.confirm(letter)
            except CaseworkError:
                continue
