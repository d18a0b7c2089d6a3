"""An address as the engine's input."""

from marketplace.core.postal_addresses import province_key
from marketplace.orders.address import Address
from marketplace.saleor.client import AddressInput, CountryCode


def address_input(address: Address) -> AddressInput:
    """The engine's input, with the province by the engine's own key.

    Regions of countries whose letters name none stay with us: the engine would drop them.
    """
    first, _, last = address.name.strip().partition(" ")
    return AddressInput(
        first_name=first,
        last_name=last,
        street_address_1=address.line1,
        street_address_2=address.line2,
        city=address.city,
        country_area=province_key(address.region_code),
        postal_code=address.postal_code,
        country=CountryCode(address.country_code),
        phone=address.phone,
    )
