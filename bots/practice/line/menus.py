"""Rich menus: made, pictured, shown to everyone or to one person (REF §Rich menu)."""

from dataclasses import dataclass
from typing import Any

from .answers import Answer, LineRefusal
from .ids import IdMaker
from .menu_shapes import LEAST_RATIO, RICH_MENU
from .people import People, Person
from .pictures import size_in_pixels
from .request import Request
from .rules import MUST_BE_SPECIFIED, check
from .thread import Button, label_of

MOST_IMAGE_BYTES = 1024 * 1024
MOST_MENUS = 1000


@dataclass(kw_only=True, slots=True)
class Menu:
    """One rich menu; without an image it cannot be shown."""

    menu_id: str
    menu: dict[str, Any]
    image: bytes | None = None
    image_type: str = ""

    def as_json(self) -> dict[str, Any]:
        """As the API gives it back."""
        return {"richMenuId": self.menu_id, **self.menu}


def no_such_menu(message: str = "Not found") -> LineRefusal:
    """404 for a rich menu that is not there."""
    return LineRefusal(404, message=message)


class RichMenus:
    """The menus of the channel; aliases and links to people are in `menu_links`."""

    def __init__(self, *, ids: IdMaker, people: People) -> None:
        self._ids = ids
        self._people = people
        self.kept: dict[str, Menu] = {}
        self.aliases: dict[str, str] = {}
        self.default: str | None = None

    def create(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu."""
        body = request.json()
        check(RICH_MENU, body, missing=MUST_BE_SPECIFIED)
        if len(self.kept) >= MOST_MENUS:
            raise LineRefusal(400, message="The maximum number of rich menus has been reached")
        menu_id = self._ids.rich_menu_id()
        self.kept[menu_id] = Menu(menu_id=menu_id, menu=body)
        return Answer(body={"richMenuId": menu_id})

    def validate(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/validate."""
        check(RICH_MENU, request.json(), missing=MUST_BE_SPECIFIED)
        return Answer()

    def all(self, request: Request) -> Answer:
        """GET /v2/bot/richmenu/list."""
        return Answer(body={"richmenus": [menu.as_json() for menu in self.kept.values()]})

    def one(self, request: Request) -> Answer:
        """GET /v2/bot/richmenu/{richMenuId}."""
        return Answer(body=self.found(request).as_json())

    def delete(self, request: Request) -> Answer:
        """DELETE /v2/bot/richmenu/{richMenuId}; it vanishes from every phone."""
        menu_id = self.found(request).menu_id
        del self.kept[menu_id]
        if self.default == menu_id:
            self.default = None
        for person in self._people:
            if person.rich_menu_id == menu_id:
                person.rich_menu_id = None
        return Answer()

    def set_image(self, request: Request) -> Answer:
        """POST /v2/bot/richmenu/{richMenuId}/content."""
        menu = self.found(request)
        if request.content_type not in ("image/png", "image/jpeg"):
            raise LineRefusal(
                415, message=f"The content type, {request.content_type or '-'}, is not supported"
            )
        if menu.image is not None:
            raise LineRefusal(400, message="An image has already been uploaded to the richmenu")
        if not _fits(request.body):
            raise LineRefusal(400, message="The image size is not allowed for richmenu")
        menu.image, menu.image_type = request.body, request.content_type
        return Answer()

    def image(self, request: Request) -> Answer:
        """GET /v2/bot/richmenu/{richMenuId}/content."""
        menu = self.found(request)
        if menu.image is None:
            raise no_such_menu()
        return Answer(body=menu.image, content_type=menu.image_type)

    def found(self, request: Request) -> Menu:
        """The menu that the path names."""
        menu = self.kept.get(request.path["richMenuId"])
        if menu is None:
            raise no_such_menu()
        return menu

    def shown_to(self, person: Person) -> Menu | None:
        """The menu this person sees: their own before the default one."""
        if person.blocked or person.deleted or not person.friend:
            return None
        return self.kept.get(person.rich_menu_id or self.default or "")

    def buttons(self, person: Person) -> tuple[Button, ...]:
        """The areas that can be pressed, in the order in which they were given."""
        menu = self.shown_to(person)
        if menu is None:
            return ()
        actions = [area["action"] for area in menu.menu["areas"]]
        return tuple(
            Button(label=label_of(action), action=action) for action in actions if label_of(action)
        )

    def switch(self, person: Person, alias: str) -> bool:
        """A rich menu switch action; False when the alias leads nowhere."""
        menu = self.kept.get(self.aliases.get(alias, ""))
        if menu is None or menu.image is None:
            return False
        person.rich_menu_id = menu.menu_id
        return True


def _fits(image: bytes) -> bool:
    """PNG or JPEG, at most 1 MB, 800 to 2500 wide, 250 or more high, wide enough for its height."""
    size = size_in_pixels(image)
    if size is None or len(image) > MOST_IMAGE_BYTES:
        return False
    width, height = size
    return 800 <= width <= 2500 and height >= 250 and width / height >= LEAST_RATIO
