"""The page of the service's state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from marketplace.core.checkup import Mark, examine
from marketplace.web.staff.access import ShopAccess, shop_view

GRAVEST_FIRST = (Mark.BROKEN, Mark.WARNING, Mark.GOOD)


@shop_view("service:read")
@require_GET
def show_service(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """The findings of all checks now, the most severe first."""
    found = sorted(examine(), key=lambda finding: GRAVEST_FIRST.index(finding.mark))
    counts = {mark.value: sum(finding.mark == mark for finding in found) for mark in Mark}
    context = {"access": access, "found": found, "counts": counts, "asked_at": timezone.now()}
    return render(request, "staff/service/show.html", context)
