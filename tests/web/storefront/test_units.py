"""Prices of a kilogram and a litre."""

import pytest
from django.utils import translation

from marketplace.web.storefront.units import UnitPrice, quantity_text, unit_price


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("500 g", UnitPrice(36000, "kg")),
        ("1 kg", UnitPrice(18000, "kg")),
        ("250 ml", UnitPrice(72000, "L")),
        ("1 L", UnitPrice(18000, "L")),
        ("0,75 l", UnitPrice(24000, "L")),
        ("2 g", UnitPrice(9000, "g")),
        ("3 × 125 g", None),
        ("", None),
        ("0 g", None),
    ],
)
def test_the_unit_price_is_of_a_kilogram_litre_or_gram(
    quantity: str, expected: UnitPrice | None
) -> None:
    assert unit_price(18000, quantity) == expected


def test_units_are_written_in_the_readers_language() -> None:
    with translation.override("ar"):
        assert quantity_text("500 g") == "500\u00a0غ"
    with translation.override("fr"):
        assert quantity_text("3 × 125 g") == "3 × 125 g"
