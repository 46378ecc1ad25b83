"""Forms of a town's own: which items each holds, and under which titles (R-085, X1)."""

import enum
from dataclasses import dataclass
from typing import Final


class FormItem(enum.StrEnum):
    """What a column of a town's own form may hold: items of the application and the assessment.

    What comes from taxation (R-043) is none of them.
    """

    CASE = "case"
    KANA = "kana"
    NAME = "name"
    SEX = "sex"
    BIRTH = "birth"
    ADDRESS = "address"
    PHONE = "phone"
    AREA = "area"
    RECEIVED_ON = "received_on"
    WISHES = "wishes"
    ASSESSED_ON = "assessed_on"
    AUTHOR = "author"
    ROUTE = "route"
    WAY = "way"
    SOURCE = "source"
    CONSENT_STATE = "consent_state"
    HOUSEHOLD = "household"
    ISSUES = "members.issues"
    HOUSING = "housing"
    INSURANCE = "insurance"
    PENSION = "pension"
    HEALTH = "health"
    HISTORY = "history"
    TIES = "ties"
    DAYS = "days"
    HOOKS = "hooks"
    FIELDS = "fields"
    BACKGROUND = "background"
    FORMULATION = "formulation"
    EARLY_LINKS = "early_links"
    SCREENING = "screening"
    NEXT_STEP = "next_step"


# What a sheet is counted by; a town's own form has to hold the same items (R-085, X1) [I].
REPORTED: Final = (
    FormItem.ASSESSED_ON,
    FormItem.ROUTE,
    FormItem.WAY,
    FormItem.CONSENT_STATE,
    FormItem.ISSUES,
    FormItem.FIELDS,
    FormItem.SCREENING,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnColumn:
    """A column of a town's own form.

    Attributes:
        title: as the town's form has it.
        item: what the record puts there; None for what is written by hand.
    """

    title: str
    item: FormItem | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnForm:
    """A form of the town's own.

    Attributes:
        instead_of: the official one whose place it is meant to take; "" for none.
        columns: in the form's own order.
    """

    name: str
    instead_of: str = ""
    columns: tuple[OwnColumn, ...] = ()

    @property
    def items(self) -> frozenset[FormItem]:
        """What it holds of the record."""
        return frozenset(one.item for one in self.columns if one.item is not None)
