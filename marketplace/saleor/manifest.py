"""Our App as the engine installs it: what it may do, what it hears, what it answers."""

from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from marketplace.saleor.versions import OLDEST
from marketplace.saleor.webhooks.subscriptions import ASYNCHRONOUS, SYNCHRONOUS, Subscription

# The least that our operations and webhooks need. No users, no staff, no discounts, no gift cards.
PERMISSIONS = (
    "MANAGE_PRODUCTS",
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "MANAGE_PAGES",
    "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
    "MANAGE_TRANSLATIONS",
    "MANAGE_CHANNELS",
    "MANAGE_SHIPPING",
    "MANAGE_SETTINGS",
    "MANAGE_TAXES",
    "MANAGE_CHECKOUTS",
    "MANAGE_ORDERS",
    "MANAGE_ORDERS_IMPORT",
    "HANDLE_TAXES",
    "HANDLE_PAYMENTS",
)


def manifest() -> dict[str, Any]:
    """The App's manifest, with addresses under this deployment's public one."""
    return {
        "id": settings.SALEOR_APP_IDENTIFIER,
        "name": "Twiza",
        "version": version("twiza"),
        "about": "A marketplace of cooperatives: vendors, parcels, payouts.",
        "author": "Twiza",
        "requiredSaleorVersion": f"^{OLDEST[0]}.{OLDEST[1]}.0",
        "permissions": list(PERMISSIONS),
        "appUrl": urljoin(settings.PUBLIC_URL, settings.LOGIN_REDIRECT_URL),
        "tokenTargetUrl": _address("saleor:register"),
        "extensions": [],
        "webhooks": [
            *(_webhook(s, "asyncEvents", _address("saleor:webhooks")) for s in ASYNCHRONOUS),
            *(
                _webhook(s, "syncEvents", _address("saleor:sync", s.events[0].lower()))
                for s in SYNCHRONOUS
            ),
        ],
    }


def manifest_url() -> str:
    """Where the engine finds the manifest."""
    return _address("saleor:manifest")


def _address(name: str, *args: str) -> str:
    return urljoin(settings.APP_URL, reverse(name, args=args))


def _webhook(subscription: Subscription, kind: str, target: str) -> dict[str, Any]:
    return {
        "name": subscription.name,
        kind: list(subscription.events),
        "query": subscription.query,
        "targetUrl": target,
        "isActive": True,
    }
