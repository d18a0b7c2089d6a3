"""How buyers reach the programme: shown on the contact page, in the imprint, on the form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.legal import services
from marketplace.legal.defaults import contact_of
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.legal.forms import LANGUAGES, ContactForm

NAMES = ("email", "phone", "address", "director", "hosting")
REFUSED = 422


@programme_view("legal:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Address, telephone, hours, and who answers for what is published."""
    known = contact_of(access.programme)
    initial = {name: getattr(known, name) for name in NAMES}
    initial |= {f"hours_{code}": known.hours.get(code, "") for code, _name in LANGUAGES}
    country = access.programme.home.upper()
    form = ContactForm(request.POST or None, initial=initial, country=country)
    if form.is_valid():
        services.set_contact(
            programme=access.programme, values=form.cleaned_data, hours=form.hours, by=access.by
        )
        messages.success(request, _("Saved."))
        return redirect("staff:legal-contact", programme=access.programme.slug)
    status = REFUSED if form.errors else 200
    return pages.show(request, access, "staff/legal/contact.html", status=status, form=form)
