"""Names of delivery methods."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.orders.shipping_rates import EXPRESS, PICKUP, STANDARD

_NAMES: dict[str, str | Promise] = {
    STANDARD: _("Standard delivery"),
    EXPRESS: _("Express delivery"),
    PICKUP: _("Collect at the cooperative"),
}


def service_name(service: str) -> str | Promise:
    """The name of a service in the reader's language; its code if it is no longer offered."""
    return _NAMES.get(service, service)
