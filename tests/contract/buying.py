"""A buyer's way through the checkout, step by step, with our own operations."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.contract.engine import Engine
from tests.contract.world import ADDRESS, Market, Product

_TRANSACTION = """
query($id: ID!) {
  transaction(id: $id) {
    chargedAmount { fractionalAmount }
    authorizedAmount { fractionalAmount }
    refundedAmount { fractionalAmount }
    refundPendingAmount { fractionalAmount }
    canceledAmount { fractionalAmount }
    events { type }
  }
}"""


@dataclass
class Shop:
    """A market whose App does shipping, taxes and payments, with products of two vendors."""

    engine: Engine
    market: Market
    oil: Product
    rug: Product

    def checkout(self, *wanted: tuple[Product, int], **more: Any) -> dict[str, Any]:
        """Ask for a checkout; return the payload, refused or not."""
        payload: dict[str, Any] = self.engine.buyer(
            "CreateCheckout",
            input={
                "channel": self.market.channel_slug,
                "email": "buyer@example.org",
                "lines": [{"variantId": each.variant, "quantity": n} for each, n in wanted],
                "shippingAddress": ADDRESS,
                "billingAddress": ADDRESS,
                "languageCode": "AR",
                **more,
            },
        )["checkoutCreate"]
        return payload

    def ready(self, *wanted: tuple[Product, int], **more: Any) -> str:
        """Make a checkout with its delivery chosen; return its id."""
        payload = self.checkout(*wanted, **more)
        assert payload["errors"] == [], payload["errors"]
        checkout: str = payload["checkout"]["id"]
        options = self.done("CalculateDeliveryOptions", id=checkout)["deliveries"]
        self.done("UpdateCheckoutDeliveryMethod", id=checkout, deliveryMethodId=options[0]["id"])
        return checkout

    def pay(self, checkout: str, **more: Any) -> dict[str, Any]:
        """Start the payment of what is due; return the payload."""
        payload: dict[str, Any] = self.engine.buyer(
            "InitializeTransaction",
            id=checkout,
            gateway={"id": self.engine.app.identifier, "data": {"card": "4242"}},
            **more,
        )["transactionInitialize"]
        return payload

    def complete(self, checkout: str, **more: Any) -> dict[str, Any]:
        """Complete the checkout; return the payload, refused or not."""
        payload: dict[str, Any] = self.engine.buyer("CompleteCheckout", id=checkout, **more)[
            "checkoutComplete"
        ]
        return payload

    def order(self, *wanted: tuple[Product, int], **more: Any) -> dict[str, Any]:
        """Buy and pay; return the order as the App sees it."""
        checkout = self.ready(*wanted, **more)
        paid = self.pay(checkout)
        assert paid["errors"] == [], paid["errors"]
        payload = self.complete(checkout)
        assert payload["errors"] == [], payload["errors"]
        return self.seen(payload["order"]["id"])

    def seen(self, order: str) -> dict[str, Any]:
        """Return the order as the App sees it."""
        found: dict[str, Any] = self.engine.as_app("OrderById", id=order)["order"]
        return found

    def done(self, operation: str, **variables: Any) -> Any:
        """Run a buyer's mutation, expect no errors, return its payload."""
        (payload,) = self.engine.buyer(operation, **variables).values()
        assert payload["errors"] == [], payload["errors"]
        return payload

    def app_done(self, operation: str, **variables: Any) -> Any:
        """Run the App's mutation, expect no errors, return its payload."""
        (payload,) = self.engine.as_app(operation, **variables).values()
        assert payload["errors"] == [], payload["errors"]
        return payload

    def settled(
        self, transaction: str, wanted: Callable[[dict[str, int]], bool], event: str = ""
    ) -> None:
        """Wait until a transaction's amounts (minor units by name) are as `wanted`.

        With `event`, until one of that type is among its events, too. A real engine asks the App
        in a job and answers the mutation before that.
        """

        def is_so() -> bool:
            found = self.engine.as_app(_TRANSACTION, id=transaction)["transaction"]
            events = [each["type"] for each in found.pop("events")]
            amounts = {name: fractional(money) for name, money in found.items()}
            return wanted(amounts) and (not event or event in events)

        self.engine.eventually(is_so)

    def left(self, product: Product) -> int:
        """Return how many units a buyer can still have."""
        found = self.engine.buyer(
            "query($id: ID!, $channel: String!) {"
            " productVariant(id: $id, channel: $channel) { quantityAvailable } }",
            id=product.variant,
            channel=self.market.channel_slug,
        )
        return int(found["productVariant"]["quantityAvailable"])

    def stock(self, product: Product) -> tuple[int, int]:
        """Return the units in stock and those promised to orders."""
        stocks = self.engine.staff(
            "query($id: ID!) { productVariant(id: $id) { stocks { quantity quantityAllocated } } }",
            id=product.variant,
        )["productVariant"]["stocks"]
        assert len(stocks) == 1
        return stocks[0]["quantity"], stocks[0]["quantityAllocated"]


def fractional(money: dict[str, Any]) -> int:
    """Return an amount in minor units."""
    return int(money["fractionalAmount"])


def codes(payload: dict[str, Any]) -> list[str]:
    """Return the codes of a refused mutation."""
    return [error["code"] for error in payload["errors"]]


def tax_configuration(market: Market) -> dict[str, Any]:
    """Return how the market's channel taxes, as staff sees it."""
    query = (
        "query($slug: String!) { channel(slug: $slug) { taxConfiguration {"
        " id chargeTaxes taxCalculationStrategy taxAppId } } }"
    )
    found: dict[str, Any] = market.engine.staff(query, slug=market.channel_slug)["channel"]
    taxes: dict[str, Any] = found["taxConfiguration"]
    return taxes


def open_shop(engine: Engine, market: Market, *, reserve_minutes: int | None = None) -> Shop:
    """Let the App tax, price and take payments in the market, and stock two cooperatives."""
    engine.done(
        "UpdateShopSettings",
        input={
            "reserveStockDurationAnonymousUser": reserve_minutes,
            "reserveStockDurationAuthenticatedUser": reserve_minutes,
        },
    )
    engine.done(
        "UpdateTaxConfiguration",
        id=tax_configuration(market)["id"],
        input={
            "chargeTaxes": True,
            "taxCalculationStrategy": "TAX_APP",
            "taxAppId": engine.app.identifier,
        },
    )
    first, second = market.cooperatives[:2]
    oil = market.add_product(first, "Huile d'argan", price=180, quantity=10)
    rug = market.add_product(second, "Tapis", price=1500, quantity=3)
    return Shop(engine, market, oil, rug)
