"""From the basket to the order: address, delivery, payment."""

import contextlib
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.orders import queries as orders
from marketplace.orders.errors import AddressRefused, CashNotConfirmed
from marketplace.orders.models import Basket, CheckoutAttempt
from marketplace.orders.services import checkout, tracking_links
from marketplace.payments.queries import OfferedMethod, offered_methods, refusal_text
from marketplace.web.refusals import later
from marketplace.web.storefront.account.buyer import keep_new_order, known_address
from marketplace.web.storefront.checkout import saved
from marketplace.web.storefront.checkout.cash_code import cash_code_asked
from marketplace.web.storefront.checkout.company_form import CompanyForm
from marketplace.web.storefront.checkout.forms import AddressForm
from marketplace.web.storefront.checkout.gift_form import GiftForm
from marketplace.web.storefront.checkout.short_lines import short_lines
from marketplace.web.storefront.payment.pages import accept_legal_texts, own_attempt
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.components import Step

REFUSED = 422
read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@read_or_post
@shop_view
def ask_address(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for the address; the one of the last attempt, or of the last order, is filled in."""
    if shop.basket is None or shop.basket.is_empty:
        return redirect(shop.url("basket"))
    return _ask_address(request, shop, shop.basket)


@read_or_post
@shop_view
def ask_offer_address(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The same for what was offered to this buyer alone, whose basket has its own cookie."""
    if shop.offer_basket is None or shop.offer_basket.is_empty:
        return redirect(shop.url("basket"))
    return _ask_address(request, shop, shop.offer_basket)


def _ask_address(request: HttpRequest, shop: Shop, basket: Basket) -> HttpResponse:
    make_form = partial(saved.form_class(shop), market=shop.market, language=shop.language)
    form = make_form(initial=_last_address(basket) or known_address(shop))
    error, too_soon, short = "", 0, []
    if request.method == "POST":
        form = make_form(saved.posted(shop))
        if form.has_another_country:
            form = make_form(initial=form.typed)
        elif form.is_valid():
            try:
                attempt = _start(request, shop, basket, form)
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            except AddressRefused as refused:
                _add_errors(form, refused)
            except TwizaError as refused:
                error, short = str(refused), short_lines(refused)
            else:
                saved.keep_typed(request, shop, form)
                return redirect(shop.url("checkout-delivery", attempt_id=attempt.pk))
    view = orders.basket_view(basket, language=shop.language)
    context = {"form": form, "error": error, "basket": view, "steps": _steps(1), "short": short}
    context["offer"] = basket.price_offer
    context |= saved.shown_with(shop, form)
    return later(render(request, "storefront/checkout/address.html", context), too_soon)


def _start(request: HttpRequest, shop: Shop, basket: Basket, form: AddressForm) -> CheckoutAttempt:
    return checkout.start(
        basket=basket,
        email=form.cleaned_data["email"],
        phone=form.cleaned_data["phone"],
        address=form.address,
        language=shop.language,
        seen_from=address_key(request),
    )


@read_or_post
@shop_view
def choose_delivery(request: HttpRequest, shop: Shop, attempt_id: UUID) -> HttpResponse:
    """Choose the delivery and add a gift message or a note; the total is shown before paying."""
    attempt = own_attempt(shop, attempt_id)
    methods = offered_methods(attempt)
    form, company = GiftForm.of(attempt, methods=methods), CompanyForm.of(attempt)
    if request.method == "POST":
        form = GiftForm(request.POST, methods=methods)
        company = CompanyForm(request.POST, country=attempt.address.country_code)
        if form.is_valid() and company.is_valid():
            with contextlib.suppress(checkout.AdditionsRefused):
                return _add_and_deliver(request, shop, attempt, form, company)
    view = orders.checkout_view(attempt, language=shop.language)
    context = {"view": view, "steps": _steps(1), "attempt": attempt, "form": form}
    context["company"] = company
    status = REFUSED if form.is_bound else 200
    return render(request, "storefront/checkout/delivery.html", context, status=status)


def _add_and_deliver(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    form: GiftForm,
    company: CompanyForm,
) -> HttpResponse:
    """Go on to the payment; raises AdditionsRefused, which the forms then say beside the fields."""
    added = checkout.Additions(form.added, company.company)
    try:
        checkout.choose_delivery(
            attempt=attempt, option_id=request.POST.get("option", ""), added=added
        )
    except checkout.AdditionsRefused as refused:
        for name, why in refused.errors.items():
            (form if name in form.fields else company).add_error(name, why)
        raise
    except TwizaError as refused:
        messages.error(request, str(refused))
        return redirect(shop.url("checkout-delivery", attempt_id=attempt.pk))
    return redirect(shop.url("checkout-payment", attempt_id=attempt.pk))


@read_or_post
@shop_view
def choose_payment(request: HttpRequest, shop: Shop, attempt_id: UUID) -> HttpResponse:
    """Choose the payment method; one without a page of its own completes at once."""
    attempt = own_attempt(shop, attempt_id)
    if not attempt.delivery_option:
        return redirect(shop.url("checkout-delivery", attempt_id=attempt.pk))
    methods = offered_methods(attempt)
    error, too_soon, short = "", 0, []
    if request.method == "POST":
        chosen = _chosen(shop, attempt, methods)
        if chosen is None:
            error = refusal_text("provider_unavailable", attempt)
        elif page := _page_of(shop, attempt, chosen):
            return redirect(page)
        else:
            try:
                data = {"provider": chosen.name}
                outcome = checkout.pay(attempt=attempt, method=chosen.method, data=data)
                if outcome.is_settled:
                    return _finish(shop, attempt)
                error = refusal_text(outcome.message, attempt)
            except CashNotConfirmed:
                return cash_code_asked(shop, attempt)
            except TooSoon as refused:
                error, too_soon = str(refused), refused.seconds
            except TwizaError as refused:
                error, short = str(refused), short_lines(refused)
    # After what was refused: a voucher that was taken out has changed the total.
    view = orders.checkout_view(attempt, language=shop.language)
    context = {"view": view, "steps": _steps(2), "error": error, "methods": methods}
    context["short"] = short
    return later(render(request, "storefront/checkout/payment.html", context), too_soon)


def _chosen(
    shop: Shop, attempt: CheckoutAttempt, methods: list[OfferedMethod]
) -> OfferedMethod | None:
    """The method that was sent; by going on the buyer accepts the legal texts."""
    key = shop.request.POST.get("method")
    chosen = next((method for method in methods if method.key == key), None)
    if chosen is not None:
        accept_legal_texts(shop, attempt)
    return chosen


def _page_of(shop: Shop, attempt: CheckoutAttempt, method: OfferedMethod) -> str:
    """The page on which a payment method goes on; empty when it needs none."""
    if method.shown.page == "at_once":
        return ""
    if method.shown.page == "test_card":
        return shop.url("payment-test-card", attempt_id=attempt.pk)
    return shop.url("payment-provider", attempt_id=attempt.pk, provider=method.name)


def _finish(shop: Shop, attempt: CheckoutAttempt) -> HttpResponse:
    """Place the order and show its page."""
    order = checkout.complete(attempt=attempt)
    keep_new_order(shop, order)
    token = tracking_links.issue_link(order=order)
    return redirect(f"{shop.url('tracking', token=token)}?new=1")


def _last_address(basket: Basket) -> dict[str, str]:
    """What this basket's buyer answered the last time; kept encrypted with the attempt."""
    last = basket.attempts.order_by("-created_at").first()
    if last is None:
        return {}
    return last.address.model_dump() | {"email": last.email, "phone": last.phone}


def _add_errors(form: AddressForm, refused: AddressRefused) -> None:
    for field, text in refused.errors.items():
        form.add_error(field if field in form.fields else None, text)
    if not refused.errors:
        form.add_error(None, str(refused))


def _steps(now: int) -> list[Step]:
    payment = pgettext("step of buying", "Payment")
    names = [_("Basket"), _("Delivery"), payment, _("Confirmation")]
    states = ["done" if n < now else "now" if n == now else "next" for n in range(len(names))]
    return [Step(name, state) for name, state in zip(names, states, strict=True)]
