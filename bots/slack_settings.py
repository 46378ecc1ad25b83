"""What the Slack front goes by, out of the settings and the town's profile."""

from bots.i18n.names import names_of
from bots.settings import Settings
from bots.slack.means import SlackSettings
from bots.wordbook import shipped_library
from core.municipal_profiles.duties import reading_hours
from core.municipal_profiles.profile import MunicipalProfile


def slack_settings(settings: Settings, profile: MunicipalProfile, *, gap_s: float) -> SlackSettings:
    """`gap_s`: least seconds between two messages to one Slack conversation."""
    return SlackSettings(
        bot_token=settings.slack_bot_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value() or None,
        api_base=settings.slack_api_base,
        free_text=settings.slack_free_text.value,
        public_url=settings.public_url,
        post_gap_s=gap_s,
        names=names_of(profile),
        hours=reading_hours(profile),
        library=shipped_library(),
    )
