"""Without an address of our own, Slack is called instead: the same listeners by Socket Mode."""

from core.ports import UnitOfWork
from tests.bots.slack.office import opened
from tests.bots.slack.steps import the_letter, write


async def test_the_same_path_runs_over_a_socket(uow: UnitOfWork) -> None:
    async with opened(uow, socket_mode=True) as office:
        await write(office)
        await office.act(office.slack.click("佐藤", "承認する"))
        assert (await the_letter(uow)).state == "SCHEDULED"
        assert office.screen("佐藤")["banner"] is None
