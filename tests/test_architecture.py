"""docs/architecture.md and its picture are those of the table of floors and rooms; `make docs` renews them."""

from tests.architecture import PAGE, PICTURE, page
from tests.test_house import FLOORS


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page()


def test_the_picture_shows_every_room() -> None:
    shown = PICTURE.read_text("utf-8")

    assert [
        f"{floor}.{room}" for floor in FLOORS for room in FLOORS[floor] if f"<title>{floor}.{room}</title>" not in shown
    ] == []
