"""Documents: a programme asks for them, a cooperative hands them in, and nobody else sees them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.admission.checklist import checklist
from vendors.admission.document_files import LARGEST_BYTES
from vendors.models import Cooperative, CooperativeDocument, DocumentRequirement
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ASKED = {
    "name_ar": "النظام الأساسي", "name_fr": "Règlement", "name_en": "Statutes", "phase": "",
    "due_on": "", "expires": "",
}  # fmt: skip


@pytest.fixture
def requirement(cooperative: Cooperative, media_folder: object) -> DocumentRequirement:
    assert media_folder
    return DocumentRequirement.objects.create(
        programme=cooperative.programme, name_ar="النظام الأساسي", name_fr="Règlement",
        name_en="Statutes", valid_from=timezone.localdate(),
    )  # fmt: skip


def path_of(requirement: DocumentRequirement) -> str:
    return f"/portal/tamounte/documents/{requirement.pk}/"


def uploaded(content: bytes, name: str = "scan.pdf") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def photo() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    return picture.getvalue()


def handed_in() -> CooperativeDocument:
    found: CooperativeDocument = CooperativeDocument.objects.crossing(Crossing.POLICY).get()
    return found


def test_a_programme_asks_and_a_cooperative_hands_in(
    cooperative: Cooperative, phone: Client, media_folder: object
) -> None:
    assert media_folder
    office = browser(make.make_staff(cooperative.programme))
    page = f"/staff/{cooperative.programme.slug}/asked-documents/"
    today = timezone.localdate()
    office.post(page, ASKED | {"valid_from": today, "expires": "on", "due_on": today})
    requirement = DocumentRequirement.objects.get()
    (item,) = [item for item in checklist(cooperative) if item.code == "documents"]
    assert item.missing
    assert "Statutes" in phone.get("/portal/tamounte/documents/").content.decode()
    assert "/documents/" in phone.get("/portal/tamounte/").content.decode()

    path = path_of(requirement)
    assert phone.post(path, uploaded(PDF)).status_code == 200
    yesterday, later = today - timedelta(days=1), today + timedelta(days=400)
    assert phone.post(path, uploaded(PDF) | {"expires_on": yesterday}).status_code == 200
    assert not CooperativeDocument.objects.crossing(Crossing.POLICY).exists()
    assert phone.post(path, uploaded(PDF) | {"expires_on": later}).status_code == 302
    assert all(item.is_done for item in checklist(cooperative) if item.code == "documents")

    file = phone.get(f"/portal/tamounte/documents/files/{handed_in().pk}/")
    assert file.getvalue() == PDF
    assert file["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file["Content-Security-Policy"]
    assert office.get(f"{page}files/tamounte/{handed_in().pk}/").status_code == 200
    office.post(f"{page}{requirement.pk}/stop/")
    assert not [item for item in checklist(cooperative) if item.code == "documents"]
    assert handed_in().content_type == "application/pdf"


def test_a_photograph_is_written_anew_and_replaces_the_file(
    phone: Client, requirement: DocumentRequirement
) -> None:
    path = path_of(requirement)
    phone.post(path, uploaded(PDF))
    first = handed_in().pk
    assert phone.post(path, uploaded(photo(), "photo.png")).status_code == 302
    document = handed_in()
    assert document.pk != first
    file = phone.get(f"/portal/tamounte/documents/files/{document.pk}/")
    assert file.getvalue().startswith(b"\xff\xd8\xff")
    assert phone.get(f"/portal/tamounte/documents/files/{first}/").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        SVG, b"PK\x03\x04" + PDF, b"<html>" + PDF, PDF + b"<script>alert(1)</script>",
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), PDF[:-7],
        b"GIF89a" + SVG, b"",
    ],
)  # fmt: skip
def test_what_is_no_plain_document_is_refused(
    phone: Client, requirement: DocumentRequirement, content: bytes
) -> None:
    answer = phone.post(path_of(requirement), uploaded(content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not CooperativeDocument.objects.crossing(Crossing.POLICY).exists()


def test_what_is_too_large_is_refused(phone: Client, requirement: DocumentRequirement) -> None:
    answer = phone.post(path_of(requirement), uploaded(PDF + b" " * LARGEST_BYTES))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_nobody_elses_document_is_found(
    cooperative: Cooperative, phone: Client, requirement: DocumentRequirement
) -> None:
    phone.post(path_of(requirement), uploaded(PDF))
    other = make.make_cooperative(cooperative.programme, "other", region="MA-01")
    stranger = browser(make.make_member(other))
    file = handed_in().pk
    assert stranger.get(f"/portal/other/documents/files/{file}/").status_code == 404
    assert stranger.get(f"/portal/tamounte/documents/files/{file}/").status_code == 404
    seller = browser(make.make_member(cooperative, "seller"))
    assert seller.get(f"/portal/tamounte/documents/files/{file}/").status_code == 403
    regional = browser(make.make_staff(cooperative.programme, "regional", regions=("MA-01",)))
    path = f"/staff/{cooperative.programme.slug}/asked-documents/"
    assert regional.get(f"{path}files/tamounte/{file}/").status_code == 404
    assert regional.get(path).status_code == 403


def test_another_phase_is_not_asked(phone: Client, requirement: DocumentRequirement) -> None:
    DocumentRequirement.objects.update(phase=3)
    assert phone.get(path_of(requirement)).status_code == 404
