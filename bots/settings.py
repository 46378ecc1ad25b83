"""The only reader of the environment: one frozen object, checked whole before anything starts."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.line_modes import LineMode

LINE_API: Final = "https://api.line.me"
SLACK_API: Final = "https://slack.com/api/"
SHORTEST_KEY: Final = 32


class FreeText(StrEnum):
    """How much staff may type into Slack."""

    OFF = "OFF"
    SHORT = "SHORT"
    LINK_ONLY = "LINK_ONLY"


class SettingsWrong(Exception):
    """Settings are missing or wrong.

    Attributes:
        problems: one line for each, beginning with the setting's name.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Settings(BaseSettings):
    """Every setting; names are promises (docs/settings.md)."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: str = Field("sqlite:///data/yorisoi.db", alias="YORISOI_DATABASE_URL")
    public_url: str = Field("http://127.0.0.1:8000", alias="YORISOI_PUBLIC_URL")
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field((), alias="YORISOI_SECRET_KEYS")
    timezone: str = Field("Asia/Tokyo", alias="YORISOI_TIMEZONE")
    municipality: str = Field("midori", alias="YORISOI_MUNICIPALITY")
    retention_years: int | None = Field(None, alias="YORISOI_RETENTION_YEARS", ge=1, le=100)

    line_channel_secret: SecretStr = Field(SecretStr(""), alias="LINE_CHANNEL_SECRET")
    line_access_token: SecretStr = Field(SecretStr(""), alias="LINE_CHANNEL_ACCESS_TOKEN")
    line_api_base: str = Field(LINE_API, alias="LINE_API_BASE")
    line_mode: LineMode = Field(LineMode.ENTRANCE_LINK, alias="LINE_MODE")

    slack_bot_token: SecretStr = Field(SecretStr(""), alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr = Field(SecretStr(""), alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr = Field(SecretStr(""), alias="SLACK_APP_TOKEN")
    slack_api_base: str = Field(SLACK_API, alias="SLACK_API_BASE")
    slack_free_text: FreeText = Field(FreeText.LINK_ONLY, alias="SLACK_FREE_TEXT")

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        return tuple(filter(None, value.split(","))) if isinstance(value, str) else value

    @field_validator("secret_keys")
    @classmethod
    def _keys_are_long(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for position, key in enumerate(keys, start=1):
            if len(key.get_secret_value().strip()) < SHORTEST_KEY:
                raise ValueError(
                    f"key {position} is too short: use at least {SHORTEST_KEY} random characters"
                )
        return keys

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"there is no time zone {name!r}") from error
        return name

    @field_validator("line_api_base")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("slack_api_base")
    @classmethod
    def _one_slash(cls, value: str) -> str:
        return value.rstrip("/") + "/"

    @property
    def tz(self) -> ZoneInfo:
        """The zone in which local days are counted."""
        return ZoneInfo(self.timezone)

    @property
    def municipality_code(self) -> str:
        """The town's short name, also when the setting names a file."""
        return Path(self.municipality).stem

    def keys(self) -> tuple[str, ...]:
        """The master keys, newest first."""
        return tuple(key.get_secret_value().strip() for key in self.secret_keys)

    def require_for_serving(self) -> Self:
        """These settings, if the product can serve with them.

        Raises:
            SettingsWrong: naming every setting that is missing.
        """
        needed = {
            "YORISOI_SECRET_KEYS": bool(self.secret_keys),
            "LINE_CHANNEL_SECRET": bool(self.line_channel_secret.get_secret_value()),
            "LINE_CHANNEL_ACCESS_TOKEN": bool(self.line_access_token.get_secret_value()),
            "SLACK_BOT_TOKEN": bool(self.slack_bot_token.get_secret_value()),
            "SLACK_SIGNING_SECRET": bool(self.slack_signing_secret.get_secret_value()),
        }
        missing = [f"{name}: not set" for name, there in needed.items() if not there]
        if missing:
            raise SettingsWrong(missing)
        return self

    def require_for_records(self) -> Self:
        """These settings, if the record can be opened with them.

        Raises:
            SettingsWrong: the keys are missing.
        """
        if not self.secret_keys:
            raise SettingsWrong(["YORISOI_SECRET_KEYS: not set"])
        return self


def read_settings() -> Settings:
    """The settings from the environment and `.env`.

    Raises:
        SettingsWrong: naming every setting that is wrong, without its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = [
            f"{item['loc'][0] if item['loc'] else 'settings'}: {item['msg']}"
            for item in error.errors(include_input=False)
        ]
        raise SettingsWrong(problems) from None
