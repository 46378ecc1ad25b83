"""What every part of a town file has in common."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """A part of the file; unknown fields are refused."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        str_strip_whitespace=True,
        use_attribute_docstrings=True,
    )
