"""`yorisoi doctor`: everything that service needs, each with the next step."""

from bots.doctor.checks import Check, Notes, Verdict
from bots.doctor.configured import check_unreadable
from bots.doctor.examine import examine

__all__ = ["Check", "Notes", "Verdict", "check_unreadable", "examine"]
