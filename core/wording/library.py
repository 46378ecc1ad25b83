"""What there is to write with: templates, sign-offs, and the phrases of the season."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

from core.errors import CaseworkError
from core.people import LanguageStyle
from core.wording.fields import TextField, Values, Wording
from core.wording.kinds import TextKind
from core.wording.season import Almanac, Phrase
from core.wording.templates import Template, filled, for_line


class NoSuchTemplate(CaseworkError):
    """There is no template of this name, version and kind for this person. Facts: `name`."""

    rule = "HOUSE-11"


class SaidBefore(CaseworkError):
    """The person has read this very text within twelve months, or will. Facts: `name`."""

    rule = "G-04"


class ChosenOtherwise(CaseworkError):
    """The words that were chosen are not those that come of it now: the day, the kind, the case
    or the record has changed since."""

    rule = "S1"


@dataclass(frozen=True, kw_only=True, slots=True)
class SignOff:
    """A warm way to sign with a name (G-10), in each style."""

    name: str
    forms: dict[LanguageStyle, Template]

    def wording(self, values: Values, *, style: LanguageStyle) -> Wording:
        """Filled in. Raises: FieldsMissing, FieldUnfit."""
        return Wording(filled(self.forms[style], values))


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """Everything at hand.

    Attributes:
        templates: a town's own stand in place of shipped ones of the same name.
    """

    # Hundreds of texts: a traceback that shows locals does not show them.
    templates: tuple[Template, ...] = field(repr=False)
    sign_offs: tuple[SignOff, ...] = field(repr=False)
    almanac: Almanac = field(repr=False)

    def with_own(self, own: Iterable[Template]) -> "Library":
        """With a town's own templates before the others."""
        own = tuple(own)
        named = {template.name for template in own}
        rest = (template for template in self.templates if template.name not in named)
        return replace(self, templates=(*own, *rest))

    def fitting(self, *, kinds: Collection[TextKind], style: LanguageStyle) -> tuple[Template, ...]:
        """Templates for these kinds of letters and people of this style."""
        return tuple(t for t in self.templates if t.kind in kinds and t.style is style)

    def template(self, known_as: str, *, style: LanguageStyle) -> Template:
        """A template by name and version.

        Raises:
            NoSuchTemplate: also where it is for people of another style.
        """
        for template in self.templates:
            if template.known_as == known_as and template.style is style:
                return template
        raise NoSuchTemplate(name=known_as)

    def sign_off(self, *, case: str, day: date) -> SignOff:
        """One of the sign-offs; the same case and day always give the same one."""
        lot = hashlib.sha256(f"{case} {day.isoformat()}".encode()).digest()
        return self.sign_offs[lot[0] % len(self.sign_offs)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """For whom and when a template is filled in.

    Attributes:
        day: the local day on which the letter may first arrive.
        values: what is known of the fields, without season and sign-off.
        used: ids of season phrases used for the person within twelve months.
        said: the words of letters that the person has read within twelve months, or will read.
    """

    case: str
    day: date
    tz: tzinfo
    style: LanguageStyle
    values: Values
    used: frozenset[str]
    said: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Composed:
    """A letter's words, and where they are from.

    Attributes:
        body: as LINE carries them.
        template: name and version. season: id of the phrase, None where none stands in it.
    """

    body: str
    template: str
    season: str | None


def compose(
    library: Library, template: Template, occasion: Occasion, *, phrase: Phrase | None
) -> Composed:
    """Fill a template in for a person.

    Args:
        phrase: the season's; used only where the template has a place for it.

    Raises:
        FieldsMissing, FieldUnfit: S1.
    """
    values: Values = dict(occasion.values)
    season = None
    if TextField.SEASON in template.fields and phrase is not None:
        values[TextField.SEASON], season = phrase.wording(occasion.style), phrase.id
    if TextField.SIGN_OFF in template.fields:
        form = library.sign_off(case=occasion.case, day=occasion.day)
        values[TextField.SIGN_OFF] = form.wording(values, style=occasion.style)
    body = for_line(filled(template, values), style=template.style)
    return Composed(body=body, template=template.known_as, season=season)


NOTHING_SHIPPED: Library = Library(templates=(), sign_offs=(), almanac=Almanac(()))
"""An empty library."""
