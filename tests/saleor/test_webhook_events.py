"""A webhook's body is read once: which order, product or variant it names."""

from typing import Any

import pytest

from marketplace.saleor.webhooks.events import read_event


@pytest.mark.parametrize(
    ("body", "product_id"),
    [
        ({"product": {"id": "P"}}, "P"),
        ({"productVariant": {"id": "V", "product": {"id": "P"}}}, "P"),
        ({"productVariant": {"id": "V", "product": None}}, ""),
        ({"productMedia": {"id": "M", "productId": "P"}}, "P"),
        ({"translation": {"translatableContent": {"productId": "P"}}}, "P"),
        ({"translation": {"__typename": "CategoryTranslation"}}, ""),
        ({"product": None}, ""),
    ],
)
def test_a_body_names_its_product(body: dict[str, Any], product_id: str) -> None:
    event = read_event("product_updated", body)

    assert event.product_id == product_id
    assert event.order_id == ""
    assert (event.subject == "product:P") is bool(product_id)


def test_a_body_names_its_order_and_an_import_all_of_them() -> None:
    one = read_event("order_updated", {"order": {"id": "O", "updatedAt": "2026-01-01"}})
    many = read_event("order_bulk_created", {"orders": [{"id": "O"}, {"id": "Q"}, None, {}]})

    assert (one.order_id, one.order_ids, one.subject) == ("O", (), "order:O")
    assert (many.order_id, many.order_ids) == ("", ("O", "Q"))


def test_bodies_without_an_id_differ_by_what_lasts() -> None:
    first = read_event("x", {"issuedAt": "2026-01-01", "shop": {"name": "a"}})
    again = read_event("x", {"issuedAt": "2026-01-02", "shop": {"name": "a"}})
    other = read_event("x", {"issuedAt": "2026-01-02", "shop": {"name": "b"}})

    assert first.subject == again.subject != other.subject
