"""A bank's statement is looked at, entry by entry, before it is recorded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from marketplace.payments.models import BankEntry, StagedBankStatement
from vendors.models import Programme

pytestmark = pytest.mark.django_db


def upload(client: Client, programme: Programme, *rows: str) -> str:
    """The address of the preview, or the page that refuses the file."""
    content = "\n".join(["Date;Libellé;Débit;Crédit", *rows]).encode()
    address = reverse("staff:bank-import", kwargs={"programme": programme.slug})
    answer = client.post(address, {"file": SimpleUploadedFile("novembre.csv", content)})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_every_entry_is_shown_and_nothing_recorded_until_it_is_asked_for(
    coordinator: Client, programme: Programme
) -> None:
    rows = [f"{day:02}/11/2026;VIR RECU {day};;{day},00" for day in range(1, 31)]
    address = upload(coordinator, programme, *rows, ";Total;;465,00")

    first = coordinator.get(address).content.decode()
    second = coordinator.get(f"{address}?page=2").content.decode()
    assert "novembre.csv" in first
    assert "VIR RECU 1<" in first
    assert "VIR RECU 30<" in second
    assert "Total" in first
    assert not BankEntry.objects.exists()

    answer = coordinator.post(address)
    assert answer.status_code == 302
    assert BankEntry.objects.count() == 30
    again = coordinator.post(address, follow=True).content.decode()
    assert BankEntry.objects.count() == 30
    assert "déjà été importé" in again


def test_a_file_that_cannot_be_read_is_named_by_its_line(
    coordinator: Client, programme: Programme
) -> None:
    page = upload(coordinator, programme, "01/11/2026;VIR;;1,00", "02/11/2026;VIR;;deux")
    assert "ligne 3" in page
    assert "deux" in page
    assert not StagedBankStatement.objects.exists()


def test_a_file_that_does_not_add_up_offers_no_recording(
    coordinator: Client, programme: Programme
) -> None:
    balances = (";Solde initial;;10,00", ";Solde final;;99,00")
    address = upload(coordinator, programme, balances[0], "01/11/2026;VIR;;1,00", balances[1])
    page = coordinator.get(address).content.decode()
    assert "ne correspondent pas aux soldes" in page
    assert "Enregistrer ces paiements" not in page
    coordinator.post(address)
    assert not BankEntry.objects.exists()
