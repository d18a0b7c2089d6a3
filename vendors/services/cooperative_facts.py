"""What is registered of a cooperative."""

from dataclasses import dataclass

from marketplace.core.postal_addresses import PostalAddress


@dataclass(frozen=True, kw_only=True)
class CooperativeFacts:
    """Registered facts of a cooperative (codes: ISO 3166, HCP's for the commune)."""

    slug: str
    legal_name: str
    legal_name_latin: str
    kind: str
    sector: str
    country_code: str
    region_code: str
    place_name: str
    address_line: str
    payout_currency: str
    place_name_ar: str = ""
    commune_code: str = ""
    postal_code: str = ""
    is_rural: bool = True
    member_count: int = 0
    women_count: int = 0
    founded_year: int | None = None
    phone: str = ""
    email: str = ""
    handling_days: int = 3

    @property
    def pickup_address(self) -> PostalAddress:
        """Where its parcels are picked up."""
        return PostalAddress(
            country_code=self.country_code,
            line1=self.address_line,
            city=self.place_name,
            postal_code=self.postal_code,
        )
