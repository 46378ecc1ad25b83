"""Is the town ready to write letters? What the doctor asks of the record."""

from dataclasses import dataclass

from core.access import Action, may
from core.agencies import Seat, Staff
from core.cases import WRITABLE, Case
from core.ports import UnitOfWork
from core.profiles import NEEDED_TEXTS, ChannelRest, Municipality, StandingText, TextUse


@dataclass(frozen=True, kw_only=True, slots=True)
class TownFindings:
    """What was found.

    Attributes:
        town: None while no town is loaded.
        rest: why LINE takes nothing for now, if so.
        missing_texts: names of pre-approved texts that are not there.
        without_approver: aliases of cases with letters on which nobody could approve the letter
            of anybody else (G-06).
        slack_teams: the Slack teams of the active staff.
        texts: every text of the town that is in force.
    """

    town: Municipality | None
    rest: ChannelRest | None = None
    missing_texts: tuple[str, ...] = ()
    cases: int = 0
    without_approver: tuple[str, ...] = ()
    slack_teams: frozenset[str] = frozenset()
    texts: tuple[StandingText, ...] = ()


async def check_town(uow: UnitOfWork) -> TownFindings:
    """Look at the town, its texts, its cases and its staff; nothing is changed."""
    async with uow.read() as work:
        town = await work.towns.find()
        if town is None:
            return TownFindings(town=None)
        texts = {name: await work.towns.standing_text(name) for name in NEEDED_TEXTS}
        staff = await work.staff.active()
        cases = [case for case in await work.cases.all() if case.state in WRITABLE]
        seats = {case.id: await work.staff.all_seats(case.id) for case in cases}
        return TownFindings(
            town=town,
            rest=await work.towns.channel_rest(),
            missing_texts=tuple(name for name, text in texts.items() if text is None),
            cases=len(cases),
            without_approver=tuple(
                case.alias for case in cases if not _approvable(case, seats[case.id], staff)
            ),
            texts=tuple([text for use in TextUse for text in await work.towns.texts_in_force(use)]),
            slack_teams=frozenset(one.slack_team_id for one in staff if one.slack_team_id),
        )


def _approvable(case: Case, seats: tuple[Seat, ...], staff: tuple[Staff, ...]) -> bool:
    """Whether some letter could find somebody else to approve it."""

    def allowed(action: Action) -> set[str]:
        return {one.id for one in staff if may(one, action, case_id=case.id, seats=seats)}

    approvers, writers = allowed(Action.APPROVE_LETTER), allowed(Action.WRITE_LETTER)
    return bool(approvers) and not (len(approvers) == 1 and writers == approvers)
