"""Whether a profile holds together, and what an editor still has to fill (R-094)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.basis import Basis
from core.cadence.packs import LONGEST_MONTHS, MOST_JITTER, MOST_STEPS, PackFlaw, flaws
from core.meetings.pledge_text import PledgeTextIncomplete, words_of
from core.municipal_profiles.cadence import Cadence, Rhythm
from core.municipal_profiles.profile import Body, MunicipalProfile, Unsend
from core.municipal_profiles.wording import CODES, NEVER_EXCUSABLE, Wording

_PACK_FAULTS: Final = {
    PackFlaw.NO_KEY: "a rhythm needs a key and a name",
    PackFlaw.NO_LETTERS: "a rhythm needs days, months or phases",
    PackFlaw.NO_ANCHOR: "starts_from names at least one of linking, visit, closing, birthday",
    PackFlaw.TWICE: "the same day or month stands twice",
    PackFlaw.NOT_POSITIVE: "days, months and the numbers of a phase are 1 or more",
    PackFlaw.UNEVEN: "for_months of a phase is a multiple of its every_months",
    PackFlaw.TOO_LONG: f"nothing lies past {LONGEST_MONTHS} months",
    PackFlaw.TOO_MANY: f"a rhythm has at most {MOST_STEPS} letters",
    PackFlaw.JITTER: f"jitter_days is 0 to {MOST_JITTER}",
}
# What was true in the model years is told as such (S4).
LAST_MODEL_YEAR: Final = 2019
_NEEDS_STATUTE: Final = frozenset({Basis.SHIEN, Basis.OTHER})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Something to put right or to fill in, at a dotted key, in a plain English sentence."""

    key: str
    sentence: str
    rule: str = ""


def faults(profile: MunicipalProfile) -> tuple[Fault, ...]:
    """Everything in it that contradicts itself or a rule."""
    return (
        *_twice("bodies", "code", (one.code for one in profile.bodies)),
        *_twice("areas", "code", (one.code for one in profile.areas)),
        *_twice("desks", "code", (one.code for one in profile.desks)),
        *_one_of_each_law(profile),
        *(fault for place, one in enumerate(profile.bodies) for fault in _of_body(place, one)),
        *(
            fault
            for place, one in enumerate(profile.fairs)
            for fault in _of_cadence(f"fairs.{place}.cadence", one.cadence)
        ),
        *_dangling(profile),
        *_numbers(profile),
        *_of_pledge(profile),
        *_of_packs(profile),
        *_of_wording(profile.wording),
        *_of_direct_chat(profile),
        *_of_unsend(profile.unsend),
    )


def _of_direct_chat(profile: MunicipalProfile) -> Iterator[Fault]:
    decision = profile.direct_chat
    if decision is not None and not decision.recorded:
        sentence = "a decision says who decided (decided_by) and where it is kept (reference)"
        yield Fault(key="direct_chat", sentence=sentence, rule="DOMAIN-9")


def _of_unsend(unsend: Unsend) -> Iterator[Fault]:
    if unsend.keeps and not unsend.reason.strip():
        sentence = "say why a message that was taken back is kept; without a reason it is erased"
        yield Fault(key="unsend.reason", sentence=sentence, rule="DOMAIN-9")


def _of_wording(wording: Wording) -> Iterator[Fault]:
    may = ", ".join(code for code in sorted(CODES - NEVER_EXCUSABLE, key=_number))
    for place, code in enumerate(wording.excusable):
        key = f"wording.excusable.{place}"
        if code in NEVER_EXCUSABLE:
            sentence = f"{code} never stands, whatever the reason; what may stand is {may}"
            yield Fault(key=key, sentence=sentence, rule="S1")
        elif code not in CODES:
            sentence = f'"{code}" is no code of the check; what may stand is {may}'
            yield Fault(key=key, sentence=sentence, rule="S1")


def _number(code: str) -> int:
    return int(code[1:])


def _of_packs(profile: MunicipalProfile) -> Iterator[Fault]:
    yield from _twice("letter_packs", "key", (one.key for one in profile.letter_packs))
    for place, pack in enumerate(profile.letter_packs):
        for flaw in flaws(pack):
            yield Fault(key=f"letter_packs.{place}", sentence=_PACK_FAULTS[flaw], rule="G-03")


def _of_pledge(profile: MunicipalProfile) -> Iterator[Fault]:
    if profile.pledge is None:
        return
    try:
        words_of(profile.pledge)
    except PledgeTextIncomplete as incomplete:
        lacks = incomplete.facts["lacks"]
        yield Fault(
            key="pledge.template",
            sentence=f"must name {{{lacks}}}, and {lacks} must have words",
            rule="R-081",
        )


def blanks(profile: MunicipalProfile) -> tuple[Fault, ...]:
    """What an editor has to fill before real use."""
    return (
        *_areas_without_place(profile),
        *(
            Fault(
                key=f"bodies.{place}.{field}",
                sentence=f"{body.name}: {what}",
                rule="R-054" if body.basis is Basis.OTHER else "R-039",
            )
            for place, body in enumerate(profile.bodies)
            for field, what, lacks in (
                (
                    "statutory_basis",
                    "name the statute of its secrecy; until then it may not hear names",
                    body.basis in _NEEDS_STATUTE and not body.statutory_basis,
                ),
                (
                    "establishment_rule",
                    "name the rule that sets it up (要綱)",
                    body.basis is Basis.SHIEN and not body.establishment_rule,
                ),
            )
            if lacks
        ),
        *(
            Fault(key=key, sentence="the product's own default; put the town's word there")
            for key in profile.assumed
        ),
    )


