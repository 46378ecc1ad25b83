"""The list of everything that is emulated; what is not in it answers 501."""

from collections.abc import Iterator

from .access import Access
from .account import Account
from .contents import Contents
from .linking import DIALOG, Linking
from .menu_links import MenuLinks
from .menus import RichMenus
from .operations import Operation
from .rates import Rate
from .sending import Sending

_PER_HOUR_100 = Rate(requests=100, seconds=3600)
_PER_HOUR_60 = Rate(requests=60, seconds=3600)
_PER_MINUTE_1000 = Rate(requests=1000, seconds=60)
_MESSAGE = "/v2/bot/message"
_MENU = "/v2/bot/richmenu"
_USER = "/v2/bot/user"


def sending_endpoints(sending: Sending) -> Iterator[Operation]:
    """Messages out."""
    yield Operation(
        name="push",
        method="POST",
        path=f"{_MESSAGE}/push",
        handler=sending.push,
        retry_key=True,
    )
    yield Operation(
        name="multicast",
        method="POST",
        path=f"{_MESSAGE}/multicast",
        handler=sending.multicast,
        retry_key=True,
        rate=Rate(requests=200),
    )
    yield Operation(name="reply", method="POST", path=f"{_MESSAGE}/reply", handler=sending.reply)
    for kind in ("push", "multicast", "reply", "narrowcast", "broadcast"):
        yield Operation(
            name="validate",
            method="POST",
            path=f"{_MESSAGE}/validate/{kind}",
            handler=sending.validate,
        )


def account_endpoints(account: Account) -> Iterator[Operation]:
    """The account, its friends, its webhook."""
    get, post = "GET", "POST"
    webhook = "/v2/bot/channel/webhook"
    for name, method, path, handler in (
        ("bot_info", get, "/v2/bot/info", account.info),
        ("profile", get, "/v2/bot/profile/{userId}", account.profile),
        ("followers", get, "/v2/bot/followers/ids", account.followers),
        ("quota", get, f"{_MESSAGE}/quota", account.quota_limit),
        ("consumption", get, f"{_MESSAGE}/quota/consumption", account.quota_used),
        ("mark_as_read", post, "/v2/bot/chat/markAsRead", account.mark_as_read),
    ):
        yield Operation(name=name, method=method, path=path, handler=handler)
    yield Operation(
        name="loading",
        method=post,
        path="/v2/bot/chat/loading/start",
        handler=account.start_loading,
        rate=Rate(requests=100),
    )
    for name, method, handler in (
        ("webhook.get", get, account.get_endpoint),
        ("webhook.set", "PUT", account.set_endpoint),
    ):
        yield Operation(
            name=name,
            method=method,
            path=f"{webhook}/endpoint",
            handler=handler,
            rate=_PER_MINUTE_1000,
        )
    yield Operation(
        name="webhook.test",
        method=post,
        path=f"{webhook}/test",
        handler=account.test_endpoint,
        rate=_PER_HOUR_60,
    )


def content_endpoints(contents: Contents) -> Iterator[Operation]:
    """What people sent, on the data host."""
    content = f"{_MESSAGE}/{{messageId}}/content"
    yield Operation(
        name="content",
        method="GET",
        path=content,
        handler=lambda request: contents.fetch(request.path["messageId"]),
    )
    yield Operation(
        name="content.preview",
        method="GET",
        path=f"{content}/preview",
        handler=lambda request: contents.preview(request.path["messageId"]),
    )
    yield Operation(
        name="content.transcoding",
        method="GET",
        path=f"{content}/transcoding",
        handler=lambda request: contents.transcoding(request.path["messageId"]),
    )


def menu_endpoints(menus: RichMenus, links: MenuLinks) -> Iterator[Operation]:
    """Rich menus. Fixed paths come first: `list` is no rich menu id."""
    alias = f"{_MENU}/alias"
    one_alias = f"{alias}/{{richMenuAliasId}}"
    for name, method, path, handler, rate in (
        ("create", "POST", _MENU, menus.create, _PER_HOUR_100),
        ("validate", "POST", f"{_MENU}/validate", menus.validate, Rate(requests=2000)),
        ("list", "GET", f"{_MENU}/list", menus.all, Rate(requests=10)),
        ("delete", "DELETE", f"{_MENU}/{{richMenuId}}", menus.delete, _PER_HOUR_100),
        ("alias.delete", "DELETE", one_alias, links.delete_alias, _PER_HOUR_100),
    ):
        yield Operation(
            name=f"richmenu.{name}", method=method, path=path, handler=handler, rate=rate
        )
    for name, method, path, handler in (
        ("get", "GET", f"{_MENU}/{{richMenuId}}", menus.one),
        ("image.set", "POST", f"{_MENU}/{{richMenuId}}/content", menus.set_image),
        ("image.get", "GET", f"{_MENU}/{{richMenuId}}/content", menus.image),
        ("default.get", "GET", f"{_USER}/all/richmenu", links.get_default),
        ("default.clear", "DELETE", f"{_USER}/all/richmenu", links.clear_default),
        ("default.set", "POST", f"{_USER}/all/richmenu/{{richMenuId}}", links.set_default),
        ("of_user", "GET", f"{_USER}/{{userId}}/richmenu", links.of_person),
        ("unlink", "DELETE", f"{_USER}/{{userId}}/richmenu", links.unlink),
        ("link", "POST", f"{_USER}/{{userId}}/richmenu/{{richMenuId}}", links.link),
        ("bulk.link", "POST", f"{_MENU}/bulk/link", links.bulk_link),
        ("bulk.unlink", "POST", f"{_MENU}/bulk/unlink", links.bulk_unlink),
        ("alias.create", "POST", alias, links.create_alias),
        ("alias.list", "GET", f"{alias}/list", links.all_aliases),
        ("alias.get", "GET", one_alias, links.get_alias),
        ("alias.update", "POST", one_alias, links.update_alias),
    ):
        yield Operation(name=f"richmenu.{name}", method=method, path=path, handler=handler)


def access_endpoints(access: Access, linking: Linking) -> Iterator[Operation]:
    """Tokens, and the account link dialog (a page of LINE's, so without a bearer token)."""
    yield Operation(
        name="link_token",
        method="POST",
        path=f"{_USER}/{{userId}}/linkToken",
        handler=linking.issue,
    )
    yield Operation(
        name="link_dialog", method="GET", path=DIALOG, handler=linking.dialog, bearer=False
    )
    for name, method, path, handler in (
        ("token", "POST", "/oauth2/v3/token", access.issue_stateless),
        ("token.verify", "GET", "/oauth2/v2.1/verify", access.verify_stateless),
        ("token.verify", "POST", "/v2/oauth/verify", access.verify_long_lived),
        ("token.revoke", "POST", "/v2/oauth/revoke", access.revoke_long_lived),
    ):
        yield Operation(name=name, method=method, path=path, handler=handler, bearer=False)
