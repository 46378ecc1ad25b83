"""A LINE to practise with: it refuses what LINE refuses, and fails loudly at what it lacks.

One origin serves api.line.me, api-data.line.me and the OAuth paths (`LineEmulator.app`). The
people at the other end are `LineEmulator.phones`; what left for LINE is `LineEmulator.record`.

Operation names for the fault switch (globs work, `richmenu.*`):
    push, multicast, reply, validate, profile, followers, quota, consumption, bot_info, loading,
    mark_as_read, content, content.preview, content.transcoding, link_token, link_dialog,
    token, token.verify, token.revoke, webhook.get, webhook.set, webhook.test,
    richmenu.create, .validate, .list, .get, .delete, .image.set, .image.get, .default.set,
    .default.get, .default.clear, .link, .unlink, .of_user, .bulk.link, .bulk.unlink,
    .alias.create, .alias.get, .alias.list, .alias.update, .alias.delete

How a `Fault` plays: `delay_s` waits first. `status` alone answers so and accepts nothing.
`drop="before"` closes the connection and accepts nothing, `drop="after"` accepts first. `status`
with `drop="after"` accepts and then answers with that status: LINE's 5xx that was delivered all
the same, or (status 200 with an HTML body) an answer no client can read.

What is not emulated answers 501, names method and path, and stands in `LineEmulator.unemulated`.
"""

from .access import CHANNEL_ID
from .emulator import LineEmulator, Phones
from .phone import Phone
from .screen import PhoneScreen
from .sending import Accepted
from .webhooks import Delivery, WebhookPlan

__all__ = [
    "CHANNEL_ID",
    "Accepted",
    "Delivery",
    "LineEmulator",
    "Phone",
    "PhoneScreen",
    "Phones",
    "WebhookPlan",
]
