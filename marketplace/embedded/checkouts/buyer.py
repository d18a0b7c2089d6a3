"""The buyer of a locked checkout: e-mail, language, addresses and account."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from marketplace.embedded import ids
from marketplace.embedded.addresses import AddressChecks, AddressData, save_address
from marketplace.embedded.allocation import InsufficientStock, check_stock
from marketplace.embedded.checkouts.changes import insufficient_stock, mark_changed
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import PermissionDenied, refuse
from marketplace.embedded.models import Address, Checkout, User


def check_email(email: str) -> str:
    """Return the e-mail without surrounding space; refuses REQUIRED and INVALID."""
    email = email.strip()
    if not email:
        raise refuse("REQUIRED", "This field cannot be blank.", field="email")
    if "@" not in email:
        raise refuse("INVALID", "Enter a valid email address.", field="email")
    return email


def set_email(checkout: Checkout, email: str) -> None:
    """Set the buyer's e-mail, already checked."""
    checkout.email = email
    checkout.save(update_fields=["email", "updated_at"])


def set_language(checkout: Checkout, language_code: str) -> None:
    """Set the buyer's language, by its stored code."""
    checkout.language_code = language_code
    checkout.save(update_fields=["language_code", "updated_at"])


def save_checkout_address(
    data: AddressData, rules: Mapping[str, bool] | None, address_type: str
) -> Address:
    """Save an address, checked as CheckoutAddressValidationRules say: wholly, without them.

    Refuses what `save_address` refuses.
    """
    rules = rules or {}
    checks = AddressChecks(
        required=rules.get("check_required_fields", True),
        form=rules.get("check_fields_format", True),
        normalize=rules.get("enable_fields_normalization", True),
        address_type=address_type,
    )
    return save_address(data, checks=checks)


def drop_addresses(ids: Collection[int | None]) -> None:
    """Delete addresses that no checkout and no customer has any more; orders have copies."""
    known = [pk for pk in ids if pk is not None]
    if not known:
        return
    rows = Address.objects.filter(pk__in=known, users=None)
    used = Checkout.objects.filter(Q(billing_address__in=rows) | Q(shipping_address__in=rows))
    pairs = used.values_list("billing_address_id", "shipping_address_id")
    rows.exclude(pk__in={pk for pair in pairs for pk in pair if pk}).delete()


def set_shipping_address(checkout: Checkout, address: Address) -> None:
    """Set where the order is delivered to; delivery options and prices are recalculated.

    Refuses INSUFFICIENT_STOCK where too little is left, or nothing for that country.
    """
    former = checkout.shipping_address_id
    checkout.shipping_address = address
    checkout.country = address.country
    if checkout.channel.use_legacy_error_flow:
        try:
            check_stock(checkout)
        except InsufficientStock as error:
            raise insufficient_stock(error, at_completion=False) from error
    mark_changed(checkout, deliveries=True)
    drop_addresses({former})


def set_billing_address(checkout: Checkout, address: Address) -> None:
    """Set the address on the bill; prices are recalculated."""
    former = checkout.billing_address_id
    checkout.billing_address = address
    mark_changed(checkout)
    drop_addresses({former})


def attach_customer(
    context: RequestContext, checkout: Checkout, *, customer_id: str | None
) -> None:
    """Make the caller the owner of a checkout, or with IMPERSONATE_USER another customer.

    Raises PermissionDenied, also when the checkout has an owner; refuses NOT_FOUND and REQUIRED.
    """
    if checkout.user_id is not None:
        raise PermissionDenied(
            message="You cannot reassign a checkout that is already attached to a user."
        )
    customer = context.user
    if customer_id:
        customer = ids.fetch(User.objects.all(), customer_id, "User", field="customerId")
        if customer != context.user:
            context.require("IMPERSONATE_USER")
    if customer is None:
        raise refuse("REQUIRED", "A customer id is required.", field="customerId")
    checkout.user = customer
    checkout.email = checkout.email or customer.email
    checkout.save(update_fields=["user", "email", "updated_at"])
