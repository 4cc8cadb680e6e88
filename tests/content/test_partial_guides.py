"""Partial guides: one content, several guides, such as a county's own out of a state's data."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.build.pipeline import BuildOptions
from guidegen.cli import main
from guidegen.model.problems import ContentError, GuidegenError
from tests import make

LAKE = """\
name: Lake County Guide
address: https://lake.example.org/
only: {areas: [Lake County]}
"""


def partner(name: str, *, phone: str, more: str = "", services: str = "") -> str:
    services = services or "services: [{key: pantry, types: [food], name: Pantry}]\n"
    return f'name: {name}\nsummary: Help.\nphones: [{{number: "(555) 555-{phone}"}}]\n{more}{services}'


def place(key: str, city: str, region: str = "") -> str:
    county = f", region: {region}" if region else ""
    return f'{{key: {key}, address: {{line1: 1 Main Street, city: {city}{county}, state: MA, postal_code: "00101"}}}}'


def make_state(root: Path, **guides: str) -> Path:
    """Write a state's guide: a pantry in Laketown, one in Hilltown, a hotline, an office in both, and a service for the county."""
    food = "types: [food], name"
    files = {
        "guide.yml": make.GUIDE_YML
        + "areas: [{name: Lake County, kind: county, cities: [Laketown]}, {name: Hill County, cities: [Hilltown]}]\n",
        "content/partners/lake-pantry.yml": partner(
            "Lake Pantry", phone="0101", more=f"locations: [{place('main', 'Laketown')}]\n"
        )
        + "partnership: {visibility: public, refers: {to: [hill-pantry, hotline]}}\n",
        "content/partners/hill-pantry.yml": partner(
            "Hill Pantry", phone="0102", more=f"locations: [{place('main', 'Hilltown')}]\n"
        ),
        "content/partners/hotline.yml": partner(
            "Hotline", phone="0103", services="services: [{key: line, types: [english], name: Line, attend: [phone]}]\n"
        ),
        "content/partners/offices.yml": partner(
            "Offices",
            phone="0104",
            more=f"locations: [{place('lake', 'Laketown')}, {place('hill', 'Hilltown')}]\nhours: [{{days: [mo], open: '09:00', close: '10:00', at: [hill]}}]\n",
            services=f"services: [{{key: here, {food}: Lake meals, at: [lake]}}, {{key: there, {food}: Hill meals, at: [hill]}}]\n",
        ),
        "content/partners/van.yml": partner(
            "Van", phone="0105", services=f"services: [{{key: van, {food}: Van, serves: {{names: [Lake County]}}}}]\n"
        ),
        "content/spotlights/story.md": "---\ntitle: Story\ndate: 2026-01-01\nsummary: A story.\n---\nSee [[partner:hill-pantry]] and [[partner:lake-pantry]].\n",
        **{f"guides/{name}.yml": text for name, text in guides.items()},
    }
    make.folder(root, files)
    (root / "content/partners/food-bank.yml").unlink()
    return root


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_a_county_gets_its_own_guide_out_of_a_states_content(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE)

    assert main(["build", "--root", str(root), "--guide", "lake"]) == 0

    site = root / "site-lake"
    assert sorted(entry.name for entry in (site / "en/partners").iterdir() if entry.is_dir()) == [
        "hotline",
        "lake-pantry",
        "offices",
        "van",
    ]
    assert "Lake County Guide" in read(site, "en/index.html")
    assert "https://lake.example.org/" in read(site, "sitemap.xml")
    text = "".join(file.read_text(encoding="utf-8", errors="ignore") for file in site.rglob("*") if file.is_file())
    assert "hill-pantry" not in text  # neither as a referral nor in an article
    assert "Hill Pantry" not in text
    offices = read(site, "en/partners/offices/index.html")
    assert "Lake meals" in offices
    assert "Hill meals" not in offices
    assert "Hilltown" not in offices  # nor the hours of the office that is left out
    assert "9:00" not in offices
    assert not (root / "site").exists()

    assert main(["build", "--root", str(root)]) == 0  # the whole guide, with its own cache
    assert "Hill meals" in read(root / "site", "en/partners/offices/index.html")
    assert pipeline.build(root, site, BuildOptions(part="lake")).written == 0
    pipeline.build(root, root / "elsewhere", BuildOptions("https://b.example.org/x/", part="lake"))
    assert '<link rel="canonical" href="https://b.example.org/x/en/">' in read(root / "elsewhere", "en/index.html")


