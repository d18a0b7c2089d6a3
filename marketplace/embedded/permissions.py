"""The permissions of Apps and staff, by Saleor's names."""

PERMISSION_NAMES = {
    "MANAGE_USERS": "Manage customers.",
    "MANAGE_STAFF": "Manage staff.",
    "IMPERSONATE_USER": "Impersonate user.",
    "MANAGE_APPS": "Manage apps.",
    "MANAGE_OBSERVABILITY": "Manage observability.",
    "MANAGE_CHECKOUTS": "Manage checkouts.",
    "HANDLE_CHECKOUTS": "Handle checkouts.",
    "HANDLE_TAXES": "Handle taxes.",
    "MANAGE_TAXES": "Manage taxes.",
    "MANAGE_CHANNELS": "Manage channels.",
    "MANAGE_DISCOUNTS": "Manage sales and vouchers.",
    "MANAGE_GIFT_CARD": "Manage gift cards.",
    "MANAGE_ORDERS": "Manage orders.",
    "MANAGE_ORDERS_IMPORT": "Manage orders import.",
    "MANAGE_PAGES": "Manage pages.",
    "MANAGE_PAGE_TYPES_AND_ATTRIBUTES": "Manage page types and attributes.",
    "HANDLE_PAYMENTS": "Handle payments.",
    "MANAGE_PLUGINS": "Manage plugins.",
    "MANAGE_PRODUCTS": "Manage products.",
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES": "Manage product types and attributes.",
    "MANAGE_SHIPPING": "Manage shipping.",
    "MANAGE_SETTINGS": "Manage settings.",
    "MANAGE_TRANSLATIONS": "Manage translations.",
}
ALL_PERMISSIONS = frozenset(PERMISSION_NAMES)
