import pytest

from marketplace.embedded import statuses


@pytest.mark.parametrize(
    ("ordered", "fulfilled", "returned", "expected"),
    [
        (3, 0, 0, "UNFULFILLED"),
        (3, 1, 0, "PARTIALLY_FULFILLED"),
        (3, 3, 0, "FULFILLED"),
        (3, 3, 1, "PARTIALLY_RETURNED"),
        (3, 2, 1, "PARTIALLY_RETURNED"),
        (3, 3, 3, "RETURNED"),
    ],
)
def test_status_follows_what_was_sent_and_what_came_back(
    ordered: int, fulfilled: int, returned: int, expected: str
) -> None:
    status = statuses.fulfillment_status(ordered=ordered, fulfilled=fulfilled, returned=returned)

    assert status == expected


@pytest.mark.parametrize(
    ("total", "granted", "charged", "expected"),
    [
        (1000, 0, 0, "NONE"),
        (1000, 0, 400, "PARTIAL"),
        (1000, 0, 1000, "FULL"),
        (1000, 0, 1001, "OVERCHARGED"),
        (1000, 300, 700, "FULL"),
        (1000, 300, 1000, "OVERCHARGED"),
        (1000, 1000, 0, "FULL"),
        (0, 0, 0, "FULL"),
    ],
)
def test_charge_status_compares_with_the_total_less_granted_refunds(
    total: int, granted: int, charged: int, expected: str
) -> None:
    assert statuses.charge_status(total=total, granted=granted, charged=charged) == expected


@pytest.mark.parametrize(
    ("total", "granted", "authorized", "charged", "expected"),
    [
        (1000, 0, 0, 0, "NONE"),
        (1000, 0, 1000, 0, "FULL"),
        (1000, 0, 400, 600, "FULL"),
        (1000, 0, 400, 0, "PARTIAL"),
        (1000, 700, 0, 300, "FULL"),
        (0, 0, 0, 0, "FULL"),
    ],
)
def test_authorize_status_counts_authorised_and_charged(
    total: int, granted: int, authorized: int, charged: int, expected: str
) -> None:
    status = statuses.authorize_status(
        total=total, granted=granted, authorized=authorized, charged=charged
    )

    assert status == expected


def test_an_empty_checkout_is_neither_charged_nor_authorised() -> None:
    assert statuses.checkout_charge_status(total=0, charged=0, has_lines=False) == "NONE"
    assert (
        statuses.checkout_authorize_status(total=0, authorized=0, charged=0, has_lines=False)
        == "NONE"
    )


def test_an_order_wholly_refunded_is_not_charged() -> None:
    assert statuses.payment_status(total=1000, charged=0, refunded=1000) == "FULLY_REFUNDED"
    assert statuses.payment_status(total=1000, charged=990, refunded=10) == "PARTIALLY_CHARGED"
    assert statuses.payment_status(total=1000, charged=0, refunded=0) == "NOT_CHARGED"
