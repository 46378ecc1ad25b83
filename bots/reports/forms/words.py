"""Words and small parts that several forms share."""

from collections.abc import Iterator
from datetime import date

from bots.i18n.catalogue import say, word
from bots.i18n.eras import era_day
from core.assessments import IntakeAssessment
from core.forms import FormFacts
from core.people import Person


def label(name: str) -> str:
    """The label of a field."""
    return say(f"forms.label_{name}")


def item_label(item: str) -> str:
    """The label of an item of a form, by the item's name."""
    return label(item.rpartition(".")[2])


def title_of(name: str) -> str:
    """The title of a form."""
    return say(f"forms.title_{name}")


def tab_of(name: str) -> str:
    """The name of its tab."""
    return say(f"forms.tab_{name}")


def corner_of(facts: FormFacts) -> str:
    """Whose form it is, and when it was taken out."""
    return say("forms.corner", town=facts.town, on=era_day(facts.taken_on))


def on_paper(person: Person, *, on: date) -> str:
    """Birth in the era's years and the age on a day; "" where nobody knows either."""
    born = person.birth_date
    if born is None:
        return "" if person.about_age is None else say("forms.about_age", age=person.about_age)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return say("forms.born", on=era_day(born), age=age)


def people_of(facts: FormFacts, sheet: IntakeAssessment) -> Iterator[tuple[str, ...]]:
    """A row for each member of the household; the person first."""
    told = {one.person_id: one for one in sheet.members}
    relations = {} if facts.household is None else {m.person_id: m for m in facts.household.members}
    for person in facts.members:
        issues, member = told.get(person.id), relations.get(person.id)
        itself = say("forms.self") if person.id == facts.person.id else ""
        yield (
            person.name,
            itself if member is None else member.relation,
            _age(person, on=sheet.assessed_on),
            "" if issues is None or issues.work is None else word(issues.work),
            "" if issues is None else issues.note,
        )


def _age(person: Person, *, on: date) -> str:
    born = person.birth_date
    if born is None:
        return "" if person.about_age is None else say("forms.about_age", age=person.about_age)
    return say("forms.age", age=on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
