"""相談受付・申込票 and インテーク・アセスメントシート (DOMAIN §2.6)."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from bots.i18n.catalogue import say, word
from bots.i18n.eras import era_day
from bots.i18n.names import Names
from bots.reports.forms.blocks import Block, Box, Cell, Grid, Heading, Paper, line, ticks
from bots.reports.forms.words import (
    corner_of,
    item_label,
    label,
    on_paper,
    people_of,
    tab_of,
    title_of,
)
from core.applications import ConsultationTopic, FormVersion, IntakeApplicationForm
from core.assessments import (
    Housing,
    IntakeAssessment,
    IntakeRoute,
    IntakeWay,
    Issue,
    Screening,
)
from core.fields import Field
from core.forms import FormFacts, lacks
from core.municipal_profiles.own_forms import OwnForm
from core.people import Person
from core.programmes import PLANNING, Programme


def intake_papers(
    facts: FormFacts, *, names: Names, own_forms: Iterable[OwnForm] = ()
) -> Iterator[Paper]:
    """The application as it was received, and the assessment, as far as they are there.

    Args:
        own_forms: the town's own, of which the sheet says whether they do in its place (R-085).
    """
    if facts.application is not None:
        yield Paper(
            tab=tab_of("application"),
            title=title_of("application"),
            corner=corner_of(facts),
            blocks=tuple(_application(facts, facts.application, names)),
            notes=(say("forms.privacy"),),
        )
    if facts.assessment is not None:
        notes = [say("forms.tax_left_out")] if facts.tax_left_out else []
        notes += [_of_own(own) for own in own_forms if own.instead_of]
        yield Paper(
            tab=tab_of("assessment"),
            title=title_of("assessment"),
            corner=corner_of(facts),
            blocks=tuple(_assessment(facts, facts.assessment, names)),
            notes=(*notes, say("forms.privacy")),
        )


def _of_own(form: OwnForm) -> str:
    """Whether the town's own form does in the place of the sheet, and what it lacks if not."""
    missing = lacks(form)
    if not missing:
        return say("forms.own_does", name=form.name)
    return say("forms.own_lacks", name=form.name, missing="、".join(map(item_label, missing)))


def _application(facts: FormFacts, form: IntakeApplicationForm, names: Names) -> Iterator[Block]:
    yield line(
        Cell(label=label("case"), value=facts.case.alias),
        Cell(label=label("received_on"), value=era_day(form.received_on)),
        Cell(label=label("receiver"), value=facts.colleague(form.receiver_id)),
    )
    yield ticks(label("version"), [(word(one), one is form.version) for one in FormVersion])
    yield Heading(text=label("person"))
    yield from person_blocks(facts.person, on=form.received_on)
    visitor = form.visitor
    yield line(
        Cell(label=label("visitor"), value="" if visitor is None else visitor.name),
        Cell(label=label("relation"), value="" if visitor is None else visitor.relation),
        Cell(label=label("phone"), value="" if visitor is None else visitor.phone),
    )
    yield Heading(text=label("topics"))
    yield ticks(label("topics_of"), _ticked(ConsultationTopic, form.topics))
    main = "" if form.main_topic is None else word(form.main_topic)
    yield line(Cell(label=label("main_topic"), value=main))
    yield Box(label=label("wishes"), text=form.wishes, lines=5)
    if form.version is FormVersion.WITHOUT_CONSENT:
        yield Heading(text=label("without"))
        yield Box(label=label("reason_without"), text=form.reason_without, lines=2)
        yield Box(label=label("informant"), text=form.informant, lines=2)
        yield Box(label=label("how_sought"), text=form.how_sought, lines=2)
        return
    yield Heading(text=label("applies"))
    programmes = sorted(PLANNING)
    yield ticks(
        label("programmes"),
        [(names.programme(one), one in form.programmes) for one in map(Programme, programmes)],
    )
    yield ticks(
        label("agreed"),
        [
            (label("heard_rule"), form.heard_privacy_rule),
            (label("agrees_sharing"), form.agrees_to_sharing),
        ],
    )
    signed = "" if form.signed_on is None else era_day(form.signed_on)
    yield line(
        Cell(label=label("signed_on"), value=signed),
        Cell(label=label("signature"), value=""),
        Cell(label=label("helped_by"), value=facts.colleague(form.helped_by)),
    )


