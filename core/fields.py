"""分野: the fields of welfare that an issue can belong to (DOMAIN §2.9)."""

import enum


class Field(enum.StrEnum):
    """Codes of the fields; the first four are those of comprehensive consultation (S0 第3-1)."""

    ELDER = "ELDER"
    DISABILITY = "DISABILITY"
    CHILD = "CHILD"
    POVERTY = "POVERTY"
    FOREIGN = "FOREIGN"
    PUBLIC_ASSIST = "PUBLIC_ASSIST"
    HEALTH = "HEALTH"
    LABOR = "LABOR"
    EDU = "EDU"
    HOUSING = "HOUSING"
    JUSTICE = "JUSTICE"
    CONSUMER = "CONSUMER"
    YOUTH = "YOUTH"
    PENSION = "PENSION"
    SUICIDE = "SUICIDE"
    RIGHTS = "RIGHTS"
    REGION = "REGION"
    AGRI = "AGRI"
    DISASTER = "DISASTER"
    ISOLATION = "ISOLATION"
