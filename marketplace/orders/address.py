"""A postal address of a buyer, as it is written into the engine and printed on a slip."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from marketplace.core.postal_addresses import province_code


class Address(BaseModel):
    """An address. ``region_code`` is ISO 3166-2 (``MA-09``) where we know it, else empty."""

    model_config = ConfigDict(frozen=True)

    name: str
    line1: str
    line2: str = ""
    city: str
    region_code: str = ""
    postal_code: str = ""
    country_code: str
    phone: str = ""

    def lines(self) -> list[str]:
        """The lines below the name on an envelope, from the street to the town."""
        town = f"{self.postal_code} {self.city}".strip()
        return [line for line in (self.line1, self.line2, town) if line]

    @classmethod
    def from_engine(cls, parts: Any) -> "Address":
        """Read the engine's address (the typed client's ``AddressParts``)."""
        return cls(
            name=" ".join(p for p in (parts.first_name, parts.last_name) if p).strip(),
            line1=parts.street_address_1,
            line2=parts.street_address_2,
            city=parts.city,
            region_code=province_code(parts.country.code, parts.country_area or "")[:8],
            postal_code=parts.postal_code,
            country_code=parts.country.code,
            phone=parts.phone or "",
        )