def test_kinds_of_help_make_a_guide_and_urgent_numbers_stay(tmp_path: Path) -> None:
    food = "name: Food\naddress: https://food.example.org/\nonly: {types: [food]}\nlanguages: [en]\n"
    root = make_state(tmp_path, food=food)
    crisis = (
        "  - id: crisis\n    name: {en: Crisis, es: Crisis, ar: أزمة}\n    urgent: [{number: '988', name: {en: Crisis line}}]\n"
    )
    make.write(root, "content/services.yml", make.SERVICES_YML + crisis)

    pipeline.build(root, root / "out", BuildOptions(part="food"))

    assert not (root / "out/en/partners/hotline").exists()
    assert not (root / "out/es").exists()
    home = read(root / "out", "en/index.html")
    assert "988" in home
    assert "English classes" not in home


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name: A\naddress: https://a.example.org/\n", 1, "has no 'only'"),
        ("address: https://a.example.org/\nonly: {types: [food]}\n", 1, "has no 'name'"),
        ("name: A\naddress: https://guide.example.org/\nonly: {types: [food]}\n", 2, "is the address in guide.yml, too"),
        ("name: A\naddress: https://a.example.org/a?b\nonly: {types: [food]}\n", 2, "cannot be the address"),
        (LAKE.replace("Lake County]", "Lake Conty]"), 3, "'Lake Conty' is not an area"),
        (LAKE.replace("areas: [Lake County]", "types: [fod]"), 3, "'fod' is not a service type"),
        ("name: A\naddress: https://a.example.org/\nonly: {}\n", 3, "'only' names nothing"),
        (LAKE + "languages: [es, en]\n", 4, "the first language is 'es'"),
        (LAKE + "languages: [en, vi]\n", 4, "'vi' is not a language of guide.yml"),
        (LAKE + "region: CA\n", 4, "'region'"),
        (LAKE + "theme: {accent: '#000000'}\n", 4, "#000000"),
    ],
)
def test_mistakes_name_the_file_and_the_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    root = make_state(tmp_path, lake=text)

    with pytest.raises(ContentError) as caught:
        pipeline.build(root, root / "site")

    problem = caught.value.problems[0]
    assert (str(problem.path), problem.line) == ("guides/lake.yml", line)
    assert said in problem.message


def test_an_unknown_guide_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE)

    with pytest.raises(GuidegenError, match=r"there is no guides/hill\.yml; its guides are: lake"):
        pipeline.build(root, root / "site", BuildOptions(part="hill"))


def test_a_guide_of_nothing_is_a_warning(tmp_path: Path) -> None:
    text = LAKE.replace("areas: [Lake County]", "areas: [Far County], types: [food]") + "areas: [{name: Far County}]\n"
    root = make_state(tmp_path, far=text)
    for name in ("hotline", "van"):
        (root / f"content/partners/{name}.yml").unlink()

    _, problems = pipeline.load_checked_guide(root)

    assert [(str(problem.path), problem.code) for problem in problems if problem.code == "empty-guide"] == [
        ("guides/far.yml", "empty-guide")
    ]


def build_part(root: Path, **files: str) -> Path:
    """Write files into the state's folder and build the guide of the county. Return its site."""
    for name, text in files.items():
        make.write(root, f"content/partners/{name}.yml", text)
    pipeline.build(root, root / "part", BuildOptions(part="lake"))
    return root / "part"


def list_partners(site: Path) -> set[str]:
    return {entry.name for entry in (site / "en/partners").iterdir() if entry.is_dir()}


