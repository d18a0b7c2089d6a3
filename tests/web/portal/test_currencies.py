"""The portal's first page names every currency in which the cooperative sold."""

from datetime import UTC, datetime

import pytest
import time_machine

from marketplace.orders.models import VendorOrder
from tests.factories import vendors as make
from tests.payments.world import make_sale
from tests.web.browsers import browser

pytestmark = pytest.mark.django_db


def test_the_months_sales_are_shown_in_each_currency() -> None:
    sale = make_sale()
    sale.place()
    orders = VendorOrder.objects.within(sale.weavers.scope)
    orders.update(currency="EUR")
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        member = make.make_member(sale.weavers)
        page = browser(member, "en").get(f"/portal/{sale.weavers.slug}/")
    html = page.content.decode()
    assert "€100.00" in html
    assert "MAD\xa00.00" in html
