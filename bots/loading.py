"""Load a town with everything that goes with it: its file, its bodies, and who sits in them."""

from datetime import date, datetime, tzinfo

from bots.morphology import morphology
from bots.profiles.reader import resolve_profile
from core.lint import Proofreader
from core.municipal_profiles.bodies import body_id_of
from core.ports import UnitOfWork
from core.towns import Town
from core.usecases.meetings.found_bodies import found_bodies
from core.usecases.town.carry_over import carry_over
from core.usecases.town.load_town import load_town
from core.usecases.town.seat_members import seat_members


async def load_whole(
    uow: UnitOfWork,
    town: Town,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
) -> dict[str, int]:
    """How many records are new or changed, by kind; twice is the same as once.

    Raises:
        ProfileWrong: the profile that the file names is not there or does not hold together.
        WordingBlocked, WindowUnfit, StandingTextChanged: see `load_town`.
    """
    profile = None if town.profile is None else resolve_profile(town.profile)
    proof = Proofreader(morphology=morphology(), tz=tz)
    loaded = await load_town(uow, town, at=at, tz=tz, proof=proof, closed_days=closed_days)
    if profile is None:
        brought = await carry_over(uow, town, bodies={}, at=at, tz=tz)
        return {**loaded.changed, "carried": brought}
    async with uow.read() as work:
        before = await work.bodies.all()
    founded = await found_bodies(uow, profile=profile, at=at)
    bodies = {body.code: body_id_of(profile, body.code) for body in profile.bodies}
    seated = await seat_members(uow, town, bodies=bodies, at=at, tz=tz)
    changed = sum(body not in before for body in founded)
    brought = await carry_over(uow, town, bodies=bodies, at=at, tz=tz)
    return {**loaded.changed, "bodies": changed, "members": seated, "carried": brought}
