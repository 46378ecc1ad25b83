"""A form of the town's own: its titles, its order, filled from the record (R-085, X1)."""

from collections.abc import Callable
from typing import Final

from bots.i18n.catalogue import say, word
from bots.i18n.eras import era_day
from bots.i18n.names import Names
from bots.reports.forms.words import on_paper, people_of
from bots.reports.sheets import Sheet
from core.assessments import IntakeAssessment
from core.forms import FormFacts
from core.municipal_profiles.own_forms import FormItem, OwnForm
from core.programmes import Programme

Said = Callable[[FormFacts, IntakeAssessment, Names], str]


def own_sheet(facts: FormFacts, form: OwnForm, *, names: Names) -> Sheet:
    """The form with a row for this case; "" where the record has nothing or a hand writes."""
    return Sheet(
        name=form.name,
        title=form.name,
        columns=tuple(column.title for column in form.columns),
        rows=(tuple(said_of(column.item, facts, names=names) for column in form.columns),),
        notes=(
            say("forms.corner", town=facts.town, on=era_day(facts.taken_on)),
            *([say("forms.tax_left_out")] if facts.tax_left_out else []),
            say("forms.own_of_record"),
            say("forms.privacy"),
        ),
    )


def said_of(item: FormItem | None, facts: FormFacts, *, names: Names) -> str:
    """What the record says of one item."""
    if item in _OF_CASE:
        return _OF_CASE[item](facts)
    if item is None or facts.assessment is None:
        return ""
    return _OF_SHEET[item](facts, facts.assessment, names)


def _birth(facts: FormFacts) -> str:
    return on_paper(facts.person, on=facts.taken_on)


def _received(facts: FormFacts) -> str:
    return "" if facts.application is None else era_day(facts.application.received_on)


def _wishes(facts: FormFacts) -> str:
    return "" if facts.application is None else facts.application.wishes


def _household(facts: FormFacts, sheet: IntakeAssessment, names: Names) -> str:
    rows = people_of(facts, sheet)
    return "、".join(f"{name}({relation})" if relation else name for name, relation, *_ in rows)


def _issues(facts: FormFacts, sheet: IntakeAssessment, names: Names) -> str:
    known = {one.id: one.name for one in facts.members}
    return " / ".join(
        f"{known.get(member.person_id, '')}: {'、'.join(map(word, sorted(member.issues)))}"
        for member in sheet.members
        if member.issues
    )


def _early(facts: FormFacts, sheet: IntakeAssessment, names: Names) -> str:
    early = sheet.early_links or frozenset()
    return "、".join(names.programme(Programme(one)) for one in sorted(early))


def _text(name: str) -> Said:
    return lambda facts, sheet, names: str(getattr(sheet, name))


def _choice(name: str) -> Said:
    def said(facts: FormFacts, sheet: IntakeAssessment, names: Names) -> str:
        chosen = getattr(sheet, name)
        return "" if chosen is None else word(chosen)

    return said


_I = FormItem
_OF_CASE: Final[dict[FormItem | None, Callable[[FormFacts], str]]] = {
    _I.CASE: lambda facts: facts.case.alias,
    _I.KANA: lambda facts: facts.person.kana,
    _I.NAME: lambda facts: facts.person.name,
    _I.SEX: lambda facts: facts.person.sex,
    _I.BIRTH: _birth,
    _I.ADDRESS: lambda facts: facts.person.address,
    _I.PHONE: lambda facts: "、".join(facts.person.phones),
    _I.AREA: lambda facts: facts.area,
    _I.RECEIVED_ON: _received,
    _I.WISHES: _wishes,
}
_OF_SHEET: Final[dict[FormItem, Said]] = {
    _I.ASSESSED_ON: lambda facts, sheet, names: era_day(sheet.assessed_on),
    _I.AUTHOR: lambda facts, sheet, names: "、".join(map(facts.colleague, sheet.authors)),
    _I.ROUTE: _choice("route"),
    _I.WAY: _choice("way"),
    _I.SOURCE: lambda facts, sheet, names: facts.agency(sheet.source_agency_id),
    _I.CONSENT_STATE: _text("consent_state"),
    _I.HOUSEHOLD: _household,
    _I.ISSUES: _issues,
    _I.HOUSING: _choice("housing"),
    _I.FIELDS: lambda facts, sheet, names: "、".join(map(word, sorted(sheet.fields))),
    _I.EARLY_LINKS: _early,
    _I.SCREENING: _choice("screening"),
    **{
        item: _text(item.value)
        for item in (
            _I.INSURANCE,
            _I.PENSION,
            _I.HEALTH,
            _I.HISTORY,
            _I.TIES,
            _I.DAYS,
            _I.HOOKS,
            _I.BACKGROUND,
            _I.FORMULATION,
            _I.NEXT_STEP,
        )
    },
}
