"""お金のこと on the assessment's form: a line each, and from whom it is known (R-043)."""

from collections.abc import Iterator

from bots.web.chapters.money import FROM_TAXATION, MONEY
from bots.web.desk.deed import View
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Filled
from core.agencies import Role
from core.assessments import Money
from core.ids import StaffId


def money_entries(view: View) -> Iterator[Entry]:
    """The parts, whether they come from taxation, and who brought them in then."""
    for name, label in MONEY.items():
        yield Entry(name=name, label=label, required=False)
    yield Entry(
        name="tax_derived",
        label=f"お金の情報は{FROM_TAXATION}",
        kind=Kind.YES,
        required=False,
        help="書いたあとは、持ち込んだ担当だけが開けます。会議にもSlackにも出ません。",
    )
    yield Entry(
        name="tax_holder",
        label="税の情報を持ち込んだ担当",
        kind=Kind.CHOICE,
        options=_officers(view),
        required=False,
        help="税の担当からのもののときに選びます。この案件の担当に加わっていると、開けます。",
    )


def money_in(filled: Filled) -> Money | None:
    """What was said of money; None where nothing was."""
    if not any(filled.text(name) for name in MONEY):
        return None
    from_taxation = filled.yes("tax_derived")
    holder = filled.maybe("tax_holder") if from_taxation else None
    return Money(
        income=filled.text("income"),
        benefits=filled.text("benefits"),
        arrears=filled.text("arrears"),
        debts=filled.text("debts"),
        tax_derived=from_taxation,
        holder_id=None if holder is None else StaffId(holder),
    )


def _officers(view: View) -> tuple[Option, ...]:
    return tuple(
        Option(value=one.id, label=f"{one.name}さん")
        for one in view.story.staff.values()
        if one.active and (Role.MUNICIPAL_OFFICER in one.roles or one.tax_officer)
    )
