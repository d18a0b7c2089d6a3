"""What an attempt to buy keeps as JSON. Amounts are minor units of the attempt's currency."""

from typing import NotRequired, TypedDict


class AttemptLine(TypedDict):
    """A line as it was when the checkout began; ids are our UUIDs as text."""

    variant_id: str
    listing_id: str
    cooperative_id: str
    title: str
    quantity: int
    unit_minor: int
    # What the voucher takes off the line.
    discount_minor: NotRequired[int]


class QuotedParcel(TypedDict):
    """One cooperative's parcel within a delivery option; days from the day of the quote."""

    cooperative: str
    amount_minor: int
    days_min: int
    days_max: int


class AttemptOption(TypedDict):
    """A delivery option that the engine offered; ``delivery`` is the engine's id of it."""

    id: str
    delivery: str
    amount_minor: int
    parcels: list[QuotedParcel]
