"""What exists is documented: settings, commands, ticks, tables; and what is linked exists."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import CHECKOUT, document, modules, named, tracked

SETTING = re.compile(r"^# ?([A-Z][A-Z0-9_]+)=(.*)$|^([A-Z][A-Z0-9_]+)=(.*)$")
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def examples() -> dict[str, str]:
    """The settings of .env.example, commented out or not, with their values."""
    found = {}
    for line in document(".env.example").splitlines():
        if match := SETTING.match(line):
            found[match[1] or match[3]] = match[2] or match[4] or ""
    return found


def settings() -> dict[str, str]:
    """Every setting by its name in the environment, with its default as one writes it."""
    from bots.settings import Settings

    defaults = {}
    for field in Settings.model_fields.values():
        assert field.alias is not None
        shown = getattr(field.default, "get_secret_value", lambda value=field.default: value)()
        defaults[field.alias] = "" if shown in (None, (), "") else str(shown)
    return defaults


def test_the_example_of_settings_lists_exactly_the_settings_there_are() -> None:
    assert sorted(examples()) == sorted(settings())


def test_the_example_of_settings_shows_the_true_defaults() -> None:
    assert examples() == settings()


@pytest.mark.parametrize("name", sorted(settings()))
def test_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in document("docs/settings.md")


def commands() -> list[str]:
    """Every command of `yorisoi`, as one types it."""
    from typer.main import get_command

    from bots.cli import app

    def below(command: object, typed: str) -> list[str]:
        children: dict[str, object] = getattr(command, "commands", {})
        if not children:
            return [typed]
        return [
            leaf for name, child in children.items() for leaf in below(child, f"{typed} {name}")
        ]

    return below(get_command(app), "yorisoi")


def test_every_command_is_explained_and_no_other() -> None:
    told = re.findall(r"^\| `(yorisoi(?: [a-z][a-z-]*)+)", document("docs/operations.md"), re.M)
    assert sorted(told) == sorted(commands())


def ticks() -> list[str]:
    """The names in the table of ticks."""
    return [
        keyword.value.value
        for path, tree in modules("scheduler")
        if path == "scheduler/ticks.py"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Tick"
        for keyword in call.keywords
        if keyword.arg == "name"
        and isinstance(keyword.value, ast.Constant)
        and isinstance(keyword.value.value, str)
    ]


def test_every_tick_is_explained_and_no_other() -> None:
    assert ticks()
    told = re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", document("docs/operations.md"), re.M)
    assert sorted(told) == sorted(ticks())


def routes() -> list[str]:
    """Every path that the code serves, as it is written there."""
    return sorted(
        {
            str(call.args[0].value)
            for path, tree in modules("bots")
            if path != "bots/app.py"
            and "/practice/line/" not in path
            and "/practice/slack/" not in path
            for call in ast.walk(tree)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "Route"
            and call.args
            and isinstance(call.args[0], ast.Constant)
        }
        | {
            str(decorator.args[0].value)
            for path, tree in modules("bots")
            if path == "bots/app.py"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and isinstance(decorator.args[0], ast.Constant)
        }
    )


@pytest.mark.parametrize("path", routes())
def test_path_is_explained(path: str) -> None:
    assert re.search(rf"`(?:(?:GET|POST|DELETE) )?{re.escape(path)}`", document("docs/http.md"))


def test_the_page_of_tables_is_what_the_tables_are() -> None:
    from tests.house.table_page import page

    assert document("docs/architecture/tables.md") == page(), (
        "write it again: python -m tests.house.table_page"
    )


def test_every_field_of_a_town_file_is_explained() -> None:
    from bots.town.reader import town_schema

    schema = town_schema()
    shapes = [schema, *(shape for shape in schema["$defs"].values() if "properties" in shape)]
    page = document("docs/town-file.md")
    fields = sorted({field for shape in shapes for field in shape["properties"]})
    assert [field for field in fields if f"`{field}`" not in page] == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = CHECKOUT / "docs" / "decisions"
    pages = sorted(path.name for path in folder.glob("0*.md"))
    listed = re.findall(r"\((0\d{3}-[a-z0-9-]+\.md)\)", document("docs/decisions/README.md"))
    assert listed == pages
    assert [page[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]


@pytest.mark.parametrize("page", [named(p) for p in tracked() if p.suffix == ".md"])
def test_links_of_a_page_lead_somewhere(page: str) -> None:
    folder = (CHECKOUT / page).parent
    dead = [link for link in LINK.findall(document(page)) if not Path(folder, link).exists()]
    assert not dead, "\n".join(dead)


def test_files_named_in_contributing_exist() -> None:
    text = document("CONTRIBUTING.md")
    paths = re.findall(
        r"`((?:bots|core|scheduler|storage|tests|docs|benchmarks|\.ci)/[\w./-]*\w/?)`", text
    )
    assert paths
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []
