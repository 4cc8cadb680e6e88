"""The roles that somebody fills, and those that nobody fills."""

from guidegen.editing.report.coverage import list_coverage
from guidegen.model.partner import Partnership, Wioa
from tests import make


def test_partners_stand_at_their_roles_and_missing_roles_are_shown() -> None:
    school = make.partner("school", name="School", partnership=Partnership(role=("anchor", "education"), wioa=Wioa(True, True)))
    desk = make.partner("desk", name="Desk", partnership=Partnership(role=("anchor",), wioa=Wioa(False, None, True)))
    closed = make.partner("closed", name="Closed", status="closed", partnership=Partnership(role=("food",)))

    groups = {
        group.title: {row.role: row.partners for row in group.rows} for group in list_coverage(make.guide(school, desk, closed))
    }

    assert list(groups) == ["Adult education", "Roles"], "no profile says anything about co-enrollment"
    assert list(groups["Adult education"].values()) == [("School",), ("School",), ("Desk",)]
    assert groups["Roles"]["anchor"] == ("Desk", "School")
    assert groups["Roles"]["food"] == ()


def test_a_guide_without_partnerships_has_no_table() -> None:
    assert list(list_coverage(make.guide(make.partner()))) == []