def test_a_confidential_address_does_not_decide_what_is_in_an_area(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE + "areas: [{name: Lake County, postal_codes: ['01234']}]\n")
    safe = place("main", "Bigcity").replace("00101", "01234").replace("key: main", "key: main, confidential: yes")
    open_place = place("main", "Bigcity").replace("00101", "01234")

    site = build_part(
        root,
        shelter=partner("Shelter", phone="0107", more=f"locations: [{safe}]\n"),
        clinic=partner("Clinic", phone="0108", more=f"locations: [{open_place}]\n"),
    )

    assert "clinic" in list_partners(site)
    assert "shelter" not in list_partners(site)


def test_a_profile_keeps_its_quick_exit_in_a_guide_without_the_reason(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE.replace("areas: [Lake County]", "types: [food]"))
    make.write(
        root,
        "content/services.yml",
        make.SERVICES_YML + "  - {id: danger, sensitive: yes, name: {en: Danger, es: Peligro, ar: خطر}}\n",
    )
    services = "services: [{key: a, types: [danger, food], name: A}, {key: b, types: [danger], name: B}]\n"

    site = build_part(root, house=partner("House", phone="0107", services=services))

    assert '<nav class="exit"' in read(site, "en/partners/house/index.html")
    assert "Danger" not in read(site, "en/services/index.html")


@pytest.mark.parametrize(
    "serves",
    ["names: [Massachusetts]", "names: [MA]", "names: [United States]", "names: [Lake County]", "postal_codes: ['00777']"],
)
def test_what_serves_the_state_or_the_county_is_in_the_guide_of_a_town(tmp_path: Path, serves: str) -> None:
    root = make_state(tmp_path, lake=LAKE.replace("Lake County]", "Laketown]") + "areas: [{name: Laketown}]\n")
    make.write(root, "guide.yml", (root / "guide.yml").read_text().replace("region: US\n", "region: US\nstate: MA\n"))
    here = place("main", "Laketown", "Lake County").replace("00101", "00777")
    line = "{key: line, types: [english], name: Line, attend: [phone], serves: {SERVES}}".replace("SERVES", serves)

    site = build_part(
        root,
        here=partner("Here", phone="0107", more=f"locations: [{here}]\n"),
        statewide=partner("Statewide", phone="0108", services=f"services: [{line}]\n"),
        elsewhere=partner("Elsewhere", phone="0109", services=f"services: [{line.replace(serves, 'names: [Hill County]')}]\n"),
    )

    assert {"here", "statewide"} <= list_partners(site)
    assert "elsewhere" not in list_partners(site)


def test_two_towns_of_one_name_are_told_apart_by_their_county(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE + "areas: [{name: Lake County, kind: county, cities: [Springfield]}]\n")

    site = build_part(
        root,
        ours=partner("Ours", phone="0107", more=f"locations: [{place('main', 'Springfield', 'Lake County')}]\n"),
        theirs=partner("Theirs", phone="0108", more=f"locations: [{place('main', 'Springfield', 'Hill County')}]\n"),
        unknown=partner("Unknown", phone="0109", more=f"locations: [{place('main', 'Springfield')}]\n"),
    )

    assert {"ours", "unknown"} <= list_partners(site)
    assert "theirs" not in list_partners(site)


def test_a_second_file_for_a_guide_and_a_file_in_place_of_the_folder_are_mistakes(tmp_path: Path) -> None:
    root = make_state(tmp_path / "a", lake=LAKE)
    make.write(root, "guides/lake.es.yml", LAKE)
    _, problems = pipeline.load_checked_guide(root)
    assert [str(problem.path) for problem in problems if problem.code == "file-name"] == ["guides/lake.es.yml"]

    other = make_state(tmp_path / "b")
    make.write(other, "guides", "")
    _, problems = pipeline.load_checked_guide(other)
    assert [problem.message for problem in problems if problem.code == "file-name"] == [
        "'guides' must be a folder, but is a file"
    ]


def test_the_booklet_of_the_whole_guide_is_not_that_of_a_part(tmp_path: Path) -> None:
    root = make_state(tmp_path, lake=LAKE)
    make.write(root, "static/booklets/en.pdf", b"%PDF")

    assert "booklets" not in read(build_part(root), "en/offline/index.html")
