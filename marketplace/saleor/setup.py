"""The store's set-up as code: compares the engine with the plan, and makes what is missing.

Nothing of the store is ever deleted or renamed (of our App's webhooks, what it no longer uses is);
applying twice changes nothing. Whatever is found or made is remembered in the id map, so that an
existing store can be adopted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import app_plan, ids, instances, past_orders, stock_zone, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.changes import Change, ok
from marketplace.saleor.client import (
    AttributeCreateInput,
    CategoryInput,
    ChannelCreateInput,
    LanguageCodeEnum,
    OrderSettingsInput,
    PageTypeCreateInput,
    PaymentSettingsInput,
    ProductTypeInput,
    SaleorClient,
    ShopSettingsInput,
    StockSettingsInput,
    TaxConfigurationUpdateInput,
    TranslationInput,
)
from marketplace.saleor.client.enums import (
    AllocationStrategyEnum,
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    CountryCode,
    ProductTypeKindEnum,
    TaxCalculationStrategy,
    TransactionFlowStrategyEnum,
    WeightUnitsEnum,
)
from marketplace.saleor.gateway import app_client
from marketplace.saleor.paging import nodes
from marketplace.saleor.store_plan import AttributePlan, CategoryPlan, ChannelPlan
from marketplace.saleor.versions import STOCK_WITHOUT_ZONES, is_at_least, require_supported

_TRANSLATED = {"ar": LanguageCodeEnum.AR, "fr": LanguageCodeEnum.FR, "en": LanguageCodeEnum.EN}


@dataclass(frozen=True)
class SetupReport:
    """What was changed, in words, and what only an administrator of the engine can change."""

    changes: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def plan() -> list[str]:
    """What ``apply`` would do now, in words; nothing is changed but the id map."""
    return [change.what for change in _changes(app_client())]


def apply(*, by: Actor) -> SetupReport:
    """Make the store as planned; may be repeated at any time, also after a failure half way.

    Raises NotInstalled, EngineUnavailable, or EngineRefused when the engine wants it otherwise.
    """
    report = SetupReport()
    for change in _changes(app_client()):
        if change.make is None:
            report.left.append(change.what)
            continue
        change.make()
        report.changes.append(change.what)
    audit.record("store.set_up", instances.current(), by=by, changes=report.changes)
    return report


def _changes(client: SaleorClient) -> Iterator[Change]:
    """Lazily, in the order in which things need each other; raises EngineTooOld."""
    require_supported(client)
    yield from app_plan.changes(client)
    yield from _shop(client)
    yield from _channels(client)
    yield from stock_zone.changes(client)
    yield from _attributes(client)
    yield from _types(client)
    yield from _categories(client)
    yield from _taxes(client)
    yield from past_orders.changes(client)


def _known(kind: str, found: Iterable[Any]) -> set[str]:
    """The slugs which the engine has, all remembered in the id map."""
    slugs = set()
    for node in found:
        ids.link(kind, ids.of_slug(kind, node.slug), node.id)
        slugs.add(node.slug)
    return slugs


def _shop(client: SaleorClient) -> Iterator[Change]:
    shop = client.shop_setup().shop
    minutes = settings.BASKET_RESERVATION_MINUTES
    reserved = (
        shop.reserve_stock_duration_anonymous_user,
        shop.reserve_stock_duration_authenticated_user,
    )
    if reserved == (minutes, minutes) and not stock_zone.is_in_the_way(client):
        return
    wanted = ShopSettingsInput(
        reserve_stock_duration_anonymous_user=minutes,
        reserve_stock_duration_authenticated_user=minutes,
        fulfillment_auto_approve=True,
        # Cash on delivery is shipped before it is paid.
        fulfillment_allow_unpaid=True,
    )
    stock = "by zone"
    if is_at_least(STOCK_WITHOUT_ZONES):
        wanted.use_legacy_shipping_zone_stock_availability = False
        stock = "by channel and warehouse"
    if not any(channel.is_the_stores for channel in store_plan.CHANNELS):
        # What else speaks to an older store may send weights without saying their unit.
        wanted.default_weight_unit = WeightUnitsEnum.G
    yield Change(
        f"shop: reserve stock for {minutes} minutes, stock {stock}",
        lambda: ok(client.update_shop_settings(wanted).shop_settings_update),
    )


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


def _attributes(client: SaleorClient) -> Iterator[Change]:
    known = _known(ids.ATTRIBUTE, nodes(lambda after: client.attributes_page(after).attributes))
    for wanted in (store_plan.COOPERATIVE_ATTRIBUTE, *store_plan.TEXT_ATTRIBUTES):
        if wanted.slug not in known:
            yield Change(f"attribute {wanted.slug}", lambda w=wanted: _make_attribute(client, w))  # type: ignore[misc]


def _make_attribute(client: SaleorClient, wanted: AttributePlan) -> None:
    refers = wanted is store_plan.COOPERATIVE_ATTRIBUTE
    attribute_input = AttributeCreateInput(
        name=wanted.name,
        slug=wanted.slug,
        type_=AttributeTypeEnum.PRODUCT_TYPE,
        input_type=(
            AttributeInputTypeEnum.SINGLE_REFERENCE if refers else AttributeInputTypeEnum.PLAIN_TEXT
        ),
        value_required=refers,
    )
    if refers:
        attribute_input.entity_type = AttributeEntityTypeEnum.PAGE
    attribute = accepted(client.create_attribute(attribute_input).attribute_create).attribute
    assert attribute is not None
    ids.link(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, wanted.slug), attribute.id)


def _types(client: SaleorClient) -> Iterator[Change]:
    page_types = nodes(lambda after: client.page_types_page(after).page_types)
    product_types = nodes(lambda after: client.product_types_page(after).product_types)
    if store_plan.PAGE_TYPE.slug not in _known(ids.PAGE_TYPE, page_types):
        yield Change(f"page type {store_plan.PAGE_TYPE.slug}", lambda: _make_page_type(client))
    if store_plan.PRODUCT_TYPE.slug not in _known(ids.PRODUCT_TYPE, product_types):
        yield Change(
            f"product type {store_plan.PRODUCT_TYPE.slug}", lambda: _make_product_type(client)
        )


def _make_page_type(client: SaleorClient) -> None:
    wanted = store_plan.PAGE_TYPE
    page_type_input = PageTypeCreateInput(name=wanted.name, slug=wanted.slug)
    made = accepted(client.create_page_type(page_type_input).page_type_create).page_type
    assert made is not None
    ids.link(ids.PAGE_TYPE, ids.of_slug(ids.PAGE_TYPE, wanted.slug), made.id)


def _make_product_type(client: SaleorClient) -> None:
    wanted = store_plan.PRODUCT_TYPE
    attributes = (store_plan.COOPERATIVE_ATTRIBUTE, *store_plan.TEXT_ATTRIBUTES)
    product_type_input = ProductTypeInput(
        name=wanted.name,
        slug=wanted.slug,
        kind=ProductTypeKindEnum.NORMAL,
        has_variants=True,
        is_shipping_required=True,
        product_attributes=[
            ids.global_id(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, a.slug)) for a in attributes
        ],
    )
    made = accepted(client.create_product_type(product_type_input).product_type_create).product_type
    assert made is not None
    ids.link(ids.PRODUCT_TYPE, ids.of_slug(ids.PRODUCT_TYPE, wanted.slug), made.id)


def _categories(client: SaleorClient) -> Iterator[Change]:
    known = _known(ids.CATEGORY, nodes(lambda after: client.categories_page(after).categories))
    for wanted in store_plan.categories():
        if wanted.slug not in known:
            yield Change(f"category {wanted.slug}", lambda w=wanted: _make_category(client, w))  # type: ignore[misc]


def _make_category(client: SaleorClient, wanted: CategoryPlan) -> None:
    base = settings.BASE_LANGUAGE
    category_input = CategoryInput(name=wanted.name(base), slug=wanted.slug)
    made = accepted(client.create_category(category_input).category_create).category
    assert made is not None
    ids.link(ids.CATEGORY, ids.of_slug(ids.CATEGORY, wanted.slug), made.id)
    for language, code in _TRANSLATED.items():
        if language != base:
            text = TranslationInput(name=wanted.name(language))
            accepted(client.translate_category(made.id, code, text).category_translate)


def _taxes(client: SaleorClient) -> Iterator[Change]:
    """Every planned channel asks our App for taxes; prices are entered with tax."""
    planned = {channel.slug: channel for channel in store_plan.CHANNELS}
    for found in nodes(lambda after: client.tax_configurations_page(after).tax_configurations):
        channel = planned.get(found.channel.slug)
        if channel is None or _is_right(found):
            continue
        if channel.is_the_stores and not found.prices_entered_with_tax:
            # To say otherwise would change the price of everything that the store sells there.
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
