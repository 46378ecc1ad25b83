"""The record's events in words: what somebody did."""

from typing import Final

from bots.i18n.catalogue import word
from core.agencies import Role
from core.approvals import SELF_APPROVED
from core.assessments import Screening
from core.audit import PERSON, SYSTEM, AuditEvent
from core.closing import ReopenReason
from core.consent import ConsentType
from core.courses.ending import EndReason
from core.courses.modes import ModeReason
from core.discovery import DiscoveryRoute
from core.letters import Reason
from core.usecases.linking.unlink_account import UnlinkReason

_DEEDS: Final = {
    "absence.ended": "留守が終わりました",
    "absence.noted": "留守のあいだの代理を決めました",
    "acknowledgement.missing": "決まった文がないため、お返事しませんでした",
    "acknowledgement.scheduled": "決まった文でお返事します",
    "agenda_item.added": "議題を加えました",
    "agenda_item.decided": "会議の決定を書きました",
    "agenda_item.dropped": "議題を取り下げました",
    "agenda_item.followed": "会議の決定を反映しました",
    "agenda_item.gap_forwarded": "足りない社会資源をほかの場に送りました",
    "agenda_item.gap_found": "足りない社会資源を書きとめました",
    "agenda_item.information_asked": "構成員に情報の提供を求めました",
    "agenda_item.information_settled": "情報の提供の求めに返事がありました",
    "agenda_item.minuted": "議事録を書きました",
    "agenda_item.minutes_opened": "議事録を開きました",
    "agenda_item.paper_added": "会議の資料を付けました",
    "agenda_item.paper_handed_out": "会議の資料を渡しました",
    "agenda_item.paper_taken_back": "会議の資料を回収しました",
    "agenda_item.papers_opened": "会議の資料を開きました",
    "agenda_item.retyped": "議題の会議の種類が変わりました",
    "answer.written": "お返事を書きました",
    "application.recorded": "相談受付・申込票を記録しました",
    "assessment.early_link": "早めのかかわりを頼みました",
    "assessment.written": "アセスメントを書きました",
    "case.cleared_for": "見られる人を加えました",
    "case.disclosed": "根拠を示して情報を渡しました",
    "case.emergency_ended": "緊急の対応を終えました",
    "case.emergency_raised": "緊急の対応を始めました",
    "case.glass_broken": "理由を書いて、緊急に開きました",
    "case.glass_reviewed": "緊急に開いたことをふりかえりました",
    "case.handed_over": "担当を引き継ぎました",
    "case.help_called": "緊急の連絡を記録しました",
    "case.lead_changed": "主担当が変わりました",
    "case.lead_named": "主担当の職員を決めました",
    "case.line_reviewed": "LINEでの関わりをふり返りました",
    "case.marked": "特に気をつけるしるしを付けました",
    "case.moved": "案件の段階が変わりました",
    "case.next_contact_set": "次に様子をうかがう日を決めました",
    "case.opened": "この案件を開きました",
    "case.openings_read": "だれが開いたかの記録を見ました",
    "case.plan_less": "情報の共有だけの案件としました",
    "case.planned": "プランをつくる案件になりました",
    "case.prepared": "事前調整を書きました",
    "case.received": "相談を受理しました",
    "case.seated": "担当に加えました",
    "case.unmarked": "特に気をつけるしるしを外しました",
    "case.unseated": "担当から外しました",
    "channel.rests": "LINEの送信がお休みに入りました",
    "channel.wakes": "LINEの送信を、また始めました",
    "connect_sheet.answered": "つなぐシートの返事が戻りました",
    "connect_sheet.news_owed": "つなぐシートの返事の日が過ぎたことを知らせました",
    "connect_sheet.sent": "つなぐシートを渡しました",
    "connect_sheet.stopped": "つなぐシートを送らないことにしました",
    "connect_sheet.written": "つなぐシートを書きました",
    "consent.declined_for_now": "今はしない、というお返事でした",
    "consent.expired": "同意の期限が来ました",
    "consent.explaining": "同意について説明しました",
    "consent.given": "同意を記録しました",
    "consent.replaced": "新しい同意に替わりました",
    "consent.withdrawn": "同意を取り下げました",
    "contact.logged": "接触を記録しました",
    "crisis.acknowledged": "急ぎの知らせを受け取りました",
    "crisis.answered": "急ぎの知らせに、お返事しました",
    "crisis.called": "急ぎの知らせで、人を呼びました",
    "crisis.called_again": "受け取る人がいないため、もう一度呼びました",
    "crisis.false_alarm": "急ぎではなかったことを記録しました",
    "crisis.heard_again": "急ぎかもしれない言葉が、また届きました",
    "crisis.noted": "急ぎの知らせがどうだったかを書きました",
    "crisis.passed_on": "受け取る人がいないため、次の人に回しました",
    "crisis.raised": "急ぎの知らせを始めました",
    "crisis.reviewed": "急ぎの知らせをふりかえりました",
    "delivery.refused": "承認のない送信を止めました",
    "form.exported": "様式をファイルに書き出しました",
    "gap.closed": "足りなかった資源ができました",
    "gap.forwarded": "足りない資源を、ほかの場に伝えました",
    "gap.opened": "足りない資源を書きとめました",
    "inquiry.made": "世帯のことを機関に尋ねました",
    "leaflet.added": "ちらしを登録しました",
    "leaflet.approved": "ちらしを承認しました",
    "leaflet.link_stopped": "ちらしのリンクを止めました",
    "leaflet.replaced": "ちらしが新しい版に替わりました",
    "leaflet.withdrawn": "ちらしを取り下げました",
    "letter.approval_ending": "承認の期限が近いことを知らせました",
    "letter.approved": "承認しました",
    "letter.asked": "届ける日に、いまも合っているかを尋ねました",
    "letter.cancelled": "取りやめました",
    "letter.confirmed": "いまも合っていると確かめました",
    "letter.draft": "書きました",
    "letter.failed": "送れませんでした",
    "letter.held": "読み直しを待っています",
    "letter.kind_named": "おたよりの種類に名前をつけました",
    "letter.linted": "言葉を確かめました",
    "letter.pending_approval": "承認を頼みました",
    "letter.returned": "直して返しました",
    "letter.rewritten": "書き直して、承認を頼みました",
    "letter.scheduled": "予約しました",
    "letter.sent": "LINEが受けつけました",
    "letter.sent_unmarked": "LINEが受けつけていました",
    "letter.unreachable": "届いていない可能性があります",
    "link.blocked": "LINEが届かない設定になりました",
    "link.chosen": "おたよりを送るLINEを選びました",
    "link.confirmed": "ご本人のLINEと確かめました",
    "link.declined": "ご本人ではないとわかり、つながりを外しました",
    "link.linked": "LINEがつながりました",
    "link.page_asked": "確かめる前のLINEから、ご本人のページを求められました",
    "link.replaced": "別のLINEがつながり、前のLINEには送らなくなりました",
    "link.unblocked": "LINEが届く設定に戻りました",
    "link.unlinked": "LINEのつながりを外しました",
    "link_code.issued": "LINEのコードを作りました",
    "link_code.taken": "コードが、ほかの方のLINEから送られました。つなげていません",
    "link_code.unknown": "使えないコードが送られました",
    "match.host_visited": "受け入れ先をたずねました",
    "match.told_of": "参加の場を紹介しました",
    "media.kept": "写真などを受け取り、しまいました",
    "media.lost": "写真などを受け取れませんでした",
    "media.opened": "写真などを開きました",
    "meeting.attendance_answered": "出欠を書きました",
    "meeting.cancelled": "会議をとりやめました",
    "meeting.closed": "会議を終えました",
    "meeting.convened": "会議に招集しました",
    "meeting.held": "会議の出席を記録しました",
    "meeting.minutes_confirmed": "議長が議事録を確認しました",
    "meeting.minutes_draft": "議事録を書きはじめました",
    "meeting.person_invited": "ご本人を会議に招きました",
    "meeting.person_stays_away": "ご本人のご出席は、とりやめになりました",
    "meeting.postponed": "会議を延期しました",
    "meeting.requested": "会議に諮りました",
    "meeting.scheduled": "会議の日程を決めました",
    "meeting.slot_offered": "会議の候補日を出しました",
    "meeting.type_checked": "どの会議で話し合うかを確かめました",
    "meeting.venue_changed": "会議の開き方を変えました",
    "meeting_body.founded": "会議体を設けました",
    "meeting_body.member_admitted": "会議の構成員を加えました",
    "meeting_body.membership_ended": "会議の構成員が外れました",
    "meeting_body.notice_given": "守秘の説明をしました",
    "meeting_body.renamed": "会議体の定めを改めました",
    "menu.made": "LINEのメニューを作りました",
    "monitoring.noted": "モニタリングを記録しました",
    "month.closed": "月のまとめを締めました",
    "page.closed": "本人のページのリンクを閉じました",
    "page.link_made": "本人のページのリンクを作りました",
    "page.pin_set": "本人のページの番号を決めました",
    "page.pin_taken_off": "本人のページの番号をやめました",
    "participant.pledged": "守秘の誓約を記録しました",
    "participant.registered": "会議の参加者を登録しました",
    "person.comes_back": "「また おたよりを受けとる」を選びました",
    "person.entered": "新しい方を登録しました",
    "person.goes_on": "「そのまま」を選びました",
    "person.phone": "電話の見られ方を記録しました",
    "person.rests": "「少し休む」を選びました",
    "person.rests_no_more": "お休みを終わりにしました",
    "person.stops": "「やめる」を選びました",
    "person.wishes_changed": "おたよりの希望を書きとめました",
    "place.added": "参加の場を加えました",
    "place.cost_noted": "受け入れ先の実費を書きとめました",
    "place.host_assessed": "受け入れ先のようすを見ました",
    "place.host_supported": "受け入れ先を手助けしました",
    "place.vacancy_checked": "空きを尋ねました",
    "plan.closed": "支援プランを終えました",
    "plan.drafted": "支援プランを書きはじめました",
    "plan.early_start": "決定を待たずに始める理由を記録しました",
    "plan.parts_divided": "役割を分け直しました",
    "plan.reported": "支援プランを市に報告しました",
    "query.settled": "相談にお答えしました",
    "query.taken_down": "相談を書きとめました",
    "query.taken_up": "相談を受けとめ、案件にしました",
    "reception.answered": "受付の方に、決まった言葉で答えました",
    "reception.came": "名前のわからない方から連絡がありました",
    "reception.closed": "受付を閉じました",
    "reception.linked": "受付の方のLINEを、案件の方とつなぎました",
    "reception.opened": "受付に届いた言葉を読みました",
    "referral.draft": "つなぎを書きはじめました",
    "referral.news_owed": "つなぎの知らせの日が過ぎたことを知らせました",
    "reply.hour_passed": "お返事の時刻が過ぎたことを知らせました",
    "reply.read": "返事を読みました",
    "reply.received": "返事をくれました",
    "reply.withdrawn": "送った言葉を取り消しました",
    "series.asks": "ひと続きのおたよりをどうするか、お聞きしました",
    "series.asks_no_more": "ひと続きのおたよりは、そのまま続けられます",
    "series.drafted": "ひと続きのおたよりを書きました",
    "series.end_moved": "ひと区切りの知らせを、次のおたよりに移しました",
    "series.ended": "ひと続きのおたよりが、ひと区切りしました",
    "series.handed_over": "ひと続きのおたよりを、別の人が書くことにしました",
    "series.refitted": "ひと続きのおたよりを、希望に合わせました",
    "series.shortened": "ひと続きのおたよりを、早めにひと区切りすることにしました",
    "series.slowed": "ひと続きのおたよりの間をあけました",
    "series.step_left_out": "ひと続きのうち1通を、送らないことにしました",
    "series.stopped": "ひと続きのおたよりを終えました",
    "series.unfolded": "ひと続きのおたよりの日が決まりました",
    "series.worded": "ひと続きのおたよりの言葉を書きました",
    "shift.dropped": "当番を取り消しました",
    "shift.entered": "当番を決めました",
    "staff.contract_ended": "委託の期間が終わり、記録を開けなくなりました",
    "tax_fact.opened": "税の情報を開きました",
    "town.carried_over": "それまでの記録を引き継ぎました",
    "town.loaded": "町のファイルを読み込みました",
    "town.members_seated": "会議体の構成員を登録しました",
    "tray.opened": "未対応の知らせを開きました",
}
# Records that move through many stages: what moved is enough, the stage stands beside it.
_MOVES: Final = {
    "connect_sheet": "つなぐシートが動きました",
    "consent": "同意の記録が変わりました",
    "match": "参加の場とのつながりが変わりました",
    "meeting": "会議の段階が変わりました",
    "plan": "支援プランの段階が変わりました",
    "query": "相談の扱いが変わりました",
    "referral": "つなぎの段階が変わりました",
}
_WHY: Final = {
    SELF_APPROVED: "書いた人が自分で承認しました",
    "button": "おたよりの下のボタンから",
    "consent ended": "同意が終わったため",
    "town file": "町のファイルから",
}
_OPERATOR: Final = "operator"
_ROLES: Final = {role.value: role for role in Role if role is not Role.SYSTEM}
_REASONS: Final = {
    value.value: value
    for value in (
        *Reason,
        *ConsentType,
        *DiscoveryRoute,
        *EndReason,
        *ModeReason,
        *ReopenReason,
        *UnlinkReason,
        *Screening,
    )
}


def deed(event: AuditEvent) -> str:
    """What happened, as the rest of a sentence; the action's own name where we have no words."""
    kind = event.action.partition(".")[0]
    return _DEEDS.get(event.action) or _MOVES.get(kind) or event.action


def doer(event: AuditEvent, names: dict[str, str]) -> str:
    """Who did it: a colleague by name, the person, the product itself, or the operator."""
    known = {SYSTEM: "自動", PERSON: "本人", _OPERATOR: "管理者"}
    return known.get(event.actor) or f"{names.get(event.actor, event.actor)}さん"


def capacity(event: AuditEvent) -> str:
    """In which role; "" where the doer says it already."""
    return word(_ROLES[event.role]) if event.role in _ROLES else ""


def why(event: AuditEvent) -> str:
    """The reason, in words where it is one of ours; staff's own words stay as they are."""
    if event.reason in _REASONS:
        return word(_REASONS[event.reason])
    return _WHY.get(event.reason, event.reason)
