"""The doctor's checks of payments: which providers serve which market, and what is missing."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.markets import MARKETS
from marketplace.core.backlog import MANY_ATTEMPTS
from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.core.word_lists import listed
from marketplace.payments.cash_limits import limits
from marketplace.payments.models import ManualRefund, ProviderNotification
from marketplace.payments.offered_providers import configured_names, providers_of_market
from marketplace.payments.providers import known
from marketplace.payments.providers.stripe.amounts import serves
from marketplace.payments.providers.stripe.countries import has_no_own_account
from vendors.models import Programme


def payment_providers() -> Iterator[Finding]:
    """Each provider's settings, each market's providers, and what waits for staff."""
    check = "payment_providers"
    for name, provider in known().items():
        missing = provider.missing()
        if not missing:
            yield good(check, _("%(name)s accepts payments.") % {"name": name})
        elif _is_begun(missing):
            yield broken(
                check,
                _("%(name)s is only partly configured.") % {"name": name},
                _("Set: %(names)s") % {"names": listed(missing)},
            )
    yield from _choices(check)
    yield from _stripe(check)
    yield from _files(check)
    yield from _waiting(check)


def _is_begun(missing: list[str]) -> bool:
    """Whether some of a provider's settings are there: then somebody meant to use it."""
    prefix = missing[0].rpartition("_")[0].partition("_")[2].partition("_")[0]
    names = [name for name in dir(settings) if name.startswith(f"{prefix}_")]
    return prefix in {"STRIPE", "CMI"} and any(
        getattr(settings, name) for name in names if name != "STRIPE_API_BASE"
    )


def _choices(check: str) -> Iterator[Finding]:
    there = known()
    wrong = sorted({name for names in configured_names().values() for name in names} - set(there))
    if wrong:
        yield broken(
            check,
            _("TWIZA_PAYMENTS contains unknown providers: %(names)s.") % {"names": listed(wrong)},
            _("Known providers: %(names)s") % {"names": listed(there)},
        )
    for market in MARKETS:
        names = [provider.name for provider in providers_of_market(market.code, market.currency)]
        values = {"market": market.code, "names": listed(names)}
        if names:
            yield good(check, _("The market %(market)s offers: %(names)s.") % values)
        else:
            yield warning(
                check,
                _("No payment method is available in the market %(market)s.") % values,
                _("List its providers in TWIZA_PAYMENTS and configure them."),
            )


def _stripe(check: str) -> Iterator[Finding]:
    if not settings.STRIPE_SECRET_KEY:
        return
    for market in MARKETS:
        offered = [provider.name for provider in providers_of_market(market.code, market.currency)]
        if "stripe" in offered and not serves(market.currency):
            yield warning(
                check,
                _("Stripe does not charge in %(currency)s.") % {"currency": market.currency},
                _("Choose another provider for this market in TWIZA_PAYMENTS."),
            )
    for programme in Programme.objects.all():
        for country in programme.country_codes:
            if has_no_own_account(country):
                yield warning(
                    check,
                    _("Stripe opens no account in %(country)s, where %(programme)s works.")
                    % {"country": country, "programme": programme.slug},
                    _("The account must belong to a legal payer in a country that Stripe serves."),
                )


def _files(check: str) -> Iterator[Finding]:
    try:
        limits(settings.CASH_LIMITS)
    except (OSError, ValueError) as error:
        yield broken(
            check,
            _("The cash on delivery limits cannot be read: %(error)s") % {"error": error},
            _("Correct the file named in TWIZA_CASH_LIMITS."),
        )


def _waiting(check: str) -> Iterator[Finding]:
    stuck = ProviderNotification.objects.filter(
        handled_at__isnull=True, attempts__gte=MANY_ATTEMPTS
    ).count()
    if stuck:
        yield broken(
            check,
            _("%(count)d payment provider notifications could not be processed.")
            % {"count": stuck},
            _(
                "The worker's log gives the reason; once it is fixed, they are processed "
                "automatically."
            ),
        )
    to_do = ManualRefund.objects.filter(done_at__isnull=True).count()
    if to_do:
        yield warning(
            check,
            _("%(count)d refunds are waiting to be made manually.") % {"count": to_do},
            _("Staff find them under Refunds, To send back by hand."),
        )
