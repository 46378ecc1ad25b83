"""How a municipality calls its meetings and programmes, from its profile (DOMAIN §5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bots.i18n.catalogue import DEFAULT_LOCALE, word
from core.basis import Basis
from core.municipal_profiles.bodies import body_name
from core.municipal_profiles.profile import MunicipalProfile
from core.programmes import Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class Names:
    """The town's own names; where it has none, the law's."""

    meetings: Mapping[Basis, str] = field(default_factory=dict)
    programmes: Mapping[Programme, str] = field(default_factory=dict)

    def meeting(self, basis: Basis, *, locale: str = DEFAULT_LOCALE) -> str:
        """A kind of meeting; an own name is a proper name, in every language."""
        return self.meetings.get(basis) or word(basis, locale=locale)

    def programme(self, programme: Programme, *, locale: str = DEFAULT_LOCALE) -> str:
        """An item of the programme."""
        return self.programmes.get(programme) or word(programme, locale=locale)


LAWS_OWN = Names()


def names_of(profile: MunicipalProfile) -> Names:
    """The names that a profile gives."""
    bodies = {basis: body_name(profile, basis) for basis in Basis}
    return Names(
        meetings={basis: name for basis, name in bodies.items() if name},
        programmes={one.programme: one.local_name for one in profile.programmes if one.local_name},
    )
