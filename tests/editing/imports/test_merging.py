"""Three versions of a profile become one: nobody's work is lost, and what two people changed is listed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guidegen.editing.imports.merging import Merger

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

    assert conflicts == []
    assert [service["key"] for service in merged["services"]] == [
        "pantry",
        "clothes",
    ]  # edited: stays; removed by hand: stays out
    assert merged["services"][0]["documents"] == ["A bag"]
    assert [service["key"] for service in base["services"]] == ["meals", "clothes"]


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
