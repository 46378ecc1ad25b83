"""`yorisoi work` with a short lease, so that a killed worker's letters come back in seconds."""

import asyncio
import os
import sys
from datetime import timedelta

from bots.logs import set_up_logs
from bots.settings import read_settings
from bots.wiring import House
from tests.journeys.outside import ShiftedClock

LEASE = timedelta(seconds=3)


async def main() -> None:
    set_up_logs()
    clock = ShiftedClock(timedelta(seconds=float(os.environ["YORISOI_TEST_SHIFT"])))
    house = House(read_settings().require_for_serving(), clock=clock, lease=LEASE)
    await house.start()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
