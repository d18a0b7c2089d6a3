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
    # Why it costs that: an attempt that began before December 2026 does not say it.
    zone: NotRequired[str]
    up_to_grams: NotRequired[int]
    # The carrier's price, where the cooperative delivers for free.
    waived_minor: NotRequired[int]
    # The offer by which the buyer collects it.
    pickup: NotRequired[int]


class AttemptOption(TypedDict):
    """A delivery option that the engine offered; ``delivery`` is the engine's id of it."""

    id: str
    delivery: str
    amount_minor: int
    parcels: list[QuotedParcel]
