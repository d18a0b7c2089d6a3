"""What a cooperative lacks before it can sell and be paid."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from marketplace.core.actors import Actor
from tests.factories import vendors as make
from vendors import services
from vendors.models import BankAccount, Cooperative
from vendors.queries import Gap, gaps_of_cooperative, lacking, not_ready, with_gaps
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def cooperative() -> Cooperative:
    return make.make_cooperative(make.make_programme())


def complete(cooperative: Cooperative) -> None:
    make.make_member(cooperative)
    cooperative.phone = "+212528000000"
    cooperative.save()
    set_status(cooperative, date(2024, 1, 1))
    BankAccount.objects.create(
        cooperative=cooperative,
        holder_name="COOPERATIVE",
        country_code="MA",
        number="011780000019210016805555",
        last_digits="5555",
        valid_from=timezone.now(),
        confirmed_at=timezone.now(),
    )


def set_status(cooperative: Cooperative, since: date) -> None:
    services.set_tax_status(
        cooperative=cooperative,
        vat_registered=False,
        exemption_code="ma-cooperative",
        valid_from=since,
        source="certificate",
        by=BY,
    )


def test_a_new_cooperative_lacks_everything_and_a_complete_one_nothing(
    cooperative: Cooperative,
) -> None:
    assert gaps_of_cooperative(cooperative) == list(Gap)
    complete(cooperative)
    assert gaps_of_cooperative(cooperative) == []


@pytest.mark.parametrize("reason", ["accountant", "inactive", "unproven"])
def test_a_member_who_gets_no_orders_is_none(cooperative: Cooperative, reason: str) -> None:
    complete(cooperative)
    membership = cooperative.memberships.get()
    if reason == "accountant":
        membership.role = "accountant"
        membership.save()
    elif reason == "inactive":
        membership.user.is_active = False
        membership.user.save()
    else:
        EmailAddress.objects.filter(user=membership.user).update(verified=False)
    assert gaps_of_cooperative(cooperative) == [Gap.MEMBER]
    make.make_member(cooperative, "seller")
    assert gaps_of_cooperative(cooperative) == []


def test_an_address_alone_reaches_it(cooperative: Cooperative) -> None:
    complete(cooperative)
    cooperative.phone, cooperative.email = "", "coop@example.org"
    cooperative.save()
    assert gaps_of_cooperative(cooperative) == []


def test_a_tax_status_counts_on_its_days(cooperative: Cooperative) -> None:
    complete(cooperative)
    cooperative.tax_statuses.all().delete()
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_status(cooperative, tomorrow)
    assert gaps_of_cooperative(cooperative) == [Gap.TAX_STATUS]
    rows = Cooperative.objects.within(cooperative.scope)
    assert not with_gaps(rows, tomorrow).get().lacks_tax_status


def test_an_account_counts_once_it_is_confirmed_and_until_it_is_replaced(
    cooperative: Cooperative,
) -> None:
    complete(cooperative)
    cooperative.bank_accounts.update(confirmed_at=None)
    assert gaps_of_cooperative(cooperative) == [Gap.ACCOUNT]
    cooperative.bank_accounts.update(confirmed_at=timezone.now(), replaced_at=timezone.now())
    assert gaps_of_cooperative(cooperative) == [Gap.ACCOUNT]


def test_those_who_sell_or_are_to_sell_are_waited_for(cooperative: Cooperative) -> None:
    scope = ProgrammeScope(cooperative.programme_id)
    other = make.make_cooperative(cooperative.programme, "other")
    complete(other)
    for status, is_waited_for in (
        ("draft", True),
        ("active", True),
        ("paused", False),
        ("left", False),
    ):
        cooperative.status = status
        cooperative.save()
        found = set(not_ready(Cooperative.objects.within(scope)))
        assert found == ({cooperative} if is_waited_for else set())
    rows = with_gaps(Cooperative.objects.within(scope))
    assert set(lacking(rows)) == {cooperative}
    assert set(lacking(rows, "member")) == {cooperative}
