"""The members of the practice workspace."""

from bots.practice.refusals import NotPossible
from bots.practice.slack.model import Person
from bots.practice.slack.workspace import Workspace, id_from_name


class People:
    """Who is in the workspace, by visible name."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def add(
        self,
        name: str,
        *,
        user_id: str | None = None,
        locale: str = "ja-JP",
        real_name: str | None = None,
        guest: bool = False,
        team_id: str | None = None,
        email: str | None = None,
    ) -> Person:
        """Take someone in.

        `user_id` follows from the name when it is not given. `team_id` of another organisation
        makes them a stranger of Slack Connect; `guest` a restricted member.

        Raises:
            ValueError: the name or the id is taken.
        """
        if name in self.names():
            raise ValueError(f"there is already someone called {name}")
        made = user_id or id_from_name(name)
        person = self._workspace.add_person(
            Person(
                id=made,
                name=name,
                team_id=team_id or self._workspace.team_id,
                real_name=real_name or name,
                locale=locale,
                email=f"{made.lower()}@example.jp" if email is None else email,
                guest=guest,
                stranger=team_id not in (None, self._workspace.team_id),
            )
        )
        self._workspace.direct(person.id)
        return person

    def names(self) -> tuple[str, ...]:
        """Everyone's visible name, the app's own left out, in the order in which they came."""
        return tuple(p.name for p in self._workspace.people.values() if not p.bot)

    def get(self, name: str) -> Person:
        """The person with this name or id.

        Raises:
            NotPossible: there is nobody of that name.
        """
        for person in self._workspace.people.values():
            if not person.bot and name in (person.name, person.id):
                return person
        raise NotPossible(f"「{name}」さんはこのワークスペースにいません。", labels=self.names())
