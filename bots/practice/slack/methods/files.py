"""files.*ExternalUpload: announce, upload, complete."""

from typing import Any

from bots.practice.slack.carriage import Arguments
from bots.practice.slack.messages import Content
from bots.practice.slack.methods.calling import Method
from bots.practice.slack.model import Json, SlackRefused
from bots.practice.slack.platform import Platform, Upload, writable

CHANNELS_MOST = 100


def _announce(platform: Platform, arguments: Arguments) -> Json:
    length = arguments.number("length")
    if length is None or length < 1:
        raise SlackRefused("invalid_arguments", messages=["must be greater than 0"])
    upload = Upload(platform.workspace.make_id("F"), arguments.need("filename"), length)
    platform.uploads[upload.id] = upload
    return {"upload_url": f"{platform.public_url}/files/{upload.id}", "file_id": upload.id}


def _complete(platform: Platform, arguments: Arguments) -> Json:
    given = arguments.given["files"]
    if not isinstance(given, list) or not given:
        raise SlackRefused("invalid_arguments", messages=["must be an array [json-pointer:/files]"])
    uploads = [(_received(platform, entry), entry) for entry in given]
    channels = arguments.names("channels") or arguments.names("channel_id")
    if len(channels) > CHANNELS_MOST:
        raise SlackRefused("too_many_channels")
    files = [_wire(platform, upload, entry, channels) for upload, entry in uploads]
    for channel in channels:
        conversation = platform.workspace.visible_to_app(channel)
        writable(platform, conversation)
        message = platform.messages.post(
            conversation,
            Content(arguments.text("initial_comment"), [], []),
            author=platform.workspace.bot.id,
            thread_ts=arguments.word("thread_ts"),
        )
        message.files = files
    for upload, _ in uploads:
        upload.completed = True
    return {"files": files}


def _received(platform: Platform, entry: Any) -> Upload:
    file_id = entry.get("id") if isinstance(entry, dict) else None
    upload = platform.uploads.get(str(file_id))
    if upload is None or upload.received is None:
        raise SlackRefused("file_not_found")
    if upload.completed:
        raise SlackRefused("file_already_completed")
    return upload


def _wire(platform: Platform, upload: Upload, entry: Json, channels: list[str]) -> Json:
    title = str(entry.get("title") or upload.filename)
    now = int(platform.workspace.clock.now().timestamp())
    place = f"https://files.slack.com/files-pri/{platform.workspace.team_id}-{upload.id}"
    return {
        "id": upload.id,
        "created": now,
        "timestamp": now,
        "name": upload.filename,
        "title": title,
        "size": upload.length,
        "user": platform.workspace.bot.id,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "channels": [],
        "groups": channels,
        "ims": [],
        "url_private": f"{place}/{upload.filename}",
    }


METHODS = {
    "files.getUploadURLExternal": Method(_announce, required=("filename", "length")),
    "files.completeUploadExternal": Method(_complete, required=("files",)),
}
