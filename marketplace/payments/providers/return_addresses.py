"""Where a provider's page sends the buyer back to: our own shop, and nowhere else."""

from urllib.parse import urlsplit

from django.conf import settings

from marketplace.payments.errors import PaymentRefused

LONGEST = 500


def ours(address: object) -> str:
    """The address, if it is one of this shop's pages; raises PaymentRefused.

    It comes with the payment's data, which a stranger may send to the engine as well.
    """
    text = str(address or "")
    home, there = urlsplit(settings.PUBLIC_URL), urlsplit(text)
    same = (home.scheme, home.netloc) == (there.scheme, there.netloc)
    if not same or len(text) > LONGEST or "\\" in text:
        raise PaymentRefused
    return text
