"""A cooperative presents its members: entered, shown in the shop, ordered, taken away."""

import io
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.factories.vendors import make_member, make_published
from vendors.models import Cooperative, ShownMember
from vendors.queries import shown_members

pytestmark = pytest.mark.django_db
PEOPLE = "/portal/cooperative/people/"
TYPED = {"name": "Fadma", "craft_fr": "tisseuse", "sentence_fr": "Je file.", "consent": "on"}


@pytest.fixture
def cooperative() -> Cooperative:
    return make_published("cooperative")


@pytest.fixture
def manager(cooperative: Cooperative) -> Client:
    client = Client()
    client.force_login(
        make_member(cooperative), backend="django.contrib.auth.backends.ModelBackend"
    )
    client.cookies["twiza_language"] = "fr"
    return client


def picture(colour: str = "red") -> SimpleUploadedFile:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(made, "JPEG")
    return SimpleUploadedFile("face.jpg", made.getvalue(), "image/jpeg")


def fetched(client: Client, path: str) -> tuple[int, str]:
    """The status and the kind of a file, which is read to its end."""
    response = client.get(path)
    kind = response["Content-Type"]
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code, kind


def shown(cooperative: Cooperative) -> list[ShownMember]:
    return shown_members(cooperative.scope)


def in_shop(language: str = "fr") -> str:
    return Client().get(f"/ma/{language}/cooperatives/cooperative/").content.decode()


def test_a_member_is_entered_and_shown(cooperative: Cooperative, manager: Client) -> None:
    assert manager.post(f"{PEOPLE}new/", TYPED)["Location"] == PEOPLE

    (member,) = shown(cooperative)
    assert (member.name, member.consented_on) == ("Fadma", timezone.localdate())
    page = in_shop()
    assert page.count("Fadma") == 1
    assert "tisseuse" in page
    assert "Je file." in page
    in_arabic = lxml.html.fromstring(in_shop("ar"))
    (words,) = in_arabic.xpath("//q")
    assert (words.text, words.get("lang")) == ("Je file.", "fr")
    assert "Fadma" in manager.get(PEOPLE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"consent": ""}, "consent"),
        ({"name": " "}, "name"),
        ({"name": "www.example.org"}, "name"),
        ({"craft_fr": ""}, "craft_ar"),
        ({"since_year": "2999"}, "since_year"),
        ({"sentence_fr": "x" * 201}, "sentence_fr"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    cooperative: Cooperative, manager: Client, wrong: dict[str, str], field: str
) -> None:
    answer = manager.post(f"{PEOPLE}new/", TYPED | wrong)
    assert answer.status_code == 422
    form = next(
        f for f in lxml.html.fromstring(answer.content.decode()).forms if "name" in f.fields
    )
    assert form.inputs[field].get("aria-invalid") == "true"
    assert form.fields["sentence_fr"] == (wrong.get("sentence_fr") or "Je file.")
    assert not shown(cooperative)


def test_a_photograph_is_shown_replaced_and_removed(
    cooperative: Cooperative, manager: Client
) -> None:
    manager.post(f"{PEOPLE}new/", TYPED | {"photos": picture()})
    (member,) = shown(cooperative)
    first = f"{member.photo_address}-160.webp"
    assert first in in_shop()
    assert fetched(Client(), first) == (200, "image/webp")
    assert fetched(manager, f"{PEOPLE}{member.pk}/photo/") == (200, "image/webp")

    own = f"{PEOPLE}{member.pk}/"
    assert (
        "aria-invalid"
        in manager.post(
            own, TYPED | {"photos": SimpleUploadedFile("x.jpg", b"no picture")}
        ).content.decode()
    )
    manager.post(own, TYPED | {"photos": picture("blue")})
    (member,) = shown(cooperative)
    assert Client().get(first).status_code == 404
    assert fetched(Client(), f"{member.photo_address}-160.webp") == (200, "image/webp")
    cooperative.published_at = None
    cooperative.save(update_fields=["published_at"])
    assert Client().get(f"{member.photo_address}-160.webp").status_code == 404

    manager.post(own, TYPED | {"removes_photo": "on"})
    assert not shown(cooperative)[0].file
    assert manager.get(f"{own}photo/").status_code == 404


def test_files_go_with_a_member(
    cooperative: Cooperative, manager: Client, django_capture_on_commit_callbacks: Any
) -> None:
    manager.post(f"{PEOPLE}new/", TYPED | {"photos": picture()})
    (member,) = shown(cooperative)
    storage, name = member.file.storage, member.file.name
    fetched(Client(), f"{member.photo_address}-160.webp")
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(f"{PEOPLE}{member.pk}/remove/")
    assert not shown(cooperative)
    assert not storage.exists(name)
    assert not storage.exists(name.replace(".jpg", "-160.webp"))
    assert "Fadma" not in in_shop()


def test_they_are_ordered_and_so_many_at_most(cooperative: Cooperative, manager: Client) -> None:
    for number in range(12):
        manager.post(f"{PEOPLE}new/", TYPED | {"name": f"N{number}"})
    refused = manager.post(f"{PEOPLE}new/", TYPED | {"name": "N12"})
    assert refused.status_code == 422
    assert "12" in refused.content.decode()
    last = shown(cooperative)[-1]
    manager.post(f"{PEOPLE}{last.pk}/up/")
    first = shown(cooperative)[0]
    manager.post(f"{PEOPLE}{first.pk}/up/")
    assert [each.name for each in shown(cooperative)][-2:] == ["N11", "N10"]
    assert shown(cooperative)[0].name == "N0"


def test_editing_asks_for_consent_anew_and_removing_asks(
    cooperative: Cooperative, manager: Client
) -> None:
    manager.post(f"{PEOPLE}new/", TYPED)
    (member,) = shown(cooperative)
    own = f"{PEOPLE}{member.pk}/"
    opened = lxml.html.fromstring(manager.get(own).content.decode())
    form = next(f for f in opened.forms if "consent" in f.fields)
    assert form.fields["name"] == "Fadma"
    assert form.inputs["consent"].checked is False
    assert manager.post(own, TYPED | {"consent": "", "name": "Fatima"}).status_code == 422
    assert manager.get(f"{own}remove/").status_code == 200
    assert [each.name for each in shown(cooperative)] == ["Fadma"]


def test_another_cooperatives_people_are_unknown(manager: Client, cooperative: Cooperative) -> None:
    other = make_published("other", programme=cooperative.programme)
    stranger = ShownMember.objects.create(cooperative=other, name="X", craft_fr="x")
    for act in ("", "up/", "remove/"):
        assert manager.post(f"{PEOPLE}{stranger.pk}/{act}", TYPED).status_code == 404
