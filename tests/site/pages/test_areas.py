"""Partners located in an area, and partners that serve it from elsewhere."""

from dataclasses import replace

from guidegen.model.areas import find_areas_at, sort_innermost_first
from guidegen.model.location import Address, Location
from guidegen.model.service import ServiceArea
from guidegen.model.settings import Area, Settings
from guidegen.site.pages import areas
from tests import make

NORTH = Area("North", cities=("Millbrook", "Eastfield"))
SETTINGS = Settings(
    make.text("Guide"), "https://guide.example.org/", ("en",), areas=(NORTH, Area("Valley", cities=("Eastfield",)))
)


def place(town: str) -> tuple[Location, ...]:
    return (Location("main", address=Address(city=town)),)


def serving(*names: str) -> object:
    return replace(make.service(), serves=ServiceArea(names=names))


def test_a_town_may_belong_to_several_areas() -> None:
    assert find_areas_at((*place("Eastfield"), *place("Millbrook"), *place("Elsewhere")), SETTINGS.areas) == ("North", "Valley")
    assert find_areas_at((), SETTINGS.areas) == ()
    assert find_areas_at(place("Valley"), (Area("Valley"),)) == ("Valley",)


def test_a_town_comes_before_the_county_around_it() -> None:
    county, town = Area("Valley County", kind="county"), Area("Eastfield", kind="town", part_of=("Valley County",))
    quarter, other = Area("Mill Hill", part_of=("Eastfield",)), Area("Millbrook", part_of=("Valley County",))

    assert sort_innermost_first((county, town, quarter, other)) == [quarter, town, other, county]
    assert sort_innermost_first((Area("North"), Area("Valley"))) == [Area("North"), Area("Valley")]


def test_partners_that_serve_an_area_from_elsewhere_are_listed_once_by_name() -> None:
    guide = make.guide(
        make.partner("here", name="Here", locations=place("Millbrook"), services=(serving("North"),)),
        make.partner("zebra", name="Zebra", services=(serving("Millbrook", "North"),)),
        make.partner("apple", name="Apple", services=(serving("Eastfield"),)),
        make.partner("other", name="Other", locations=place("Farville")),
        settings=SETTINGS,
    )
    pages = {page.path: page.inputs for page in areas.plan(guide, (make.language(),))}
    north = pages["en/areas/north/"]

    assert [card.name for card in north.here] == ["Here"]
    assert [card.name for card in north.serving] == ["Apple", "Zebra"]
    assert [card.name for card in pages["en/areas/farville/"].here] == ["Other"]


def test_a_location_is_in_the_areas_of_its_town_county_and_postal_code() -> None:
    county = Area("Long County", kind="county", cities=("Long County",))
    hill = Area("Hill", kind="neighborhood", part_of=("Millbrook",), postal_codes=("02101",))
    town = Area("Millbrook", kind="town", part_of=("Long County",))
    areas = (county, town, hill)

    def find_areas(**address: str) -> tuple[str, ...]:
        return find_areas_at((Location("a", address=Address(**address)),), areas)

    assert find_areas(city="St. Elsewhere", region="LONG COUNTY") == ("Long County",)
    assert find_areas(city="millbrook") == ("Long County", "Millbrook")
    assert find_areas(postal_code="02101-1234") == ("Long County", "Millbrook", "Hill")
    assert find_areas(region="Long County") == ("Long County",)
    assert find_areas(state="MA") == ()
