"""Which rich menu stands where: the default, one person's own, many at once, aliases."""

from .answers import Answer, LineRefusal, body_errors, invalid_property
from .ids import USER_ID
from .menu_shapes import BULK_LINK, BULK_UNLINK, CREATE_ALIAS, UPDATE_ALIAS
from .menus import Menu, RichMenus, no_such_menu
from .people import People, Person
from .request import Request
from .rules import check

MOST_ALIASES = 1000


class MenuLinks:
    """Links menus to people and names to menus."""

    def __init__(self, *, menus: RichMenus, people: People) -> None:
        self._menus = menus
        self._people = people

    def set_default(self, request: Request) -> Answer:
        """POST /v2/bot/user/all/richmenu/{richMenuId}."""
        self._menus.default = _pictured(self._menus.found(request)).menu_id
        return Answer()

    def get_default(self, request: Request) -> Answer:
        """GET /v2/bot/user/all/richmenu."""
        if self._menus.default is None:
            raise LineRefusal(404, message="no default richmenu", details=[])
        return Answer(body={"richMenuId": self._menus.default})

    def clear_default(self, request: Request) -> Answer:
        """DELETE /v2/bot/user/all/richmenu."""
        self._menus.default = None
        return Answer()

    def link(self, request: Request) -> Answer:
        """POST /v2/bot/user/{userId}/richmenu/{richMenuId}; 200 also for a blocked person."""
        person = self._person(request)
        person.rich_menu_id = _pictured(self._menus.found(request)).menu_id
        return Answer()

    def unlink(self, request: Request) -> Answer:
        """DELETE /v2/bot/user/{userId}/richmenu."""
        self._person(request).rich_menu_id = None
        return Answer()

    def of_person(self, request: Request) -> Answer:
        """GET /v2/bot/user/{userId}/richmenu."""
        menu_id = self._person(request).rich_menu_id
        if menu_id is None:
            raise LineRefusal(404, message="the user has no richmenu", details=[])
        return Answer(body={"richMenuId": menu_id})

    def bulk_link(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/bulk/link: 202, done in the background at LINE, at once here."""
        body = request.json()
        check(BULK_LINK, body)
        persons = self._persons(body["userIds"])
        _refuse_no_id(body["richMenuId"])
        menu = self._menus.kept.get(body["richMenuId"])
        if menu is None:
            raise LineRefusal(404, message="richmenu not found", details=[])
        _pictured(menu)
        for person in persons:
            person.rich_menu_id = menu.menu_id
        return Answer(status=202)

    def bulk_unlink(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/bulk/unlink."""
        body = request.json()
        check(BULK_UNLINK, body)
        for person in self._persons(body["userIds"]):
            person.rich_menu_id = None
        return Answer(status=202)

    def create_alias(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/alias."""
        body = request.json()
        check(CREATE_ALIAS, body)
        if body["richMenuAliasId"] in self._menus.aliases:
            raise LineRefusal(400, message="conflict richmenu alias id", details=[])
        if len(self._menus.aliases) >= MOST_ALIASES:
            raise LineRefusal(400, message="The maximum number of aliases has been reached")
        self._refuse_bare(body["richMenuId"])
        self._menus.aliases[body["richMenuAliasId"]] = body["richMenuId"]
        return Answer()

    def update_alias(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/alias/{richMenuAliasId}."""
        alias = self._alias(request)
        body = request.json()
        check(UPDATE_ALIAS, body)
        self._refuse_bare(body["richMenuId"])
        self._menus.aliases[alias] = body["richMenuId"]
        return Answer()

    def get_alias(self, request: Request) -> Answer:
        """GET /v2/bot/richmenu/alias/{richMenuAliasId}."""
        alias = self._alias(request)
        return Answer(body=self._alias_json(alias))

    def all_aliases(self, request: Request) -> Answer:
        """GET /v2/bot/richmenu/alias/list."""
        return Answer(body={"aliases": [self._alias_json(name) for name in self._menus.aliases]})

    def delete_alias(self, request: Request) -> Answer:
        """DELETE /v2/bot/richmenu/alias/{richMenuAliasId}."""
        del self._menus.aliases[self._alias(request)]
        return Answer()

    def _alias_json(self, alias: str) -> dict[str, str]:
        return {"richMenuAliasId": alias, "richMenuId": self._menus.aliases[alias]}

    def _alias(self, request: Request) -> str:
        alias = request.path["richMenuAliasId"]
        if alias not in self._menus.aliases:
            raise LineRefusal(404, message="richmenu alias not found", details=[])
        return alias

    def _refuse_bare(self, menu_id: str) -> None:
        """An alias may only name a menu that exists and has its image."""
        _refuse_no_id(menu_id)
        menu = self._menus.kept.get(menu_id)
        if menu is None or menu.image is None:
            raise LineRefusal(400, message="richmenu not found", details=[])

    def _person(self, request: Request) -> Person:
        user_id = request.path["userId"]
        if not USER_ID.fullmatch(user_id):
            raise LineRefusal(400, message="The value for the 'userId' parameter is invalid")
        person = self._people.with_id(user_id)
        if person is None:
            raise no_such_menu()
        return person

    def _persons(self, user_ids: list[str]) -> list[Person]:
        found = []
        for position, user_id in enumerate(user_ids):
            person = self._people.with_id(user_id)
            if person is None:
                raise invalid_property(f"'userIds[{position}]'")
            found.append(person)
        return found


def _refuse_no_id(menu_id: str) -> None:
    """400 for what cannot be the id of a rich menu at all."""
    if not menu_id.startswith("richmenu-"):
        raise body_errors(("invalid richMenuId", "richMenuId"))


def _pictured(menu: Menu) -> Menu:
    if menu.image is None:
        raise LineRefusal(
            400, message="must upload richmenu image before applying it to user", details=[]
        )
    return menu
