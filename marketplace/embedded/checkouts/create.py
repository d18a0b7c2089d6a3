"""Creating a checkout, and reserving its units."""

from collections.abc import Sequence

from marketplace.embedded.checkouts import lines
from marketplace.embedded.checkouts.lines import LineInput
from marketplace.embedded.errors import refuse
from marketplace.embedded.models import Address, Channel, Checkout, User
from marketplace.embedded.webhooks import emit


def find_active_channel(slug: str | None) -> Channel:
    """Return an active channel; refuses MISSING_CHANNEL_SLUG, NOT_FOUND and CHANNEL_INACTIVE."""
    if not slug:
        raise refuse("MISSING_CHANNEL_SLUG", "You need to provide channel slug.", field="channel")
    channel = Channel.objects.filter(slug=slug).first()
    if channel is None:
        raise refuse("NOT_FOUND", f"Channel with '{slug}' slug does not exist.", field="channel")
    if not channel.is_active:
        raise refuse("CHANNEL_INACTIVE", f"Channel with '{slug}' is inactive.", field="channel")
    return channel


def create_checkout(
    channel: Channel,
    wanted: Sequence[LineInput],
    *,
    user: User | None,
    email: str | None,
    language_code: str,
    shipping_address: Address | None,
    billing_address: Address | None,
    metadata: dict[str, str],
    private_metadata: dict[str, str],
) -> Checkout:
    """Create a checkout of a customer, or of a guest, within the open write.

    Refuses what `add_lines` refuses.
    """
    checkout = Checkout.objects.create(
        channel=channel,
        currency=channel.currency_code,
        user=user,
        email=email or (user.email if user else ""),
        country=shipping_address.country if shipping_address else channel.default_country,
        shipping_address=shipping_address,
        billing_address=billing_address,
        language_code=language_code,
        metadata=metadata,
        private_metadata=private_metadata,
    )
    lines.add_lines(checkout, wanted)
    emit("CHECKOUT_CREATED", checkout)
    return checkout
