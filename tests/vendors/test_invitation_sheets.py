"""A sheet of cooperatives to invite: read row by row, then invited as it was read."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from marketplace.core.errors import TwizaError
from marketplace.core.workbooks import WorkbookUnreadable
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.admission.sheet import SheetRow, UnreadableSheet, read_sheet
from vendors.models import Admission, Invitation, Programme, StaffGrant
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
HEAD = "Nom;Région;Contact;E-mail;Téléphone;Phase;Tranche;Conseiller;E-mail du conseiller\n"


@pytest.fixture
def programme() -> Programme:
    return make.make_programme()


def rows_of(programme: Programme, text: str, **limits: tuple[str, ...]) -> list[SheetRow]:
    return read_sheet(text.encode(), programme, **limits)


def test_each_row_says_what_is_wrong_in_it(programme: Programme) -> None:
    make.make_cooperative(programme, region="MA-09")
    rows = rows_of(
        programme,
        HEAD + "Amal;Souss-Massa;Zahra;z@example.org;;2;B;Najat;\n"
        ";MA-09;Zahra;z@example.org;;;;;\n"
        "Nour;Atlantide;Zahra;z@example.org;;;;;\n"
        "Nour;MA-09;Zahra;zahra;;;;;\n"
        "Nour;MA-09;Zahra;;061;;;;\n"
        "Nour;MA-09;Zahra;;;;;;\n"
        "Nour;MA-09;Zahra;z@example.org;;deux;;;\n"
        "Coopérative tamounte;MA-09;Zahra;z@example.org;;;;;\n"
        "amal;MA-09;Zahra;y@example.org;;;;;\n",
    )
    assert [row.line for row in rows] == list(range(2, 11))
    assert [bool(row.invited) for row in rows] == [True] + [False] * 8
    assert all(row.error for row in rows[1:])
    first = rows[0].invited
    assert first is not None
    assert (first.region_code, first.phase, first.tranche) == ("MA-09", 2, "B")
    assert first.adviser.name == "Najat"


def test_an_excel_workbook_reads_the_same(programme: Programme) -> None:
    book = Workbook()
    book.active.append(["الاسم", "الجهة", "الشخص", "البريد الإلكتروني", "المرحلة"])
    book.active.append(["تعاونية أمل", "سوس-ماسة", "زهرة", "z@example.org", 2])
    content = BytesIO()
    book.save(content)
    (row,) = read_sheet(content.getvalue(), programme)
    assert row.invited is not None
    assert row.invited.phase == 2
    with pytest.raises(WorkbookUnreadable):
        read_sheet(content.getvalue()[:400], programme)


def test_what_is_no_sheet_is_refused_whole(programme: Programme) -> None:
    many = HEAD + "".join(f"N{n};MA-09;Z;z@example.org;;;;;\n" for n in range(201))
    for text in ("", "Nom;Contact\nAmal;Zahra\n", many):
        with pytest.raises(UnreadableSheet):
            rows_of(programme, text)
    with pytest.raises(TwizaError):
        read_sheet(b"\x00\xff" * 50, programme)


def test_a_region_that_is_not_ones_own_is_refused(programme: Programme) -> None:
    text = HEAD + "Amal;MA-09;Zahra;z@example.org;;;;;\n"
    (row,) = rows_of(programme, text, regions=("MA-01",))
    assert row.invited is None


def test_twenty_are_read_then_invited_with_their_adviser(programme: Programme) -> None:
    office = browser(make.make_staff(programme))
    adviser = make.make_adviser(make.make_cooperative(programme))
    text = HEAD + "".join(
        f"N{n};MA-09;Zahra;z{n}@example.org;;1;A;Najat;{adviser.email}\n" for n in range(20)
    )
    path = f"/staff/{programme.slug}/cooperatives/invite/sheet/"
    file = SimpleUploadedFile("s.csv", (text + "Faux;;Zahra;;;;;;\n").encode())
    page = office.post(path, {"file": file})
    assert (page.context["good"], page.context["bad"]) == (20, 1)
    assert not Admission.objects.crossing(Crossing.POLICY).exists()

    signed = page.context["signed"]
    assert office.post(f"{path}send/", {"rows": signed + "x"})["Location"] == path
    assert not Admission.objects.crossing(Crossing.POLICY).exists()
    other = browser(make.make_staff(programme))
    assert other.post(f"{path}send/", {"rows": signed})["Location"] == path
    for _ in range(2):
        office.post(f"{path}send/", {"rows": signed})
    assert Admission.objects.crossing(Crossing.POLICY).count() == 20
    assert Invitation.objects.filter(member_role="manager").count() == 20
    assert StaffGrant.objects.filter(user=adviser, role="adviser").count() == 21


@pytest.mark.parametrize(("role", "is_attached"), [("coordinator", True), ("regional", False)])
def test_the_page_says_whether_the_advisers_will_act(
    programme: Programme, role: str, is_attached: bool
) -> None:
    regions = ("MA-09",) if role == "regional" else ()
    office = browser(make.make_staff(programme, role, regions=regions))
    adviser = make.make_adviser(make.make_cooperative(programme))
    path = f"/staff/{programme.slug}/cooperatives/invite/sheet/"
    text = HEAD + f"Amal;MA-09;Zahra;z@example.org;;1;A;Najat;{adviser.email}\n"

    page = office.post(path, {"file": SimpleUploadedFile("s.csv", text.encode())})
    office.post(f"{path}send/", {"rows": page.context["signed"]})

    (draft,) = Admission.objects.crossing(Crossing.POLICY)
    form = f"/portal/{draft.cooperative.slug}/listings/new/"
    assert (page.context["names_advisers"], page.context["may_grant"]) == (True, is_attached)
    assert browser(adviser).get(form).status_code == (200 if is_attached else 404)
