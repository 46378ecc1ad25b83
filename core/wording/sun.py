"""Where the sun stands, by plain arithmetic: enough to tell on which local day a season begins.

The apparent ecliptic longitude of the sun is a mean motion and nineteen periodic terms, an
abridged series as Japanese almanac makers use it for rise and set. Against instants printed by
the national observatory it is within three minutes between 1990 and 2060 (tests/core/wording),
so that a season's first day is wrong only where the instant lies that near to midnight.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from math import radians, sin
from typing import Final

J2000: Final = datetime(2000, 1, 1, 12, tzinfo=UTC)
YEAR_S: Final = 365.25 * 86400
# Degrees: amplitude, phase at J2000, motion in a Julian year.
_TERMS: Final = (
    (1.9146, 357.538, 359.991),
    (0.0200, 355.05, 719.981),
    (0.0048, 234.95, 19.341),
    (0.0020, 247.1, 329.640),
    (0.0018, 297.8, 4452.67),
    (0.0018, 251.3, 0.20),
    (0.0015, 343.2, 450.37),
    (0.0013, 81.4, 225.18),
    (0.0008, 132.5, 659.29),
    (0.0007, 153.3, 90.38),
    (0.0007, 206.8, 30.35),
    (0.0006, 29.8, 337.18),
    (0.0005, 207.4, 1.50),
    (0.0005, 291.2, 22.81),
    (0.0004, 234.9, 315.56),
    (0.0004, 157.3, 299.30),
    (0.0004, 21.1, 720.02),
    (0.0003, 352.5, 1079.97),
    (0.0003, 329.7, 44.43),
)
# The equation of the centre grows weaker by this much, degrees in a year.
_FADING: Final = -0.00005
# Terrestrial time ahead of UTC: 69 s in 2020, changing by well under a second a year.
_AHEAD: Final = timedelta(seconds=69)


def solar_longitude(at: datetime) -> float:
    """Apparent ecliptic longitude of the sun, degrees, 0 at the spring equinox, below 360.

    Args:
        at: aware.
    """
    years = (at + _AHEAD - J2000).total_seconds() / YEAR_S
    (first, phase, motion), *others = _TERMS
    longitude = 280.4603 + 360.00769 * years
    longitude += (first + _FADING * years) * sin(radians(phase + motion * years))
    longitude += sum(size * sin(radians(begin + speed * years)) for size, begin, speed in others)
    return longitude % 360


def longitude_at_end_of(day: date, *, tz: tzinfo) -> float:
    """The sun's longitude when the local day is over, degrees.

    What has begun by then has begun on this day or before it.
    """
    return solar_longitude(datetime.combine(day + timedelta(days=1), time(), tzinfo=tz))
