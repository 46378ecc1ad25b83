"""Block Kit as Slack checks it: shapes, lengths and counts, with JSON pointers."""

from bots.practice.slack.block_kit.checks import Problem
from bots.practice.slack.block_kit.surfaces import (
    check_blocks,
    check_home,
    check_modal,
    named_blocks,
)

__all__ = ["Problem", "check_blocks", "check_home", "check_modal", "named_blocks"]
