"""Event → handler, for domain events and for Saleor's webhooks."""

DOMAIN_EVENTS: dict[str, tuple[str, ...]] = {}

SALEOR_EVENTS: dict[str, tuple[str, ...]] = {}

SALEOR_SYNC: dict[str, str] = {}
