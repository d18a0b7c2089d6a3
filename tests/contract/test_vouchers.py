"""Vouchers: what a code takes off which products, and that its uses are counted."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import sell
from tests.contract.vouchers import enter, make
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def test_a_percentage_is_taken_off_the_products_it_is_for_before_tax(shop: Shop) -> None:
    _, code = make(shop, shop.oil, value="15")
    checkout = shop.ready((shop.oil, 2), (shop.rug, 1))
    payload = enter(shop, checkout, code)
    assert payload["errors"] == []
    seen = payload["checkout"]
    assert seen["voucherCode"] == code
    assert fractional(seen["subtotalPrice"]["gross"]) == 150_000 + 36_000 - 5_400
    before = {line["quantity"]: line["undiscountedTotalPrice"] for line in seen["lines"]}
    assert fractional(before[2]) == 36_000
    # when she pays and completes
    assert shop.pay(checkout)["errors"] == []
    order = shop.seen(shop.complete(checkout)["order"]["id"])
    assert order["voucherCode"] == code
    lines = {line["quantity"]: line for line in order["lines"]}
    assert fractional(lines[2]["totalPrice"]["gross"]) == 30_600
    assert fractional(lines[2]["totalPrice"]["net"]) == 25_500
    assert fractional(lines[2]["undiscountedTotalPrice"]["gross"]) == 36_000
    assert (lines[2]["voucherCode"], lines[1]["voucherCode"]) == (code, None)
    assert fractional(lines[1]["totalPrice"]["gross"]) == 150_000


def test_an_amount_is_taken_off_each_piece(shop: Shop) -> None:
    _, code = make(shop, shop.oil, value="12.5", discountValueType="FIXED")
    checkout = shop.ready((shop.oil, 3))
    seen = enter(shop, checkout, code)["checkout"]
    assert fractional(seen["subtotalPrice"]["gross"]) == 54_000 - 3_750


def test_a_code_that_is_unknown_ended_or_for_others_is_refused(shop: Shop) -> None:
    yesterday = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    voucher, code = make(shop, shop.rug)
    checkout = shop.ready((shop.oil, 1))
    assert codes(enter(shop, checkout, "NOSUCHCODE")) == ["INVALID"]
    assert codes(enter(shop, checkout, code)) == ["VOUCHER_NOT_APPLICABLE"]
    # when it is for the oil, too
    shop.app_done("AddVoucherProducts", id=voucher, products=[shop.oil.id])
    assert enter(shop, checkout, code)["errors"] == []
    # and no longer
    shop.app_done("RemoveVoucherProducts", id=voucher, products=[shop.oil.id])
    assert codes(enter(shop, checkout, code)) == ["VOUCHER_NOT_APPLICABLE"]
    shop.app_done("UpdateVoucher", id=voucher, input={"endDate": yesterday})
    assert codes(enter(shop, checkout, code)) == ["INVALID"]


def test_a_code_is_taken_out_again(shop: Shop) -> None:
    _, code = make(shop, shop.oil)
    checkout = shop.ready((shop.oil, 1))
    enter(shop, checkout, code)
    payload = shop.done("RemovePromoCode", id=checkout, promoCode=code)
    assert payload["checkout"]["voucherCode"] is None
    assert fractional(payload["checkout"]["subtotalPrice"]["gross"]) == 18_000
    again = shop.engine.buyer("RemovePromoCode", id=checkout, promoCode=code)
    assert codes(again["checkoutRemovePromoCode"]) == ["INVALID"]


def test_the_last_use_is_given_once(shop: Shop) -> None:
    voucher, code = make(shop, shop.oil, usageLimit=1)
    first, second = shop.ready((shop.oil, 1)), shop.ready((shop.oil, 1))
    for checkout in (first, second):
        assert enter(shop, checkout, code)["errors"] == []
        assert shop.pay(checkout)["errors"] == []
    assert shop.complete(first)["errors"] == []
    assert codes(shop.complete(second)) == ["VOUCHER_NOT_APPLICABLE"]
    assert shop.engine.as_app("VoucherById", id=voucher)["voucher"]["used"] == 1


def test_a_buyer_has_one_use_where_it_is_so(shop: Shop) -> None:
    _, code = make(shop, shop.oil, applyOncePerCustomer=True)
    first, second = shop.ready((shop.oil, 1)), shop.ready((shop.oil, 1))
    for checkout in (first, second):
        assert enter(shop, checkout, code)["errors"] == []
        assert shop.pay(checkout)["errors"] == []
    assert shop.complete(first)["errors"] == []
    assert codes(shop.complete(second)) == ["VOUCHER_NOT_APPLICABLE"]
    third = shop.ready((shop.oil, 1))
    assert codes(enter(shop, third, code)) == ["VOUCHER_NOT_APPLICABLE"]


def test_a_voucher_that_ends_is_dropped_with_the_next_calculation(shop: Shop) -> None:
    voucher, code = make(shop, shop.oil)
    checkout = shop.ready((shop.oil, 1))
    enter(shop, checkout, code)
    gone = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    shop.app_done("UpdateVoucher", id=voucher, input={"endDate": gone})
    line = [{"variantId": shop.oil.variant, "quantity": 2}]
    seen = shop.done("UpdateCheckoutLines", id=checkout, lines=line)["checkout"]
    assert seen["voucherCode"] is None
    assert fractional(seen["subtotalPrice"]["gross"]) == 36_000


def test_codes_are_unique_and_values_checked(shop: Shop) -> None:
    voucher, code = make(shop, shop.oil)
    doubled = {"type": "SPECIFIC_PRODUCT", "addCodes": [code]}
    again = shop.engine.as_app("CreateVoucher", input=doubled)["voucherCreate"]
    assert codes(again) == ["ALREADY_EXISTS"]
    listing = {"channelId": shop.market.channel, "discountValue": "101"}
    over = {"addChannels": [listing]}
    answer = shop.engine.as_app("SetVoucherValues", id=voucher, input=over)
    assert codes(answer["voucherChannelListingUpdate"]) == ["INVALID"]
    found = shop.engine.as_app("VouchersByCode", search=code)["vouchers"]["edges"]
    assert [edge["node"]["id"] for edge in found] == [voucher]


def test_only_who_manages_discounts_makes_vouchers(shop: Shop) -> None:
    with pytest.raises(Refused) as refused:
        shop.engine.buyer("CreateVoucher", input={"addCodes": ["FREE"]})
    assert refused.value.codes == ["PermissionDenied"]
