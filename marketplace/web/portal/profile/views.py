"""The cooperative's page, contact and bank account, as its members change them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.payouts import queries as payouts
from marketplace.web.accounts.second_factor import second_factor_required
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.profile.forms import (
    LANGUAGES,
    BankAccountForm,
    ContactForm,
    TextForm,
)
from vendors import queries, services
from vendors.errors import BicMissing, InvalidBankNumber, InvalidBic, JoinedTooRecently


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Languages of the page, phone, mail and days until dispatch."""
    own = access.cooperative
    initial = {"phone": own.phone, "email": own.email, "handling_days": own.handling_days}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_contact(cooperative=own, **form.cleaned_data, by=access.by)
        messages.success(request, _("Saved."))
        return redirect("portal:profile", cooperative=own.slug)
    detail = queries.cooperative_detail(access.scope, own.slug)
    written = {text.language: text for text in detail.texts}
    context = {
        "form": form,
        "languages": [(code, name, written.get(code)) for code, name in LANGUAGES.items()],
    }
    return render(request, "portal/profile/profile.html", context)


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: HttpRequest, access: MemberAccess, language: str) -> HttpResponse:
    """Name, tagline and story in one language."""
    if language not in LANGUAGES:
        raise Http404
    own = access.cooperative
    detail = queries.cooperative_detail(access.scope, own.slug)
    texts = {text.language: text for text in detail.texts}
    form = TextForm.of(texts.get(language), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.write_texts(cooperative=own, language=language, **form.cleaned_data, by=access.by)
        messages.success(request, _("Saved."))
        return redirect("portal:profile", cooperative=own.slug)
    context = {
        "form": form,
        "language": language,
        "language_name": LANGUAGES[language],
        "others": [text for code, text in texts.items() if code != language],
    }
    return render(request, "portal/profile/text.html", context)


@member_view("money:read")
@require_http_methods(["GET", "HEAD"])
def bank_account(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The current account, a new one waiting for confirmation, and its notices."""
    own = access.cooperative
    waiting = queries.waiting_bank_account(own.pk)
    context = {
        "may_change": access.allows("profile:edit"),
        "account": queries.payout_account(own.pk),
        "waiting": waiting,
        "may_confirm": waiting is not None and waiting.added_by_id != access.user.pk,
        "notices": queries.told_of(waiting.pk, own.pk) if waiting else [],
        "returned": payouts.last_return(access.scope),
    }
    return render(request, "portal/profile/bank_account.html", context)


@member_view("profile:edit")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_bank_account(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A manager enters another account, with a second factor; it needs confirmation."""
    access.require("money:read")
    own = access.cooperative
    form = BankAccountForm(request.POST or None, initial={"holder_name": own.legal_name_latin})
    if request.method == "POST" and form.is_valid() and _set_account(form, access):
        messages.success(request, _("Saved. Someone else must confirm the account number."))
        return redirect("portal:bank-account", cooperative=own.slug)
    return render(request, "portal/profile/bank_account_change.html", {"form": form})


@member_view("money:read")
@second_factor_required
@require_POST
def confirm_bank_account(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A second member has compared the new number with the bank's certificate."""
    waiting = queries.waiting_bank_account(access.cooperative.pk)
    if waiting is None:
        # A second click arrives here after the first one was carried out.
        messages.info(request, _("There is no bank account to confirm."))
        return redirect("portal:bank-account", cooperative=access.cooperative.slug)
    try:
        services.confirm_bank_account(account=waiting, by=access.by)
    except TwizaError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Confirmed. The next payout goes to this account."))
    return redirect("portal:bank-account", cooperative=access.cooperative.slug)


def _set_account(form: BankAccountForm, access: MemberAccess) -> bool:
    try:
        services.set_bank_account(cooperative=access.cooperative, **form.cleaned_data, by=access.by)
    except InvalidBankNumber as error:
        form.add_error("number", str(error))
        return False
    except (InvalidBic, BicMissing) as error:
        form.add_error("bic", str(error))
        return False
    except JoinedTooRecently as error:
        form.add_error(None, str(error))
        return False
    return True
