"""会議に諮る目安: the town's own criterion (R-090) and whose fields are touched, in words."""

from collections.abc import Collection, Iterable

from bots.i18n.catalogue import day, word
from bots.web.desk.deed import Means
from core.assessments import IntakeAssessment
from core.municipal_profiles.cadence import Offer
from core.municipal_profiles.escalation import Prompt, directors_for, prompt
from core.municipal_profiles.profile import Director


def after_writing(means: Means, sheet: IntakeAssessment) -> str:
    """What the town proposes once this sheet is written; "" where it proposes nothing."""
    profile = means.profile
    if profile is None:
        return ""
    met = prompt(
        profile,
        {means.view.story.case.person_id: sheet.fields},
        on=means.today,
        closed_days=means.closed_days,
    )
    return prompt_words(met) + directors_words(directors_for(profile, sheet.fields))


def prompt_words(met: Prompt | None) -> str:
    """Which body is proposed, on what criterion and when it meets; "" while it is not met."""
    if met is None:
        return ""
    fields = "・".join(map(word, met.fields))
    told = f"{met.body}に諮る目安に当たります({fields})。{met.criterion}。"
    return told + when_words(met.when)


def directors_words(directors: Iterable[Director]) -> str:
    """Who is told, by their own titles."""
    told = "、".join(director.title for director in directors)
    return f"知らせる方: {told}。" if told else ""


def when_words(dates: Collection[Offer]) -> str:
    """When a body meets next, by the town's own cadence."""
    days = [day(one.earliest) for one in dates if one.fixed]
    about = [
        f"{day(one.earliest)}から{day(one.latest)}ごろ"
        for one in dates
        if not one.fixed and not one.ad_hoc
    ]
    any_time = any(one.ad_hoc for one in dates)
    said = f"次の開催: {'、'.join((*days, *about))}。" if days or about else ""
    return said + ("急ぐときは、いつでも開けます。" if any_time else "")
