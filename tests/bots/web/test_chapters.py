"""The chapters of a case's page, to each reader as far as they go; and what lies further back."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from core.agencies import Role, Seat, Staff
from core.contacts import Contact, ContactChannel, Met
from core.ids import ContactId, StaffId
from core.shielding import Care, CareMark
from tests.bots.web.browser import Browser, Office, Seen
from tests.bots.web.rich import enrich
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, A

NEUTRAL = "このリンクは使えません。 Slackから開き直してください。"


async def hire(office: Office, code: str, *roles: Role, seat: Role | None = None) -> Staff:
    """Another colleague."""
    member = replace(
        SUZUKI,
        id=StaffId(f"staff-{code}"),
        code=code,
        name=code,
        roles=frozenset(roles),
        slack_user_id=f"U0{code.upper()}",
    )
    async with office.uow.write() as work:
        await work.staff.put(member)
        if seat is not None:
            await work.staff.put_seat(Seat(case_id=A12.id, staff_id=member.id, role=seat))
        await work.commit()
    return member


async def close(office: Office, *named: StaffId) -> None:
    """A mark closes A-12 to everybody else."""
    mark = CareMark(person_id=A.id, care=Care.DV_VICTIM, cleared=frozenset(named), closes_case=True)
    async with office.uow.write() as work:
        await work.care_marks.put(mark)
        await work.commit()


async def test_every_chapter_tells_what_stands_in_the_record(
    office: Office, browser: Browser
) -> None:
    await enrich(office.uow)
    words = (await browser.open(office.link())).words
    for told in (
        "支援の段階 アウトリーチ等を通じた継続的支援事業 関係づくり いつから 11月30日",
        "10:30(佐藤さん)",
        "わけ 準備が整った",
        "次の段階 利用の同意あり、中断の検討、いまは動きなし",
        "多機関協働事業",
        "緊急の対応 11月30日(月) 10:30 いのちの危険 いま対応しています",
        "相談受付・申込票",
        "借金のことを相談したい",
        "夜は話しやすい",
        "次のモニタリング 2027年3月1日(月)",
        "訪問の会(主担当):声かけ",
        "電車の話がしたい",
        "重層の会議 · プラン策定 記録の確認済み",
        "決まったこと 了承",
        "関係機関へ → 生活の窓口",
        "つなぐシート → 生活の窓口",
        "みどりの縁側",
        "生活の窓口 にたずねました",
        "鈴木さん に渡しました",
        "範囲 重層の会議(名簿 第7版の方々)で話し合う",
        "範囲 生活の窓口に、生活困窮を伝える",
        "根拠 口頭(職員2人で聞きとり) / 11月28日(土) / 玄関先 / 会議で話してもらってかまいません",
    ):
        assert told in words, told


def leads(page: Seen, said: str) -> str:
    found = re.search(rf'href="([^"]*)">{said}</a>', page.text)
    return unescape(found.group(1)) if found else ""


@pytest.mark.rule("R-082")
async def test_minutes_and_papers_are_opened_by_the_circle_of_the_item_alone(
    office: Office, browser: Browser
) -> None:
    await enrich(office.uow, chair=TANAKA.id)
    inside = await browser.open(office.link(staff=TANAKA))
    assert "事実:訪問を続けている" not in inside.words
    minutes = leads(inside, "議事録を読む")
    papers = leads(inside, "会議の資料を読む")
    assert (await browser.head(minutes)).status == 200
    assert "agenda_item.minutes_opened" not in [action for action, _ in await office.deeds()]
    assert "事実:訪問を続けている" in (await browser.get(minutes)).words
    assert "資料1" in (await browser.get(papers)).words
    deeds = await office.deeds()
    assert ("agenda_item.minutes_opened", TANAKA.id) in deeds
    assert ("agenda_item.papers_opened", TANAKA.id) in deeds
    outside = await browser.open(office.link(staff=SATO))
    assert leads(outside, "議事録を読む") == ""
    assert (await browser.get(minutes)).status == 404
    assert "事実:訪問を続けている" not in (await browser.get(papers)).words
    assert "決まったこと 了承" in outside.words


@pytest.mark.rule("R-015", "R-082")
async def test_a_mark_that_closes_the_case_closes_its_minutes_and_papers_too(
    office: Office, browser: Browser
) -> None:
    await enrich(office.uow, chair=TANAKA.id)
    inside = await browser.open(office.link(staff=TANAKA))
    await close(office, SATO.id)
    assert (await browser.get(leads(inside, "議事録を読む"))).status == 404
    papers = await browser.get(leads(inside, "会議の資料を読む"))
    assert "いま読める資料はありません。" in papers.words


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_member_of_the_table_reads_the_item_and_nothing_else(
    office: Office, browser: Browser
) -> None:
    member = await hire(office, "hokan", Role.COORDINATOR)
    await enrich(office.uow, member=member.id)
    page = await browser.open(office.link(staff=member))
    words = page.words
    assert "事実:訪問を続けている" in (await browser.get(leads(page, "議事録を読む"))).words
    assert A.name in words
    for kept in ("電車の話がしたい", "まだおたよりはありません", "同意あり", "記録 操作"):
        assert kept not in words


@pytest.mark.rule("DOMAIN-9")
async def test_a_community_supporter_reads_what_was_shared_until_its_last_day(
    office: Office, browser: Browser
) -> None:
    await enrich(office.uow)
    async with office.uow.write() as work:
        for seat in await work.staff.seats(A12.id):
            if seat.staff_id == SUZUKI.id:
                await work.staff.remove_seat(seat)
                await work.staff.put_seat(replace(seat, role=Role.COMMUNITY_SUPPORTER))
        await work.commit()
    words = (await browser.open(office.link(staff=SUZUKI))).words
    assert "見守りのため" in words
    assert A.name not in words
    office.clock.move(timedelta(days=1))
    assert "見守りのため" not in (await browser.open(office.link(staff=SUZUKI))).words


async def test_older_rows_are_a_page_further_and_none_is_lost(
    office: Office, browser: Browser
) -> None:
    async with office.uow.write() as work:
        for number in range(45):
            await work.contacts.add(
                Contact(
                    id=ContactId(f"c-{number:02}"),
                    municipality_id=MIDORI,
                    case_id=A12.id,
                    at=MONDAY - timedelta(hours=number // 2),
                    channel=ContactChannel.PHONE,
                    met=Met.VOICE_ONLY,
                    by=SATO.id,
                    note=f"メモ{number:02}。",
                )
            )
        await work.commit()
    shown = await browser.open(office.link())
    told = [number for number in range(45) if f"メモ{number:02}。" in shown.words]
    while link := shown.more("contacts"):
        shown = await browser.get(link)
        told += [number for number in range(45) if f"メモ{number:02}。" in shown.words]
    assert sorted(told) == list(range(45))
    assert "これより前のものはありません" in shown.words


@pytest.mark.rule("R-015")
async def test_a_closed_case_offers_the_glass_to_those_who_may_and_is_none_to_others(
    office: Office, browser: Browser
) -> None:
    approver = await hire(office, "approver", Role.MESSAGE_APPROVER, seat=Role.MESSAGE_APPROVER)
    await browser.open(office.link(staff=SUZUKI))
    await close(office, SATO.id)
    shut = await browser.get("/s/cases/A-12")
    assert (shut.status, "理由を書いて、いま開く" in shut.words) == (403, True)
    assert A.name not in shut.text
    empty = await browser.post("/s/cases/A-12/glass", *shut.fields, ("reason", " "))
    assert "理由が要ります" in empty.words
    opened = await browser.post("/s/cases/A-12/glass", *shut.fields, ("reason", "煙の知らせ"))
    assert (opened.status, A.name in opened.words) == (200, True)
    assert (await browser.post("/s/cases/A-12/glass", ("reason", "x"))).status == 404
    assert (await browser.post(office.link(staff=approver))).words == NEUTRAL


@pytest.mark.rule("DOMAIN-9")
async def test_who_opened_a_case_is_a_page_of_the_privacy_officer(
    office: Office, browser: Browser
) -> None:
    privacy = await hire(office, "privacy", Role.PRIVACY_OFFICER)
    await browser.open(office.link())
    assert (await browser.get("/s/cases/A-12/opened")).status == 404
    case = await browser.open(office.link(staff=privacy))
    assert A.name not in case.text
    words = (await browser.get("/s/cases/A-12/opened")).words
    assert "佐藤さん おたよりの承認者 この案件を開きました 11月30日(月) 10:30" in words


@pytest.mark.rule("R-093")
async def test_the_five_principles_are_a_page_and_stand_in_every_review(
    office: Office, browser: Browser
) -> None:
    assert (await browser.get("/s/principles")).status == 404, "nobody is in yet"
    calm = await browser.open(office.link())
    assert "ふりかえるときの五つのこと" not in calm.words
    listed = await browser.get("/s/principles")
    assert listed.text.count("<li>") == 5
    await enrich(office.uow)
    async with office.uow.write() as work:
        [plan] = await work.plans.of_case(A12.id)
        due = replace(plan, state=type(plan.state)("EVALUATION_DUE"), version=plan.version + 1)
        assert await work.plans.change(due, version=plan.version)
        await work.commit()
    assert "ふりかえるときの五つのこと" in (await browser.get("/s/cases/A-12")).words
