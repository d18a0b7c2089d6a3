"""Invented people have numbers and addresses of the form of their country's."""

from datetime import UTC, datetime

from marketplace.core.phones import read_phone
from marketplace.core.postal_addresses import PostalAddress, read_address
from marketplace.demo.world.cooperatives import demo_cooperatives
from marketplace.demo.world.orders import purchases


def test_each_cooperative_can_be_called_and_found() -> None:
    for one in demo_cooperatives():
        assert read_phone(one.phone, one.country) == one.phone
        read_address(PostalAddress(one.country, one.address, one.place.fr, one.postal_code))


def test_each_buyer_can_be_called_and_found() -> None:
    for purchase in purchases(count=1500, until=datetime(2026, 11, 1, tzinfo=UTC)):
        buyer = purchase.buyer
        assert read_phone(buyer.phone, buyer.country) == buyer.phone
        read_address(
            PostalAddress(buyer.country, buyer.street, buyer.city, buyer.postal_code, buyer.region)
        )
