"""A bank's statement between its upload and its import."""

import pytest

from marketplace.core.actors import Actor
from marketplace.payments import services
from marketplace.payments.bank_statements.errors import BankBalancesDiffer
from marketplace.payments.models import BankEntry, BankStatement
from marketplace.payments.services.bank_import import Effect
from tests.factories.vendors import make_programme
from vendors.models import Programme

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def programme() -> Programme:
    return make_programme()


def table(*rows: str) -> bytes:
    return "\n".join(["Date;Libellé;Débit;Crédit", *rows]).encode()


def test_a_preview_names_every_entry_and_records_nothing(programme: Programme) -> None:
    first = table("04/11/2026;VIR RECU;;75,00")
    services.import_statement(programme=programme, content=first, by=BY)
    content = table(
        "04/11/2026;VIR RECU;;75,00",
        "05/11/2026;VIR RECU TWZ-4K7Q-2M9X;;20,00",
        "06/11/2026;FRAIS;7,50;",
        "07/11/2026;EXTOURNE;;-20,00",
        ";Total;7,50;75,00",
    )

    preview = services.preview_statement(programme=programme, content=content)

    assert [row.effect for row in preview.rows] == [
        Effect.KNOWN,
        Effect.WAITS,
        Effect.NOT_INCOMING,
        Effect.NOT_INCOMING,
    ]
    assert (preview.is_known, preview.is_balanced) == (False, None)
    assert [row.line for row in preview.statements[0].left_out] == [6]
    assert BankEntry.objects.count() == 1


def test_a_reversal_in_the_credit_column_is_never_recorded_as_received(
    programme: Programme,
) -> None:
    content = table("04/11/2026;EXTOURNE TWZ-4K7Q-2M9X;;-75,00")
    services.import_statement(programme=programme, content=content, by=BY)
    assert not BankEntry.objects.exists()


def test_a_statement_that_does_not_add_up_is_not_recorded(programme: Programme) -> None:
    content = table(";Solde initial;;10,00", "04/11/2026;VIR;;5,00", ";Solde final;;20,00")
    assert services.preview_statement(programme=programme, content=content).is_balanced is False
    with pytest.raises(BankBalancesDiffer):
        services.import_statement(programme=programme, content=content, by=BY)
    assert not BankStatement.objects.exists()
