"""An address as the engine's input."""

from marketplace.orders.address import Address
from marketplace.saleor.client import AddressInput, CountryCode

# Countries whose regions the engine drops, or checks against its own list of names.
_OWN_REGION_NAMES = frozenset({"MA", "EG", "TN", "SN", "JO"})


def address_input(address: Address) -> AddressInput:
    """The engine's input; our region codes of Arab and African countries stay with us.

    Elsewhere the engine knows a province by what follows the country in its ISO code.
    """
    first, _, last = address.name.strip().partition(" ")
    country = address.country_code
    region = "" if country in _OWN_REGION_NAMES else address.region_code.removeprefix(f"{country}-")
    return AddressInput(
        first_name=first,
        last_name=last,
        street_address_1=address.line1,
        street_address_2=address.line2,
        city=address.city,
        country_area=region,
        postal_code=address.postal_code,
        country=CountryCode(address.country_code),
        phone=address.phone,
    )
