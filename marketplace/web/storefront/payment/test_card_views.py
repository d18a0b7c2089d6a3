"""Paying with a test card, and the code that its pretended bank asks for."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.services import checkout
from marketplace.payments.providers.test_card import (
    APPROVED,
    DECLINED,
    SECOND_STEP,
    SECOND_STEP_CODE,
    TestCard,
)
from marketplace.payments.queries import refusal_text, takes_test_cards
from marketplace.web.storefront.checkout.short_lines import short_lines
from marketplace.web.storefront.payment.forms import CodeForm, TestCardForm
from marketplace.web.storefront.payment.pages import DONE, PAID, own_attempt, place, show
from marketplace.web.storefront.shell import Shop, shop_view


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def pay_by_test_card(request: HttpRequest, shop: Shop, attempt_id: UUID) -> HttpResponse:
    """Take a test card's number, pay, and place the order."""
    attempt = _attempt(shop, attempt_id)
    if attempt.state in DONE | PAID:
        return _place(request, shop, attempt)
    form = TestCardForm(request.POST or None)
    if form.is_valid():
        data = {"provider": TestCard.name, "number": form.cleaned_data["number"]}
        return _pay(request, shop, attempt, form, data)
    if form.is_bound:
        form.forget()
    return show(request, shop, attempt, "test_card", form=form, cards=_cards())


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def confirm_test_card(request: HttpRequest, shop: Shop, attempt_id: UUID) -> HttpResponse:
    """Take the bank's code, then place the order."""
    attempt = _attempt(shop, attempt_id)
    if attempt.state in DONE | PAID:
        return _place(request, shop, attempt)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            outcome = checkout.process_payment(
                attempt=attempt, data={"code": form.cleaned_data["code"]}
            )
        except TwizaError as problem:
            return _refuse(request, shop, attempt, str(problem))
        if outcome.state in {"paid", "authorized"}:
            return _place(request, shop, attempt)
        return _refuse(request, shop, attempt, refusal_text(outcome.message, attempt))
    if form.is_bound:
        form.forget()
    return show(request, shop, attempt, "test_card_code", form=form, code=SECOND_STEP_CODE)


def _pay(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    form: TestCardForm,
    data: dict[str, Any],
) -> HttpResponse:
    try:
        outcome = checkout.pay(attempt=attempt, method="card", data=data)
    except TwizaError as problem:
        return _refuse(request, shop, attempt, str(problem), short=short_lines(problem))
    if outcome.state == "second_step":
        return redirect(shop.url("payment-test-card-code", attempt_id=attempt.pk))
    if outcome.state in {"paid", "authorized"}:
        return _place(request, shop, attempt)
    form.add_error("number", refusal_text(outcome.message, attempt))
    form.forget()
    return show(request, shop, attempt, "test_card", form=form, cards=_cards())


def _place(request: HttpRequest, shop: Shop, attempt: CheckoutAttempt) -> HttpResponse:
    """Make the paid checkout an order, and show the buyer its own page."""
    try:
        return place(shop, attempt)
    except TwizaError as problem:
        return _refuse(request, shop, attempt, str(problem))


def _refuse(
    request: HttpRequest, shop: Shop, attempt: CheckoutAttempt, text: str, **context: Any
) -> HttpResponse:
    form, cards = TestCardForm(), _cards()
    return show(
        request, shop, attempt, "test_card", form=form, cards=cards, problem=text, **context
    )


def _attempt(shop: Shop, attempt_id: UUID) -> CheckoutAttempt:
    """The buyer's own attempt, where test cards are taken."""
    if not takes_test_cards():
        raise Http404
    return own_attempt(shop, attempt_id)


def _cards() -> list[tuple[str, str]]:
    """The test cards: number in groups of four, and what the pretended bank does."""
    return [
        (_grouped(APPROVED), _("accepted at once")),
        (_grouped(SECOND_STEP), _("asks for a code")),
        (_grouped(DECLINED), pgettext("a card", "refused")),
    ]


def _grouped(number: str) -> str:
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))
