"""Our App's manifest: permissions, webhooks, pages in the Dashboard."""

from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from marketplace.saleor.versions import OLDEST
from marketplace.saleor.webhooks.subscriptions import ASYNCHRONOUS, SYNCHRONOUS, Subscription

# The least that our operations and webhooks need. No users, no staff, no gift cards.
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
    "HANDLE_CHECKOUTS",
    "MANAGE_DISCOUNTS",
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
        "appUrl": _app_page(),
        "tokenTargetUrl": _address("saleor:register"),
        "extensions": _extensions(),
        "webhooks": [
            *(_webhook(s, "asyncEvents", _address("saleor:webhooks")) for s in ASYNCHRONOUS),
            *(
                _webhook(s, "syncEvents", _address("saleor:sync", s.events[0].lower()))
                for s in SYNCHRONOUS
            ),
        ],
    }


# In Saleor's Dashboard: the place of a page, its label, the permission to see it.
EXTENSIONS = (
    ("ORDER_DETAILS_MORE_ACTIONS", "POPUP", "Cooperatives", "MANAGE_ORDERS", "order/"),
    ("ORDER_DETAILS_WIDGETS", "WIDGET", "Cooperatives", "MANAGE_ORDERS", "order/"),
    ("PRODUCT_DETAILS_MORE_ACTIONS", "POPUP", "Cooperative", "MANAGE_PRODUCTS", "product/"),
    ("PRODUCT_DETAILS_WIDGETS", "WIDGET", "Cooperative", "MANAGE_PRODUCTS", "product/"),
    ("NAVIGATION_ORDERS", "APP_PAGE", "Marketplace", "MANAGE_ORDERS", ""),
)


def _app_page() -> str:
    """The App's own page in the Dashboard: framed, or a page to sign in at."""
    if settings.DASHBOARD_ORIGIN:
        return urljoin(settings.PUBLIC_URL, settings.DASHBOARD_PAGES.rstrip("/"))
    return urljoin(settings.PUBLIC_URL, settings.LOGIN_REDIRECT_URL)


def _extensions() -> list[dict[str, Any]]:
    """Pages inside the Dashboard; none without its origin, which alone may frame them."""
    if not settings.DASHBOARD_ORIGIN:
        return []
    return [
        {
            "label": label,
            "mount": mount,
            "target": target,
            "permissions": [permission],
            # An App's page is addressed by its path below the App's own address.
            "url": (
                f"/{page}"
                if target == "APP_PAGE"
                else urljoin(settings.PUBLIC_URL, settings.DASHBOARD_PAGES + page)
            ),
            "options": {"widgetTarget": {"method": "GET"}} if target == "WIDGET" else {},
        }
        for mount, target, label, permission, page in EXTENSIONS
    ]


def manifest_url() -> str:
    """The address from which the engine fetches the manifest."""
    return _address("saleor:manifest")


def _address(name: str, *args: str) -> str:
    # The site's other addresses would take seconds to load.
    return urljoin(settings.APP_URL, reverse(name, settings.APP_URLCONF, args=args))


def _webhook(subscription: Subscription, kind: str, target: str) -> dict[str, Any]:
    return {
        "name": subscription.name,
        kind: list(subscription.events),
        "query": subscription.query,
        "targetUrl": target,
        "isActive": True,
    }
