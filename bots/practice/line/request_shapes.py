"""What the bodies of the emulated endpoints may be."""

import re

from .message_shapes import MESSAGE
from .rules import Flag, Items, Number, Shape, Text

_MESSAGES = Items(required=True, of=MESSAGE, least=1, most=5)
_UNITS = Items(of=Text(pattern=re.compile(r"[a-zA-Z0-9_]{1,30}")), most=1)

REPLY = Shape(
    fields={
        "replyToken": Text(required=True, least=1),
        "messages": _MESSAGES,
        "notificationDisabled": Flag(),
    }
)
PUSH = Shape(
    fields={
        "to": Text(required=True, least=1),
        "messages": _MESSAGES,
        "notificationDisabled": Flag(),
        "customAggregationUnits": _UNITS,
    }
)
MULTICAST = Shape(
    fields={
        "to": Items(required=True, of=Text(least=1), least=1, most=500),
        "messages": _MESSAGES,
        "notificationDisabled": Flag(),
        "customAggregationUnits": _UNITS,
    }
)
VALIDATE = Shape(fields={"messages": _MESSAGES})
LOADING = Shape(
    fields={
        "chatId": Text(required=True, least=1),
        "loadingSeconds": Number(least=5, most=60, step=5),
    }
)
MARK_AS_READ = Shape(fields={"markAsReadToken": Text(required=True, least=1)})
WEBHOOK_ENDPOINT = Shape(fields={"endpoint": Text(required=True, least=1)})
WEBHOOK_TEST = Shape(fields={"endpoint": Text(least=1)})
