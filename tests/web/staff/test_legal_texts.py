"""Staff preview a legal text, publish it from a day on, and say how they are reached."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.legal.defaults import contact_of
from marketplace.legal.models import LegalText
from vendors.models import Programme

pytestmark = pytest.mark.django_db


def filled(**changes: str) -> dict[str, str]:
    return {
        "text_ar": "## العنوان", "text_fr": "## Titre <b>gras</b>", "text_en": "## Heading",
        "valid_from": str(timezone.localdate()), "reviewed_by": "Me Alaoui, 1 décembre",
    } | changes  # fmt: skip


def test_a_text_is_previewed_before_it_is_published(
    programme: Programme, coordinator: Client
) -> None:
    base = f"/staff/{programme.slug}/legal/"
    begun = coordinator.get(f"{base}terms/?market=ma").content.decode()
    assert "## Qui vend" in begun

    looked = coordinator.post(f"{base}terms/?market=ma", filled()).content.decode()
    assert "<h3>Titre &lt;b&gt;gras&lt;/b&gt;</h3>" in looked
    assert not LegalText.objects.exists()

    done = coordinator.post(f"{base}terms/?market=ma", filled(publish="1"), follow=True)
    text = LegalText.objects.get()
    assert (text.market, text.kind, text.number) == ("ma", "terms", 1)
    assert text.approved_by
    assert done.redirect_chain[-1][0] == base
    shown = coordinator.get(f"{base}versions/{text.pk}/").content.decode()
    assert "Me Alaoui, 1 décembre" in shown
    assert "<h3>العنوان</h3>" in shown


def test_what_cannot_be_published_is_said_beside_what_was_written(
    programme: Programme, coordinator: Client
) -> None:
    path = f"/staff/{programme.slug}/legal/terms/"
    yesterday = str(timezone.localdate() - timedelta(days=1))
    refused = coordinator.post(path, filled(publish="1", valid_from=yesterday))
    assert refused.status_code == 422
    assert "aujourd’hui ou plus tard" in refused.content.decode()
    assert "## Titre" in refused.content.decode()
    assert coordinator.post(path, filled(publish="1", text_en="")).status_code == 422
    assert not LegalText.objects.exists()
    assert coordinator.get(f"{path}?market=xx").status_code == 404
    assert coordinator.get(f"/staff/{programme.slug}/legal/nothing/").status_code == 404


def test_staff_say_how_they_are_reached(programme: Programme, coordinator: Client) -> None:
    path = f"/staff/{programme.slug}/legal/contact/"
    coordinator.post(
        path,
        {"email": "contact@example.org", "phone": "05 37 00 00 00", "hours_fr": "9 h à 17 h"},
    )
    contact = contact_of(programme)
    assert (contact.email, contact.phone) == ("contact@example.org", "+212537000000")
    assert contact.hours == {"fr": "9 h à 17 h"}
    assert (
        "05 37" in coordinator.get(path).content.decode()
        or "0537" in coordinator.get(path).content.decode()
    )
    assert coordinator.post(path, {"phone": "12"}).status_code == 422
