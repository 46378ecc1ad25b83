"""`yorisoi doctor`: everything that service needs, each with the next step."""

from bots.doctor.checks import Check, Verdict
from bots.doctor.examine import examine

__all__ = ["Check", "Verdict", "examine"]
