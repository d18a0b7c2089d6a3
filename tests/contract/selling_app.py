"""What the contract's App answers when the engine asks for shipping, taxes and payments."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.contract.fake_app import FakeApp

_SHIPPING = """
subscription {
  event {
    issuedAt
    ... on ShippingListMethodsForCheckout {
      checkout {
        id
        voucherCode
        channel { slug currencyCode }
        shippingAddress { country { code } city postalCode }
        lines { id quantity variant { id sku weight { value unit } product { id } } }
      }
    }
  }
}
"""
_TAXES = """
subscription {
  event {
    issuedAt
    ... on CalculateTaxes {
      taxBase {
        currency
        channel { slug }
        pricesEnteredWithTax
        shippingPrice { amount }
        address { country { code } }
        lines {
          quantity
          productSku
          totalPrice { amount }
          unitPrice { amount }
          chargeTaxes
        }
        sourceObject { __typename ... on Checkout { id } ... on Order { id } }
      }
    }
  }
}
"""
_GATEWAY = """
subscription {
  event {
    issuedAt
    ... on PaymentGatewayInitializeSession {
      amount
      data
      sourceObject { __typename ... on Checkout { id } ... on Order { id } }
    }
  }
}
"""
_INITIALIZE = """
subscription {
  event {
    issuedAt
    ... on TransactionInitializeSession {
      merchantReference
      idempotencyKey
      data
      action { amount currency actionType }
      transaction { id token }
      sourceObject { __typename ... on Checkout { id } ... on Order { id } }
    }
  }
}
"""
_PROCESS = """
subscription {
  event {
    issuedAt
    ... on TransactionProcessSession {
      merchantReference
      data
      action { amount currency actionType }
      transaction { id token }
    }
  }
}
"""
_REQUESTED = """
subscription {
  event {
    issuedAt
    ... on TransactionChargeRequested {
      action { actionType amount }
      transaction { id pspReference }
    }
    ... on TransactionRefundRequested {
      action { actionType amount currency }
      grantedRefund { id amount { amount } }
      transaction { id pspReference }
    }
    ... on TransactionCancelationRequested {
      action { actionType amount }
      transaction { id pspReference }
    }
  }
}
"""
_ORDERS = """
subscription {
  event {
    __typename
    issuedAt
    version
    issuingPrincipal { __typename ... on App { id } ... on User { id } }
    ... on OrderCreated { order { ...Parts } }
    ... on OrderConfirmed { order { ...Parts } }
    ... on OrderPaid { order { ...Parts } }
    ... on OrderFullyPaid { order { ...Parts } }
    ... on OrderUpdated { order { ...Parts } }
    ... on OrderFulfilled { order { ...Parts } }
    ... on OrderRefunded { order { ...Parts } }
    ... on OrderCancelled { order { ...Parts } }
    ... on OrderBulkCreated { orders { ...Parts } }
    ... on FulfillmentCreated { fulfillment { ...Sent } order { id number } }
    ... on FulfillmentCanceled { fulfillment { ...Sent } order { id number } }
    ... on FulfillmentTrackingNumberUpdated { fulfillment { ...Sent } order { id number } }
  }
}
fragment Parts on Order {
  id
  number
  status
  paymentStatus
  chargeStatus
  authorizeStatus
  channel { slug currencyCode }
  total { gross { amount currency } }
  shippingMethodName
  deliveryMethod {
    __typename
    ... on ShippingMethod { id name metadata { key value } }
  }
  metadata { key value }
  transactions { id pspReference }
  lines {
    id
    quantity
    productSku
    productName
    variant { id product { id } }
    allocations { quantity warehouse { id slug } }
    totalPrice { gross { amount currency } net { amount } }
  }
}
fragment Sent on Fulfillment {
  id
  status
  trackingNumber
  warehouse { id slug name }
  lines { quantity orderLine { id productSku } }
}
"""
QUERIES = {
    "Shipping": _SHIPPING,
    "Taxes": _TAXES,
    "Gateway": _GATEWAY,
    "Initialize": _INITIALIZE,
    "Process": _PROCESS,
    "Requested": _REQUESTED,
    "Orders": _ORDERS,
}
# An event that a query asks for by its interface has to be named.
NAMED = {"Taxes": {"syncEvents": ["CHECKOUT_CALCULATE_TAXES", "ORDER_CALCULATE_TAXES"]}}
TAX_PERCENT = 20


def sell(app: FakeApp) -> FakeApp:
    """Give the App the webhooks of a marketplace, and ordinary answers to them."""
    app.extra_webhooks += [
        {"name": name, "query": query, "targetUrl": f"{app.url}/webhooks", **NAMED.get(name, {})}
        for name, query in QUERIES.items()
    ]
    app.answers |= {
        "shipping_list_methods_for_checkout": two_methods,
        "checkout_calculate_taxes": taxes_included,
        "payment_gateway_initialize_session": lambda _: {"data": {"methods": ["card", "cod"]}},
        "transaction_initialize_session": session("CHARGE_SUCCESS"),
        "transaction_process_session": session("CHARGE_SUCCESS"),
        "transaction_charge_requested": action("CHARGE_SUCCESS"),
        "transaction_refund_requested": action("REFUND_SUCCESS"),
        "transaction_cancelation_requested": action("CANCEL_SUCCESS"),
    }
    return app


def two_methods(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Offer one method for all parcels, and a faster one."""
    currency = payload["checkout"]["channel"]["currencyCode"]
    return [
        {
            "id": "combined",
            "name": "Livraison 2 coop.",
            "amount": "50",
            "currency": currency,
            "maximum_delivery_days": 5,
            "metadata": {"parcels": '[{"coop": "c1", "amount": 25}]'},
        },
        {"id": "express", "name": "Express", "amount": "120", "currency": currency},
        {"id": "euro", "name": "Wrong currency", "amount": "9", "currency": "EUR"},
    ]


def taxes_included(payload: dict[str, Any]) -> dict[str, Any]:
    """Take 20 % tax out of gross prices."""
    base = payload["taxBase"]

    def net(gross: float) -> str:
        return str(round(Decimal(str(gross)) / Decimal("1.2"), 2))

    return {
        "shipping_price_gross_amount": base["shippingPrice"]["amount"],
        "shipping_price_net_amount": net(base["shippingPrice"]["amount"]),
        "shipping_tax_rate": TAX_PERCENT,
        "lines": [
            {
                "total_gross_amount": line["totalPrice"]["amount"],
                "total_net_amount": net(line["totalPrice"]["amount"]),
                "tax_rate": TAX_PERCENT,
            }
            for line in base["lines"]
        ],
    }


def session(
    result: str, reference: str = "", **more: Any
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Answer a payment session with a result; the reference follows from the transaction."""

    def answer(payload: dict[str, Any]) -> dict[str, Any]:
        return {
            "pspReference": reference or f"psp-{payload['transaction']['id'][-12:]}",
            "result": result,
            "amount": payload["action"]["amount"],
            "actions": ["REFUND", "CHARGE", "CANCEL"],
            "data": {"ok": 1},
            "message": "simulated",
            **more,
        }

    return answer


def action(result: str, **more: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Answer a requested action at once with a result."""
    numbers = iter(range(1, 1000))

    def answer(payload: dict[str, Any]) -> dict[str, Any]:
        return {
            "pspReference": f"{result.lower()}-{next(numbers)}-{payload['transaction']['id'][-8:]}",
            "result": result,
            "amount": payload["action"]["amount"],
            **more,
        }

    return answer


def noted(reference: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Answer a requested action with a reference only: its outcome is reported later."""
    return lambda _payload: {"pspReference": reference}
