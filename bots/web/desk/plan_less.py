"""プランのない案件: only its information is shared, where the town knows such cases (R-092)."""

from collections.abc import Iterable
from typing import Final

from bots.web.desk.course_entries import ON_THE_CASE, of_case
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind
from bots.web.desk.filled import Filled
from bots.web.desk.plans import PLANS
from core.usecases.courses.expect_plan import expect_plan
from core.usecases.courses.share_without_plan import share_without_plan


def _none_yet(view: View) -> Iterable[Offer]:
    known = view.profile is not None and view.profile.plan_less_cases
    fits = view.story.case.plan_required and not view.story.plans
    return ALWAYS if known and fits else ()


def _marked(view: View) -> Iterable[Offer]:
    return () if view.story.case.plan_required else ALWAYS


def _why(view: View, of: str) -> tuple[Entry, ...]:
    return (
        of_case(view),
        Entry(
            name="because",
            label="プランをつくらないわけ",
            kind=Kind.TEXT,
            help="例:ひとつの機関で支えていて、会議では情報だけを分かち合うため。",
        ),
    )


async def _share(means: Means, filled: Filled, of: str) -> str:
    profile = means.profile
    if profile is None:
        raise LookupError("offered only where the town has a profile")
    await share_without_plan(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        because=filled.text("because"),
        profile=profile,
        by=means.by,
        at=means.at,
    )
    return "情報の共有だけの案件としました。プランがなくても、会議で分かち合えます。"


def _version(view: View, of: str) -> tuple[Entry, ...]:
    return (of_case(view),)


async def _expect(means: Means, filled: Filled, of: str) -> str:
    await expect_plan(
        means.uow,
        case_id=means.view.story.case.id,
        version=filled.number("version"),
        by=means.by,
        at=means.at,
    )
    return "プランをつくる案件にもどしました。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="share-without-plan",
        title="情報の共有だけの案件とする",
        room=PLANS,
        who=ON_THE_CASE,
        entries=_why,
        act=_share,
        offered=_none_yet,
        explains="数えるときは新規に入り、終結・継続には入りません。プランを書きはじめると、このしるしは外れます。",
    ),
    Deed(
        key="expect-plan",
        title="プランをつくる案件にもどす",
        room=PLANS,
        who=ON_THE_CASE,
        entries=_version,
        act=_expect,
        offered=_marked,
    ),
)
