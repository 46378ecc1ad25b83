"""What a reader of a release relies on."""

import re
import tokenize
import tomllib

from tests.house.sources import CHECKOUT, PACKAGES, document, modules

UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def test_the_changelog_speaks_of_the_version_that_the_project_file_names() -> None:
    version = tomllib.loads(document("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## (\S+)", document("CHANGELOG.md"), re.MULTILINE)
    assert headings and headings[0] == version


def test_no_comment_promises_work_for_later() -> None:
    promises = []
    for path, _ in modules(*PACKAGES, "tests", "benchmarks"):
        with (CHECKOUT / path).open("rb") as source:
            promises += [
                f"{path}:{token.start[0]} {token.string}"
                for token in tokenize.tokenize(source.readline)
                if token.type == tokenize.COMMENT and UNFINISHED.search(token.string)
            ]
    assert not promises, "\n".join(promises)


def test_the_licence_is_apache_2_whole() -> None:
    licence = document("LICENSE")
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert "APPENDIX: How to apply the Apache License to your work." in licence
