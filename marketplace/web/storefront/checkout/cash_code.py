"""The page on which a buyer confirms a cash order with the code from a mail or a message."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.orders.errors import CashNotConfirmed
from marketplace.orders.models import CheckoutAttempt, PaymentMethod
from marketplace.orders.services import checkout
from marketplace.payments.queries import offered_methods, refusal_text
from marketplace.web.refusals import later
from marketplace.web.storefront.checkout.forms import CashCodeForm
from marketplace.web.storefront.payment import pages
from marketplace.web.storefront.shell import Shop, shop_view


def cash_code_asked(shop: Shop, attempt: CheckoutAttempt) -> HttpResponse:
    """Send a code, and go to the page that asks for it."""
    try:
        checkout.send_code(attempt=attempt)
    except TooSoon as refused:
        messages.error(shop.request, str(refused))
    return redirect(shop.url("checkout-cash-code", attempt_id=attempt.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def confirm_cash_order(request: HttpRequest, shop: Shop, attempt_id: UUID) -> HttpResponse:
    """Ask for the code; the right one places the order."""
    attempt = pages.own_attempt(shop, attempt_id)
    if not attempt.cash_code and not attempt.confirmed_contact:
        return redirect(shop.url("checkout-payment", attempt_id=attempt.pk))
    by_phone = not attempt.email
    form, too_soon = CashCodeForm(by_phone=by_phone), 0
    if request.method == "POST" and "again" in request.POST:
        return cash_code_asked(shop, attempt)
    if request.method == "POST":
        form = CashCodeForm(request.POST, by_phone=by_phone)
        if form.is_valid():
            try:
                checkout.confirm(attempt=attempt, code=form.cleaned_data["code"])
                return _place(shop, attempt)
            except TooSoon as refused:
                form.add_error(None, str(refused))
                too_soon = refused.seconds
            except TwizaError as refused:
                form.add_error("code", str(refused))
    context = {
        "form": form,
        "email": attempt.email,
        "phone": attempt.phone,
        "home": shop.market.default_country,
        "address_url": shop.url("checkout"),
    }
    return later(pages.show(request, shop, attempt, "cash_code", **context), too_soon)


def _place(shop: Shop, attempt: CheckoutAttempt) -> HttpResponse:
    """The order, as the payment page would have placed it; what is refused is said there."""
    method = next((m for m in offered_methods(attempt) if m.method == PaymentMethod.CASH), None)
    error = refusal_text("provider_unavailable", attempt)
    try:
        if method is not None:
            outcome = checkout.pay(
                attempt=attempt, method=method.method, data={"provider": method.name}
            )
            if outcome.is_settled:
                return pages.place(shop, attempt)
            error = refusal_text(outcome.message, attempt)
    except CashNotConfirmed:
        return cash_code_asked(shop, attempt)
    except TwizaError as refused:
        error = str(refused)
    messages.error(shop.request, error)
    return redirect(shop.url("checkout-payment", attempt_id=attempt.pk))
