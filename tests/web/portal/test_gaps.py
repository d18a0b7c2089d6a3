"""A cooperative reads what is missing before it can sell, with what to do."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.factories.vendors import make_member
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db


def home(client: Client, cooperative: Cooperative) -> str:
    answer = client.get(f"/portal/{cooperative.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_manager_is_led_to_what_she_can_do(phone: Client, cooperative: Cooperative) -> None:
    page = home(phone, cooperative)
    assert "Missing before you can sell and be paid" in page
    assert f"/portal/{cooperative.slug}/profile/bank-account/" in page
    assert "Your tax status: ask your adviser, who has it recorded." in page
    # She is there herself.
    assert "Invite a member who sends the orders" not in page
    assert "Nothing to do today." not in page


def test_an_accountant_is_told_whom_to_ask(client: Client, cooperative: Cooperative) -> None:
    client.force_login(make_member(cooperative, "accountant"))
    client.cookies["twiza_language"] = "en"
    page = strip_tags(home(client, cooperative))
    assert "Your bank account: a manager enters it." in page
    assert "A member who sends the orders: ask your adviser." in page


def test_an_account_that_waits_is_said_once(phone: Client, cooperative: Cooperative) -> None:
    from django.utils import timezone

    from vendors.models import BankAccount

    BankAccount.objects.create(
        cooperative=cooperative, holder_name="C", country_code="MA",
        number="011780000019210016805555", last_digits="5555", valid_from=timezone.now(),
    )  # fmt: skip
    page = home(phone, cooperative)
    assert "New bank account to confirm" in page
    assert "Enter your bank account" not in page
