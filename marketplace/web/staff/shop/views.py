"""Who administers the whole shop. An operator's command proposes; somebody in office confirms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import ShopAccess, shop_view
from vendors import services
from vendors.models import ShopGrant
from vendors.shop_access import shop_grants_in_force


@shop_view("shop:grant")
@require_safe
def list_people(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """Everybody with the role, and who is proposed."""
    context = {
        "access": access,
        "grants": ShopGrant.objects.select_related("user", "confirmed_by").order_by("granted_at"),
        "in_force": set(shop_grants_in_force().values_list("pk", flat=True)),
    }
    return render(request, "staff/shop/people.html", context)


@shop_view("shop:grant")
@require_POST
def confirm(request: HttpRequest, access: ShopAccess, shop_grant_id: int) -> HttpResponse:
    """Confirm a proposed person."""
    grant = get_object_or_404(ShopGrant, pk=shop_grant_id)
    carry_out(
        request,
        lambda: services.confirm_shop_grant(grant=grant, by=access.by),
        _("Confirmed. The role takes effect in one day."),
    )
    return redirect("staff:shop-people", programme=access.programme.slug)
