"""Who may import whom."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.sources import CHECKOUT, imported, modules

# Who may bring in what: everything for wiring, the migrations for the command line.
ROOT = {
    "bots/wiring.py": {"storage", "scheduler"},
    "bots/records.py": {"storage"},
    "bots/cli.py": {"storage.migrate"},
}


def test_every_import_contract_of_the_house_holds() -> None:
    environment = {**os.environ, "COLUMNS": "160"}
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_core_imports_the_standard_library_and_itself_only() -> None:
    foreign = [
        f"{path}:{line} imports {name}"
        for path, tree in modules("core")
        for line, name in imported(tree)
        if name.split(".")[0] not in sys.stdlib_module_names | {"core"}
    ]
    assert not foreign, "\n".join(foreign)


def test_only_the_composition_root_brings_storage_and_the_scheduler_in() -> None:
    strays = [
        f"{path}:{line} imports {name}"
        for path, tree in modules("bots")
        for line, name in imported(tree)
        if name.split(".")[0] in {"storage", "scheduler"}
        and not {name, name.split(".")[0]} & ROOT.get(path, set())
    ]
    assert not strays, "\n".join(strays)


# What of ours a package may import, beside itself.
MAY: dict[str, set[str]] = {
    "core": set(),
    "storage": {"core"},
    "scheduler": {"core"},
    "bots/i18n": {"core"},
    "bots/line": {"core", "bots.i18n", "bots.paper"},
    "bots/slack": {"core", "bots.i18n"},
    "bots/web": {"core", "bots.i18n", "bots.paper"},
    "bots/practice": set(),
    "bots/leaflets": {"core"},
    "bots/paper": {"core"},
    "bots/town": {"core", "bots.i18n", "bots.leaflets", "bots.morphology", "bots.profiles"},
}


def owner(name: str) -> str:
    """The package of ours that a module belongs to; "" when it is not ours."""
    parts = name.split(".")
    if parts[0] not in {"bots", "core", "scheduler", "storage"}:
        return ""
    return ".".join(parts[:2]) if parts[0] == "bots" else parts[0]


def test_each_package_imports_of_ours_what_it_may_and_no_more() -> None:
    strays = [
        f"{path}:{line} imports {name}"
        for folder, may in MAY.items()
        for path, tree in modules("bots", "core", "scheduler", "storage")
        if path.startswith(f"{folder}/")
        for line, name in imported(tree)
        if owner(name) not in {"", folder.replace("/", "."), *may}
    ]
    assert not strays, "\n".join(strays)
