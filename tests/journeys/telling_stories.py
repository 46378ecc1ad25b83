"""Plays a shipped story scene by scene, and holds the record against what each scene says.

A scene begins at a step whose note begins with its number: `3. 関係機関で話し合う`; the steps that
follow without a number belong to it.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.practice.script import Script, Step, read_script
from bots.rehearsal_run import rehearsing
from bots.town.reader import read_town
from bots.wiring import House
from tests.journeys.standing import differences, standing, town_standing
from tests.people import TOKYO

Scenes = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By scene, by alias of the case, what the record must say when the scene is over."""
AtTheEnd = Callable[[House], Awaitable[None]]
TOWN = "town"
"""Stands in the place of an alias for what is of the town."""
MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=TOKYO)
_NUMBER = re.compile(r"(\d+)[..、 ]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Some steps of a story that belong together."""

    number: str
    steps: tuple[Step, ...]


def scenes_of(script: Script) -> Iterator[Scene]:
    """The scenes of a story, in their order."""
    number, steps = "0", list[Step]()
    for step in script.steps:
        found = _NUMBER.match(step.note)
        if found and found.group(1) != number:
            if steps:
                yield Scene(number=number, steps=tuple(steps))
            number, steps = found.group(1), []
        steps.append(step)
    yield Scene(number=number, steps=tuple(steps))


async def tell(name: str, *, scenes: Scenes, then: AtTheEnd | None = None) -> None:
    """Play the story; every step has to hold, and every scene to end as `scenes` says.

    Args:
        then: asked of the house when the story is over.
    """
    script = read_script(name)
    start = script.start or MONDAY
    town = read_town(script.town, at=start, tz=TOKYO)
    told = set()
    async with rehearsing(town, at=start) as rehearsal:
        await rehearsal.settle()
        for scene in scenes_of(script):
            for step in scene.steps:
                played = await rehearsal.player.step(step)
                where = f"{name}:{step.line} ({step.note or step.verb})"
                assert not played.faults, f"{where}\n" + "\n".join(played.faults)
            told.add(scene.number)
            for alias, wanted in scenes.get(scene.number, {}).items():
                uow = rehearsal.house.uow
                found = await (town_standing(uow) if alias == TOWN else standing(uow, alias))
                wrong = differences(found, wanted)
                assert not wrong, f"{name}, scene {scene.number}, {alias}:\n" + "\n".join(wrong)
        if then is not None:
            await then(rehearsal.house)
    assert set(scenes) <= told, f"{name} has no scene {sorted(set(scenes) - told)}"
