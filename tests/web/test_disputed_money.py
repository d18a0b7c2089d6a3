"""While a buyer's bank has taken a sale back, every page of money still opens, and says so."""

import pytest
from django.test import Client

from marketplace.payouts import handlers
from marketplace.payouts.balances.cooperative_balances import balances_of
from marketplace.payouts.queries import Balance, balances
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from tests.web.api.asking import data
from vendors.models import Cooperative, Membership, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def disputed() -> Cooperative:
    """A cooperative with 264.00 MAD available, and a sale of as much in dispute."""
    cooperative = make_cooperative(make_programme(), "tifawine")
    sold_and_delivered(cooperative, totals=(30_000,))
    sale = sold_and_delivered(cooperative, totals=(30_000,))
    handlers.on_dispute_opened(sale.disputed(33_000))
    return cooperative


@pytest.fixture
def manager(disputed: Cooperative) -> User:
    user = make_user("manager")
    Membership.objects.create(user=user, cooperative=disputed, role="manager")
    return user


def page(user: User, address: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "fr"
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_balances_and_their_summary_say_the_same(disputed: Cooperative) -> None:
    (balance,) = balances(disputed.scope)
    assert balance == Balance(
        disputed.pk, "MAD", released_minor=balance.released_minor, disputed_minor=30_000
    )
    (account_balance,) = balances_of(disputed.scope).balances
    assert (account_balance.released_minor, account_balance.disputed_minor) == (
        balance.released_minor,
        30_000,
    )


def test_the_cooperative_opens_its_day_and_its_money(manager: User) -> None:
    assert "Bonjour" in page(manager, "/portal/tifawine/")
    assert "300,00" in page(manager, "/portal/tifawine/money/")


def test_staff_open_payouts_and_the_cooperatives(disputed: Cooperative) -> None:
    preparer = make_user("preparer", disputed.programme, "finance_preparer")
    assert "MAD" in page(preparer, "/staff/mourafaka/payouts/")
    assert "300,00" in page(preparer, "/staff/mourafaka/payouts/cooperatives/tifawine/")


def test_another_storefront_reads_it(manager: User) -> None:
    document = """{ balances(cooperative: "tifawine") {
      available { amountMinor } disputed { amountMinor } } }"""
    (found,) = data(document, manager)["balances"]
    assert found["disputed"] == {"amountMinor": 30_000}