def verify_as_of(profile: MunicipalProfile) -> int | None:
    """The year whose state it tells, where that is old and has to be verified; else None."""
    if profile.as_of is not None and profile.as_of <= LAST_MODEL_YEAR:
        return profile.as_of
    return None


def _twice(table: str, key: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield Fault(key=f"{table}.{key}", sentence=f'"{code}" stands there {times} times')


def _one_of_each_law(profile: MunicipalProfile) -> Iterator[Fault]:
    for basis in (Basis.SHIEN, Basis.JUSO):
        names = [body.name for body in profile.bodies if body.basis is basis]
        if len(names) > 1:
            yield Fault(
                key="bodies",
                sentence=f"a town has one body of kind {basis.value}, here are "
                f"{', '.join(names)}; give the others CASE or OTHER",
            )


def _of_body(place: int, body: Body) -> Iterator[Fault]:
    if not body.name.strip():
        yield Fault(key=f"bodies.{place}.name", sentence="a body needs the town's own name for it")
    if body.cadence is not None:
        yield from _of_cadence(f"bodies.{place}.cadence", body.cadence)
    for guest_place, guest in enumerate(body.guests):
        if body.basis is Basis.SHIEN and not guest.temporary:
            yield Fault(
                key=f"bodies.{place}.guests.{guest_place}.temporary",
                sentence=f"{guest.title} comes for a case only, so is a temporary member with the "
                "notice of secrecy",
                rule="R-041",
            )


def _of_cadence(key: str, cadence: Cadence) -> Iterator[Fault]:
    if cadence.rhythm is Rhythm.FIXED_DATES and not cadence.dates:
        yield Fault(key=f"{key}.dates", sentence="fixed dates need at least one day announced")
    if cadence.times < 1 or (cadence.rhythm is Rhythm.TIMES_A_YEAR and cadence.times > 12):
        yield Fault(
            key=f"{key}.times", sentence="must be from 1 to 12 a year, or 1 or more a month"
        )
    if not 1 <= cadence.every_months <= 12:
        yield Fault(key=f"{key}.every_months", sentence="must be from 1 to 12")
    if bad := [month for month in cadence.months if not 1 <= month <= 12]:
        yield Fault(key=f"{key}.months", sentence=f"there is no month {bad[0]}")
    if bad := [day for day in cadence.days if not 1 <= day <= 31]:
        yield Fault(key=f"{key}.days", sentence=f"there is no day {bad[0]} in any month")
    named = len(cadence.days)
    if cadence.rhythm is Rhythm.TIMES_A_MONTH and named not in (0, cadence.times):
        yield Fault(
            key=f"{key}.days",
            sentence=f"{cadence.times} a month need {cadence.times} days, here are {named}",
        )
    if cadence.rhythm is Rhythm.TIMES_A_YEAR and 1 <= cadence.times <= 12:
        yield from _of_year(key, cadence)


def _of_year(key: str, cadence: Cadence) -> Iterator[Fault]:
    if cadence.days and not cadence.months:
        yield Fault(key=f"{key}.months", sentence="days are named, but not in which months")
    if not cadence.months and 12 % cadence.times:
        yield Fault(
            key=f"{key}.months",
            sentence=f"{cadence.times} a year do not part the year evenly; name the months",
        )
    meetings = len(cadence.months) * max(1, len(cadence.days))
    if cadence.months and meetings != cadence.times:
        yield Fault(
            key=f"{key}.months",
            sentence=f"{cadence.times} a year, but months and days make {meetings}",
        )


def _dangling(profile: MunicipalProfile) -> Iterator[Fault]:
    codes = {body.code for body in profile.bodies}
    wanted = profile.escalation
    if wanted.body and wanted.body not in codes:
        yield Fault(
            key="escalation.body",
            sentence=f'no body has the code "{wanted.body}"; known are '
            f"{', '.join(sorted(codes)) or 'none'}",
        )
    if wanted.least_fields is not None and not wanted.body:
        yield Fault(key="escalation.body", sentence="name the body that is proposed", rule="R-090")
    desks = {desk.code for desk in profile.desks}
    for place, desk in enumerate(profile.desks):
        if desk.passes_to and desk.passes_to not in desks:
            yield Fault(
                key=f"desks.{place}.passes_to",
                sentence=f'no desk has the code "{desk.passes_to}"; known are '
                f"{', '.join(sorted(desks))}",
            )


def _numbers(profile: MunicipalProfile) -> Iterator[Fault]:
    effort = profile.effort
    for field in ("agencies_asked", "community_asked", "home_visits"):
        if getattr(effort, field) < 1:
            yield Fault(key=f"effort.{field}", sentence="a town asks for one or more", rule="R-052")
    if profile.most_cases is not None and profile.most_cases < 1:
        yield Fault(key="most_cases", sentence="must be 1 or more", rule="R-084")
    least = profile.escalation.least_fields
    if least is not None and least < 1:
        yield Fault(key="escalation.least_fields", sentence="must be 1 or more", rule="R-090")
    reading = profile.reading
    if reading is not None and reading.opens >= reading.closes:
        yield Fault(key="reading.closes", sentence="must be later than opens")
    if profile.complete:
        yield from _areas_without_place(profile)


def _areas_without_place(profile: MunicipalProfile) -> Iterator[Fault]:
    if not profile.areas:
        yield Fault(
            key="areas",
            sentence="a profile names at least one area (圏域), or the whole town as one",
            rule="R-094",
        )
    for place, area in enumerate(profile.areas):
        if not any(one.published for one in area.places):
            yield Fault(
                key=f"areas.{place}.places",
                sentence=f"{area.name} has no published place where residents can consult",
                rule="R-094",
            )