def person_blocks(person: Person, *, on: date) -> Iterator[Block]:
    """Who it is about; birth and age in the era's years."""
    yield line(
        Cell(label=label("kana"), value=person.kana, weight=2),
        Cell(label=label("sex"), value=person.sex),
    )
    yield line(
        Cell(label=label("name"), value=person.name, weight=2),
        Cell(label=label("birth"), value=on_paper(person, on=on), weight=2),
    )
    yield line(Cell(label=label("address"), value=person.address))
    yield line(
        Cell(label=label("phone"), value="、".join(person.phones)),
        Cell(label=label("mail"), value="、".join(person.emails)),
    )


def _assessment(facts: FormFacts, sheet: IntakeAssessment, names: Names) -> Iterator[Block]:
    yield line(
        Cell(label=label("case"), value=facts.case.alias),
        Cell(label=label("assessed_on"), value=era_day(sheet.assessed_on)),
        Cell(label=label("author"), value="、".join(map(facts.colleague, sheet.authors))),
    )
    yield line(
        Cell(label=label("source"), value=facts.agency(sheet.source_agency_id)),
        Cell(label=label("consent_state"), value=sheet.consent_state),
    )
    yield ticks(label("route"), _ticked(IntakeRoute, {sheet.route}))
    yield ticks(label("way"), _ticked(IntakeWay, {sheet.way}))
    yield Heading(text=label("person"))
    yield from person_blocks(facts.person, on=sheet.assessed_on)
    yield Heading(text=label("household"))
    yield Grid(
        columns=(label("name"), label("relation"), label("age"), label("work"), label("note")),
        widths=(5, 3, 3, 4, 9),
        rows=tuple(people_of(facts, sheet)),
    )
    yield ticks(label("housing"), _ticked(Housing, {sheet.housing}))
    yield line(
        Cell(label=label("insurance"), value=sheet.insurance),
        Cell(label=label("pension"), value=sheet.pension),
    )
    yield Box(label=label("health"), text=sheet.health, lines=2)
    yield from _money(sheet)
    for name in ("history", "ties", "days", "hooks"):
        yield Box(label=label(name), text=getattr(sheet, name), lines=2)
    yield Heading(text=label("issues"))
    known = {one.id: one.name for one in facts.members}
    for member in sheet.members:
        yield ticks(known.get(member.person_id, ""), _ticked(Issue, member.issues))
    yield ticks(label("fields"), _ticked(Field, sheet.fields))
    yield Heading(text=label("formulation"))
    yield Box(label=label("background"), text=sheet.background)
    yield Box(label=label("formulation_of"), text=sheet.formulation, lines=5)
    yield Grid(
        columns=(label("agency"), label("holds")),
        widths=(8, 16),
        rows=tuple((facts.agency(one.agency_id), one.holds) for one in sheet.agencies),
    )
    early = sheet.early_links or frozenset()
    yield ticks(
        label("early_links"),
        [
            (names.programme(one), one in early)
            for one in (Programme.OUTREACH, Programme.PARTICIPATION)
        ],
    )
    yield ticks(label("screening"), _ticked(Screening, {sheet.screening}))
    yield Box(label=label("next_step"), text=sheet.next_step, lines=2)


def _money(sheet: IntakeAssessment) -> Iterator[Block]:
    money = sheet.money
    yield line(
        Cell(label=label("income"), value="" if money is None else money.income),
        Cell(label=label("benefits"), value="" if money is None else money.benefits),
    )
    yield line(
        Cell(label=label("arrears"), value="" if money is None else money.arrears),
        Cell(label=label("debts"), value="" if money is None else money.debts),
    )


def _ticked(choices: type[StrEnum], chosen: Iterable[object]) -> list[tuple[str, bool]]:
    there = set(chosen)
    return [(word(one), one in there) for one in choices]
