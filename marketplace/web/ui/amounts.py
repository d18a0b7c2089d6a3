"""What a field of money says beside itself: how the typed amount is read, before it is sent."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from marketplace.core.amounts import (
    MOVEMENT,
    NOT_NEGATIVE,
    PRICE,
    AmbiguousAmount,
    Limits,
    UnreadableAmount,
    read_amount,
)
from marketplace.core.money import Money

LONGEST = 40
# What is sent beside the field ``price``: ``price-reading`` and ``price-confirmed``, each an amount
# in minor units: the answer is for that amount alone, and for none that is typed later.
READING, CONFIRMED = "-reading", "-confirmed"
# The limits that an address can name.
LIMITS = {"price": PRICE, "not_negative": NOT_NEGATIVE, "movement": MOVEMENT}


class TypedAmount(str):
    """What was typed, with the answers given beside it."""

    __slots__ = ("confirmed", "reading")

    reading: str
    confirmed: str

    @classmethod
    def of(cls, text: str, *, reading: str = "", confirmed: str = "") -> "TypedAmount":
        """A text with the chosen reading and the confirmed amount, both in minor units."""
        typed = cls(text)
        typed.reading, typed.confirmed = reading, confirmed
        return typed


@dataclass(frozen=True, slots=True)
class Reading:
    """How a typed amount is read: as ``amount``, or ``readings`` to choose from, or ``refusal``.

    ``question`` is an amount to confirm, ``is_confirmed`` whether that was done.
    """

    name: str
    amount: Money | None = None
    readings: tuple[Money, ...] = ()
    refusal: str = ""
    question: Money | None = None
    is_confirmed: bool = False


def read_typed(typed: str, currency: str, limits: Limits = PRICE) -> Money:
    """The amount of a text in the active language, by the chosen reading where two are likely."""
    try:
        return read_amount(typed, currency, limits=limits)
    except AmbiguousAmount as ambiguous:
        chosen = getattr(typed, "reading", "")
        for reading in ambiguous.readings:
            if chosen == str(reading.amount_minor):
                return reading
        raise


def reading_of(name: str, typed: str, currency: str, limits: Limits = PRICE) -> Reading:
    """What to say beside the field ``name``; nothing for an empty one."""
    if not typed.strip() or not currency:
        return Reading(name)
    readings: tuple[Money, ...] = ()
    try:
        read_amount(typed, currency, limits=limits)
    except AmbiguousAmount as ambiguous:
        readings = ambiguous.readings
    except UnreadableAmount:
        pass
    try:
        return Reading(name, amount=read_typed(typed, currency, limits), readings=readings)
    except AmbiguousAmount:
        return Reading(name, readings=readings)
    except UnreadableAmount as error:
        return Reading(name, refusal=str(error))


def reading_url(name: str, currency: str, limits: Limits, *, language: str, market: str) -> str:
    """The address that says how the field ``name`` is read; the typed text is added to it."""
    limit = next((key for key, known in LIMITS.items() if known == limits), "price")
    asked = {
        "field": name,
        "in": currency,
        "limits": limit,
        "language": language,
        "market": market,
    }
    return f"{reverse('ui:amount-reading')}?{urlencode(asked)}"


def typed_in(data: QueryDict, name: str) -> TypedAmount:
    """What a request holds for a field of money."""
    return TypedAmount.of(
        data.get(name, ""),
        reading=data.get(f"{name}{READING}", ""),
        confirmed=data.get(f"{name}{CONFIRMED}", ""),
    )
