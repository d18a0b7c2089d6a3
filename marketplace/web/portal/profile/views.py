"""The cooperative's page, contact and bank account, as its members change them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.versions import ChangedMeanwhile, last_entry, version_of
from marketplace.payouts import queries as payouts
from marketplace.web.accounts.second_factor import second_factor_required
from marketplace.web.meanwhile import save_unless_overtaken, show_again
from marketplace.web.outcomes import carry_out
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
    form, is_saved = save_unless_overtaken(
        lambda: ContactForm(
            request.POST or None, current=queries.contact(access.scope), country=own.country_code
        ),
        lambda form: services.change_contact(
            cooperative=own, **form.values, version=version_of(form.current), by=access.by
        ),
        lambda: last_entry(own, "cooperative.contact_changed"),
    )
    if is_saved:
        messages.success(request, _("Saved."))
        return redirect("portal:profile", cooperative=own.slug)
    detail = queries.cooperative_detail(access.scope, own.slug)
    written = {text.language: text for text in detail.texts}
    context = {
        "form": form,
        "languages": [(code, name, written.get(code)) for code, name in LANGUAGES.items()],
    }
    return render(request, "portal/profile/profile.html", context, status=form.status)


@member_view("profile:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: HttpRequest, access: MemberAccess, language: str) -> HttpResponse:
    """Name, tagline and story in one language."""
    if language not in LANGUAGES:
        raise Http404
    own = access.cooperative
    form, is_saved = save_unless_overtaken(
        lambda: TextForm(
            request.POST or None, current=queries.written_texts(access.scope, language)
        ),
        lambda form: services.write_texts(
            cooperative=own,
            language=language,
            **form.values,
            version=version_of(form.current),
            by=access.by,
        ),
        lambda: last_entry(own, "cooperative.texts_written"),
    )
    if is_saved:
        messages.success(request, _("Saved."))
        return redirect("portal:profile", cooperative=own.slug)
    detail = queries.cooperative_detail(access.scope, own.slug)
    context = {
        "form": form,
        "language": language,
        "language_name": LANGUAGES[language],
        "others": [text for text in detail.texts if text.language != language],
    }
    return render(request, "portal/profile/text.html", context, status=form.status)


@member_view("money:read")
@require_http_methods(["GET", "HEAD"])
def bank_account(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """The current account, a new one waiting for confirmation, and its notices."""
    own = access.cooperative
    waiting = queries.waiting_bank_account(own.pk)
    context = {
        "may_change": access.allows("account:set"),
        "account": queries.payout_account(own.pk),
        "waiting": waiting,
        "may_confirm": waiting is not None and waiting.added_by_id != access.user.pk,
        "notices": queries.told_of(waiting.pk, own.pk) if waiting else [],
        "returned": payouts.last_return(access.scope),
    }
    return render(request, "portal/profile/bank_account.html", context)


@member_view("account:set")
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_bank_account(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """A manager enters another account, with a second factor; it needs confirmation."""
    own = access.cooperative
    version = queries.account_version(own.pk)
    initial = {"holder_name": own.legal_name_latin, "version": version}
    form = BankAccountForm(request.POST or None, initial=initial)
    status, last_change = 200, None
    try:
        if request.method == "POST" and form.is_valid() and _set_account(form, access):
            messages.success(request, _("Saved. Someone else must confirm the account number."))
            return redirect("portal:bank-account", cooperative=own.slug)
    except ChangedMeanwhile as overtaken:
        status = show_again(form, overtaken, version=queries.account_version(own.pk))
        last_change = last_entry(own, "bank_account.set", "bank_account.confirmed")
    context = {"form": form, "overtaken": last_change}
    return render(request, "portal/profile/bank_account_change.html", context, status=status)


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
    carry_out(
        request,
        lambda: services.confirm_bank_account(
            account=waiting, seen=request.GET.get("account"), by=access.by
        ),
        _("Confirmed. The next payout goes to this account."),
    )
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
