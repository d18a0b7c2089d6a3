"""The set-up of a Saleor store as code: compares it with the plan, creates what is missing.

Nothing of the store is ever deleted or renamed (except our App's webhooks that it no longer uses);
applying twice changes nothing. What is found or created is recorded in the id map, so that an
existing store can be adopted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.steps import Progress, say_nothing
from marketplace.saleor import app_plan, ids, instances, past_orders, stock_zone, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.changes import Change, ok
from marketplace.saleor.client import (
    ChannelCreateInput,
    OrderSettingsInput,
    PaymentSettingsInput,
    SaleorClient,
    ShopSettingsInput,
    StockSettingsInput,
    TaxConfigurationUpdateInput,
)
from marketplace.saleor.client.enums import (
    AllocationStrategyEnum,
    CountryCode,
    TaxCalculationStrategy,
    TransactionFlowStrategyEnum,
    WeightUnitsEnum,
)
from marketplace.saleor.gateway import app_client
from marketplace.saleor.paging import nodes
from marketplace.saleor.setup_catalogue import attribute_changes, category_changes, type_changes
from marketplace.saleor.store_plan import ChannelPlan
from marketplace.saleor.versions import STOCK_WITHOUT_ZONES, is_at_least, require_supported


@dataclass(frozen=True)
class SetupReport:
    """Applied changes, and changes that only an administrator of the engine can make."""

    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def plan() -> list[str]:
    """The changes that ``apply`` would make; only the id map is updated."""
    return [change.what for change in _changes(app_client())]


def apply(*, by: Actor, progress: Progress = say_nothing) -> SetupReport:
    """Set up the store as planned; may be repeated at any time, also after a failure.

    ``progress`` hears of each change that begins. Raises NotInstalled, EngineUnavailable, or
    EngineRefused.
    """
    report = SetupReport()
    for change in _changes(app_client()):
        if change.make is None:
            report.left.append(change.what)
            continue
        progress(f"{change.what} …")
        change.make()
        report.changes.append(change.what)
    audit.record("store.set_up", instances.current(), by=by, changes=report.changes)
    return report


def _changes(client: SaleorClient) -> Iterator[Change]:
    """Lazily, in the order of dependencies; raises EngineTooOld."""
    require_supported(client)
    yield from app_plan.changes(client)
    yield from _shop(client)
    yield from _channels(client)
    yield from stock_zone.changes(client)
    yield from attribute_changes(client)
    yield from type_changes(client)
    yield from category_changes(client)
    yield from _taxes(client)
    yield from past_orders.changes(client)


def _shop(client: SaleorClient) -> Iterator[Change]:
    shop = client.shop_setup().shop
    minutes = settings.BASKET_RESERVATION_MINUTES
    reserved = (
        shop.reserve_stock_duration_anonymous_user,
        shop.reserve_stock_duration_authenticated_user,
    )
    takes_offers = _takes_offers(shop.limit_quantity_per_checkout)
    if reserved == (minutes, minutes) and takes_offers and not stock_zone.is_in_the_way(client):
        return
    wanted = ShopSettingsInput(
        reserve_stock_duration_anonymous_user=minutes,
        reserve_stock_duration_authenticated_user=minutes,
        fulfillment_auto_approve=True,
        # Cash on delivery is shipped before it is paid.
        fulfillment_allow_unpaid=True,
    )
    if not takes_offers:
        wanted.limit_quantity_per_checkout = store_plan.MOST_OF_A_PRODUCT
    stock = "by zone"
    if is_at_least(STOCK_WITHOUT_ZONES):
        wanted.use_legacy_shipping_zone_stock_availability = False
        stock = "by channel and warehouse"
    if not any(channel.is_the_stores for channel in store_plan.CHANNELS):
        # Other clients of an older store may send weights without a unit.
        wanted.default_weight_unit = WeightUnitsEnum.G
    yield Change(
        f"shop: reserve stock for {minutes} minutes, stock {stock}",
        lambda: ok(client.update_shop_settings(wanted).shop_settings_update),
    )


def _takes_offers(most: int | None) -> bool:
    """Whether as many of a product are taken in one order as may be offered to one buyer."""
    return most is None or most >= store_plan.MOST_OF_A_PRODUCT


def _channels(client: SaleorClient) -> Iterator[Change]:
    present = client.shop_setup().channels or []
    for channel in present:
        ids.link(ids.CHANNEL, ids.of_slug(ids.CHANNEL, channel.slug), channel.id)
    known = {channel.slug for channel in present}
    currencies = {channel.slug: channel.currency_code for channel in present}
    for wanted in store_plan.CHANNELS:
        store_plan.require_usable(wanted, currencies)
        if wanted.slug not in known:
            yield Change(f"channel {wanted.slug}", lambda w=wanted: _make_channel(client, w))  # type: ignore[misc]


def _make_channel(client: SaleorClient, wanted: ChannelPlan) -> None:
    channel_input = ChannelCreateInput(
        name=wanted.name,
        slug=wanted.slug,
        currency_code=wanted.currency,
        default_country=CountryCode(wanted.default_country),
        is_active=True,
        stock_settings=StockSettingsInput(
            allocation_strategy=AllocationStrategyEnum.PRIORITIZE_HIGH_STOCK
        ),
        payment_settings=PaymentSettingsInput(
            default_transaction_flow_strategy=TransactionFlowStrategyEnum.CHARGE
        ),
        order_settings=OrderSettingsInput(
            automatically_confirm_all_new_orders=True, allow_unpaid_orders=False
        ),
    )
    channel = accepted(client.create_channel(channel_input).channel_create).channel
    assert channel is not None
    ids.link(ids.CHANNEL, ids.of_slug(ids.CHANNEL, wanted.slug), channel.id)


def _taxes(client: SaleorClient) -> Iterator[Change]:
    """Every planned channel gets its taxes from our App; prices are entered with tax."""
    planned = {channel.slug: channel for channel in store_plan.CHANNELS}
    for found in nodes(lambda after: client.tax_configurations_page(after).tax_configurations):
        channel = planned.get(found.channel.slug)
        if channel is None or _is_right(found):
            continue
        if channel.is_the_stores and not found.prices_entered_with_tax:
            # Changing it would change the price of everything that the store sells there.
            yield Change(
                f"channel {channel.slug}: its prices are entered without tax, ours with tax. "
                "Change its prices and this setting, or let the market have a channel of its own"
            )
            continue
        yield Change(
            f"taxes of {found.channel.slug}: by our App",
            lambda key=found.id: _set_taxes(client, key),  # type: ignore[misc]
        )


def _is_right(found: Any) -> bool:
    return bool(
        found.charge_taxes
        and found.prices_entered_with_tax
        and found.tax_calculation_strategy == TaxCalculationStrategy.TAX_APP
        and found.tax_app_id == settings.SALEOR_APP_IDENTIFIER
    )


def _set_taxes(client: SaleorClient, configuration_id: str) -> None:
    wanted = TaxConfigurationUpdateInput(
        charge_taxes=True,
        tax_calculation_strategy=TaxCalculationStrategy.TAX_APP,
        prices_entered_with_tax=True,
        display_gross_prices=True,
        tax_app_id=settings.SALEOR_APP_IDENTIFIER,
    )
    ok(client.update_tax_configuration(configuration_id, wanted).tax_configuration_update)
