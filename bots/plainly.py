"""How the command line says no: plain lines on stderr and an exit code, never a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console

from bots.i18n.catalogue import refusal
from bots.profiles.problems import ProfileWrong
from bots.settings import SettingsWrong
from bots.town.reader import TownFileWrong
from core.errors import CaseworkError

T = TypeVar("T")
P = ParamSpec("P")
_err = Console(stderr=True)


def complain(line: str) -> None:
    """One line on stderr, as it is."""
    _err.print(line, markup=False, highlight=False, soft_wrap=True)


def fail(*lines: str, code: int = 1) -> NoReturn:
    """Say why, and end with this exit code."""
    for line in lines:
        complain(line)
    raise typer.Exit(code)


def plainly(command: Callable[P, T]) -> Callable[P, T]:
    """Turn what a person can cause into plain lines and an exit code."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except CaseworkError as error:
            said = refusal(error, locale="ja")
            fail(f"{said.sentence} [{said.rule}]", said.next_step)
        except SettingsWrong as error:
            fail("設定を確かめてください (.env.example)。", *error.problems)
        except (TownFileWrong, ProfileWrong) as error:
            fail(*[str(problem) for problem in error.problems])
        except (OSError, UnicodeError) as error:
            fail(str(error))

    return told
