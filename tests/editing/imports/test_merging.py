"""Three versions of a profile become one: nobody's work is lost, and what two people changed is listed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guidegen.editing.imports.merging import Merger, keep_keys

BASE: dict[str, Any] = {
    "name": "Food Bank",
    "summary": "Free food.",
    "phones": [{"number": "(555) 555-0114"}],
    "who": {"text": "Everyone"},
    "services": [
        {"key": "pantry", "name": "Pantry", "cost": {"free": "yes"}},
        {"key": "meals", "name": "Meals"},
    ],
}


def merge(ours: dict[str, Any], theirs: dict[str, Any], **options: Any) -> tuple[Any, Any, list[str]]:
    merger = Merger(**options)
    merged, base = merger.merge(BASE, ours, theirs)
    return merged, base, [conflict.path for conflict in merger.conflicts]


def test_what_only_one_side_changed_is_taken() -> None:
    ours = {**BASE, "phones": [{"number": "(555) 555-0199"}], "website": "https://example.org/"}
    theirs = {**BASE, "summary": "Free food on Mondays.", "who": {"text": "Everyone", "groups": ["refugees"]}}

    merged, base, conflicts = merge(ours, theirs)

    assert conflicts == []
    assert base == theirs
    assert merged == {
        **BASE, "summary": "Free food on Mondays.", "phones": [{"number": "(555) 555-0199"}], "website": "https://example.org/",
        "who": {"text": "Everyone", "groups": ["refugees"]},
    }  # fmt: skip


def test_a_field_that_both_changed_stays_and_is_listed_until_somebody_decides() -> None:
    ours, theirs = {**BASE, "summary": "Food for all."}, {**BASE, "summary": "Free groceries."}

    merged, base, conflicts = merge(ours, theirs)
    assert (merged["summary"], base["summary"], conflicts) == ("Food for all.", "Free food.", ["summary"])

    assert Merger().merge(base, merged, theirs)[1]["summary"] == "Free food."  # listed again
    merged, base, conflicts = merge(ours, theirs, keeps_ours=True)
    assert (merged["summary"], base["summary"], conflicts) == ("Food for all.", "Free groceries.", [])


def test_both_saying_the_same_is_no_conflict() -> None:
    changed = {**BASE, "summary": "Free groceries."}
    merged, base, conflicts = merge(changed, changed)
    assert (merged, base, conflicts) == (changed, changed, [])


def test_services_are_matched_by_their_keys() -> None:
    ours = {
        **BASE,
        "services": [{"key": "pantry", "name": "Pantry", "cost": {"free": "yes"}, "documents": ["A bag"]}],
    }  # meals removed by hand
    theirs = {
        **BASE,
        "services": [{"key": "meals", "name": "Hot meals"}, {"key": "clothes", "name": "Clothes"}],
    }  # pantry is gone

    merged, base, conflicts = merge(ours, theirs)

    assert conflicts == ["services.pantry"]
    keys = [service["key"] for service in merged["services"]]
    assert keys == ["pantry", "clothes"]  # edited: stays; removed by hand: stays out
    assert merged["services"][0]["documents"] == ["A bag"]
    assert [service["key"] for service in base["services"]] == ["pantry", "meals", "clothes"]


def test_an_address_or_a_price_is_taken_whole_or_not_at_all() -> None:
    base = {**BASE, "locations": [{"key": "main", "address": {"line1": "1 Oak St", "city": "Holyoke"}}]}
    ours = {**base, "locations": [{"key": "main", "address": {"line1": "1 Oak Street", "city": "Holyoke"}}]}
    theirs = {**base, "locations": [{"key": "main", "address": {"line1": "77 Bay Rd", "city": "Ludlow"}}]}
    merger = Merger()

    merged, _ = merger.merge(base, ours, theirs)

    assert merged["locations"] == ours["locations"]
    assert [conflict.path for conflict in merger.conflicts] == ["locations.main.address"]


def test_entries_keep_their_keys_when_names_and_numbers_of_places_change() -> None:
    base: dict[str, Any] = {
        "locations": [{"key": "main", "address": {"line1": "1 Oak St"}}],
        "services": [
            {"key": "esol", "name": "ESOL", "cost": {"amount": "20"}},
            {"key": "esol-2", "name": "ESOL", "cost": {"free": "yes"}},
            {"key": "meals", "name": "Meals"},
        ],
    }
    theirs: dict[str, Any] = {
        "locations": [{"key": "holyoke", "address": {"line1": "1 Oak St"}}, {"key": "ludlow", "address": {"line1": "77 Bay Rd"}}],
        "services": [
            {"key": "esol", "name": "ESOL", "cost": {"free": "yes"}},
            {"key": "community-meals", "name": "Community Meals", "at": ["holyoke", "ludlow"]},
        ],
    }
    kept: Any = keep_keys(base, theirs)

    assert [place["key"] for place in kept["locations"]] == ["main", "ludlow"]
    services = {service["key"]: service for service in kept["services"]}
    assert services["esol-2"]["cost"] == {"free": "yes"}  # the free class, not the one that cost 20
    assert [key for key in services if key != "esol-2"] == ["community-meals"]
    assert services["community-meals"]["at"] == ["main", "ludlow"]


def test_a_service_whose_only_change_is_its_name_stays_the_same_service() -> None:
    base: dict[str, Any] = {"services": [{"key": "meals", "name": "Meals"}, {"key": "pantry", "name": "Pantry"}]}
    theirs: dict[str, Any] = {"services": [{"key": "pantry", "name": "Pantry"}, {"key": "new", "name": "Community Meals"}]}

    assert keep_keys(base, theirs)["services"] == [
        {"key": "pantry", "name": "Pantry"},
        {"key": "meals", "name": "Community Meals"},
    ]


_SCALARS = st.sampled_from(("a", "b", "c"))
_TREES = st.fixed_dictionaries(
    {},
    optional={
        "name": _SCALARS,
        "who": st.fixed_dictionaries({}, optional={"text": _SCALARS, "groups": st.lists(_SCALARS, max_size=2)}),
        "phones": st.lists(st.fixed_dictionaries({"number": _SCALARS}), min_size=1, max_size=2),
        "services": st.lists(
            st.fixed_dictionaries({"key": _SCALARS}, optional={"name": _SCALARS}),
            min_size=1,
            max_size=3,
            unique_by=lambda entry: str(entry["key"]),  # type: ignore[index]
        ),
    },
).map(lambda tree: {key: value for key, value in tree.items() if value != {}})


def _sort(tree: dict[str, Any]) -> dict[str, Any]:
    return {**tree, "services": sorted(tree.get("services", []), key=lambda entry: entry["key"])}


@given(_TREES, _TREES)
def test_one_changed_side_always_wins(base: dict[str, Any], changed: dict[str, Any]) -> None:
    for ours, theirs in ((changed, base), (base, changed)):
        merger = Merger()
        merged, next_base = merger.merge(base, ours, theirs)
        assert _sort(merged) == _sort(changed)
        assert merger.conflicts == []
        assert _sort(next_base) == _sort(theirs)


@given(_TREES, _TREES, _TREES)
def test_importing_the_same_twice_changes_nothing(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    merged, next_base = Merger().merge(base, ours, theirs)
    assert Merger().merge(next_base, merged, theirs)[0] == merged
