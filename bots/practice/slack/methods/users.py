"""auth.test, api.test, users.*, usergroups.*, dnd.info, apps.connections.open."""

from bots.practice.slack.carriage import Arguments
from bots.practice.slack.methods.calling import Method, page
from bots.practice.slack.methods.conversations import wanted
from bots.practice.slack.model import Json, SlackRefused
from bots.practice.slack.platform import Platform
from bots.practice.slack.wire import conversation_wire, user_wire


def _auth_test(platform: Platform, arguments: Arguments) -> Json:
    workspace = platform.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team_name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def _api_test(platform: Platform, arguments: Arguments) -> Json:
    error = arguments.word("error")
    if error:
        raise SlackRefused(error, more={"args": arguments.given})
    return {"args": arguments.given}


def _email_allowed(platform: Platform) -> bool:
    return "users:read.email" in platform.installation.scopes


def _info(platform: Platform, arguments: Arguments) -> Json:
    person = platform.workspace.person(arguments.need("user"))
    locale = arguments.flag("include_locale")
    email = _email_allowed(platform)
    return {"user": user_wire(platform.workspace, person, locale=locale, email=email)}


def _list(platform: Platform, arguments: Arguments) -> Json:
    workspace = platform.workspace
    everyone = [p for p in workspace.people.values() if not p.stranger]
    people, more = page(everyone, arguments, default=1000)
    locale, email = arguments.flag("include_locale"), _email_allowed(platform)
    return {
        "members": [user_wire(workspace, p, locale=locale, email=email) for p in people],
        "cache_ts": int(workspace.clock.now().timestamp()),
        "response_metadata": more,
    }


def _lookup(platform: Platform, arguments: Arguments) -> Json:
    email = arguments.need("email").lower()
    for person in platform.workspace.people.values():
        if person.email.lower() == email and not person.deleted and not person.stranger:
            return {"user": user_wire(platform.workspace, person, email=True)}
    raise SlackRefused("users_not_found")


def _conversations(platform: Platform, arguments: Arguments) -> Json:
    user = arguments.word("user") or platform.workspace.bot.id
    platform.workspace.person(user)
    found = [c for c in wanted(platform, arguments) if user in c.members]
    shown, more = page(found, arguments, default=100)
    return {
        "channels": [conversation_wire(platform.workspace, c) for c in shown],
        "response_metadata": more,
    }


def _usergroups(platform: Platform, arguments: Arguments) -> Json:
    listed = []
    for group in platform.workspace.usergroups.values():
        wire: Json = {
            "id": group.id,
            "team_id": platform.workspace.team_id,
            "is_usergroup": True,
            "name": group.name,
            "description": "",
            "handle": group.handle,
            "is_external": False,
            "date_create": 1_700_000_000,
            "date_update": 1_700_000_000,
            "date_delete": 0,
            "created_by": platform.workspace.bot.id,
            "updated_by": platform.workspace.bot.id,
            "prefs": {"channels": [], "groups": []},
        }
        if arguments.flag("include_users"):
            wire["users"] = group.users
        if arguments.flag("include_count"):
            wire["user_count"] = len(group.users)
        listed.append(wire)
    return {"usergroups": listed}


def _usergroup_users(platform: Platform, arguments: Arguments) -> Json:
    group = platform.workspace.usergroups.get(arguments.need("usergroup"))
    if group is None:
        raise SlackRefused("no_such_subteam")
    return {"users": group.users}


def _dnd(platform: Platform, arguments: Arguments) -> Json:
    person = platform.workspace.person(arguments.word("user") or platform.workspace.bot.id)
    if person.dnd_until is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    now = int(platform.workspace.clock.now().timestamp())
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": now,
        "next_dnd_end_ts": int(person.dnd_until),
    }


def _connect(platform: Platform, arguments: Arguments) -> Json:
    ticket = platform.sockets.issue_ticket()
    socket = platform.public_url.replace("http", "ws", 1)
    return {"url": f"{socket}/socket?ticket={ticket}&app_id={platform.workspace.app_id}"}


METHODS = {
    "auth.test": Method(_auth_test, token="any"),
    "api.test": Method(_api_test, token="none"),
    "users.info": Method(_info, required=("user",)),
    "users.list": Method(_list),
    "users.lookupByEmail": Method(_lookup, required=("email",)),
    "users.conversations": Method(_conversations),
    "usergroups.list": Method(_usergroups),
    "usergroups.users.list": Method(_usergroup_users, required=("usergroup",)),
    "dnd.info": Method(_dnd),
    "apps.connections.open": Method(_connect, token="app"),
}
