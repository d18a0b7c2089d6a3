"""Our addresses as the engine takes them."""

import pytest

from marketplace.orders.address import Address
from marketplace.orders.engine_address import address_input


@pytest.mark.parametrize(
    ("country", "region", "told"),
    [
        ("ES", "ES-B", "B"),
        ("IT", "IT-TO", "TO"),
        ("FR", "", ""),
        ("MA", "MA-09", ""),
        ("EG", "EG-C", "القاهرة"),
        ("BE", "BE-BRU", ""),
    ],
)
def test_a_province_is_told_as_the_engine_knows_it(country: str, region: str, told: str) -> None:
    address = Address(
        name="Salma Bennani", line1="12 rue X", city="Y", region_code=region, country_code=country
    )

    found = address_input(address)

    assert found.country_area == told
    assert (found.first_name, found.last_name) == ("Salma", "Bennani")
