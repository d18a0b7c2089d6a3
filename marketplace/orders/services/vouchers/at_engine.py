"""A voucher at the engine: Saleor's own, made there when it is first used.

It is for exactly those products of a basket that our voucher is for: they are named before the code
is entered, so that products which are published later need no bookkeeping. An engine's voucher
without products would be for all of them: it is never made without. The engine keeps the period
and the limits too; the minimum is ours alone, because Saleor compares it with the sum after the
discount, and drops a voucher that was just taken.
"""

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from catalog.markets import market_of
from marketplace.orders.engine_money import decimal_text
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import Voucher, VoucherKind
from marketplace.orders.voucher_errors import VoucherUnavailable
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    DiscountValueTypeEnum,
    SaleorClient,
    VoucherChannelListingAddInput,
    VoucherChannelListingInput,
    VoucherInput,
    VoucherTypeEnum,
)
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from marketplace.saleor.gateway import app_client

# Whoever begins to pay in the last minute has this long at her bank.
TIME_TO_PAY = timedelta(hours=1)


def prepare_at_engine(
    voucher: Voucher, listing_ids: Iterable[UUID], other_listing_ids: Iterable[UUID]
) -> None:
    """Let the engine's voucher be for these listings and not for those; it is made if it is new.

    Raises VoucherUnavailable when the engine does not let us, EngineUnavailable.
    """
    wanted = sorted(ids.global_ids(ids.PRODUCT, set(listing_ids)).values())
    others = sorted(ids.global_ids(ids.PRODUCT, set(other_listing_ids)).values())
    if not wanted:
        raise VoucherUnavailable
    try:
        with one_at_a_time(voucher.pk):
            _prepare(app_client(), voucher, wanted, others)
    except EngineRefused as refused:
        raise VoucherUnavailable from refused


def end_at_engine(voucher: Voucher) -> None:
    """End a stopped voucher at the engine, too; our own checks do without that."""
    gid = ids.find_global_id(ids.VOUCHER, voucher.pk)
    if gid is None:
        return
    start = min(voucher.starts_at, timezone.now())
    ends = VoucherInput(start_date=start.isoformat(), end_date=timezone.now().isoformat())
    with contextlib.suppress(EngineRefused, EngineUnavailable):
        accepted(app_client().update_voucher(gid, ends).voucher_update)


def _prepare(client: SaleorClient, voucher: Voucher, wanted: list[str], others: list[str]) -> None:
    gid = ids.find_global_id(ids.VOUCHER, voucher.pk)
    if gid is None:
        gid = _made_already(client, voucher) or _make(client, voucher, wanted)
        _set_values(client, gid, voucher)
        ids.link(ids.VOUCHER, voucher.pk, gid)
    accepted(client.add_voucher_products(gid, wanted).voucher_catalogues_add)
    if others:
        accepted(client.remove_voucher_products(gid, others).voucher_catalogues_remove)


def _made_already(client: SaleorClient, voucher: Voucher) -> str | None:
    """One that the engine made before we lost its answer."""
    found = client.vouchers_by_code(voucher.code).vouchers
    edges = found.edges if found else []
    return next((edge.node.id for edge in edges if edge.node.code == voucher.code), None)


def _make(client: SaleorClient, voucher: Voucher, products: list[str]) -> str:
    is_percent = voucher.kind == VoucherKind.PERCENT
    kind = DiscountValueTypeEnum.PERCENTAGE if is_percent else DiscountValueTypeEnum.FIXED
    payload = accepted(
        client.create_voucher(
            VoucherInput(
                type=VoucherTypeEnum.SPECIFIC_PRODUCT,
                name=voucher.name or voucher.code,
                add_codes=[voucher.code],
                start_date=voucher.starts_at.isoformat(),
                end_date=(voucher.ends_at + TIME_TO_PAY).isoformat(),
                discount_value_type=kind,
                products=products,
                apply_once_per_customer=voucher.once_per_buyer,
                usage_limit=voucher.most_uses,
            )
        ).voucher_create
    )
    if payload.voucher is None:
        raise VoucherUnavailable
    return payload.voucher.id


def _set_values(client: SaleorClient, gid: str, voucher: Voucher) -> None:
    listings = [
        VoucherChannelListingAddInput(
            channel_id=ids.global_id(
                ids.CHANNEL, ids.of_slug(ids.CHANNEL, market_of(row.market).channel_slug)
            ),
            discount_value=(
                str(voucher.percent)
                if row.amount_minor is None
                else decimal_text(row.amount_minor, row.currency)
            ),
        )
        for row in voucher.markets.all()
    ]
    given = VoucherChannelListingInput(add_channels=listings)
    accepted(client.set_voucher_values(gid, given).voucher_channel_listing_update)
