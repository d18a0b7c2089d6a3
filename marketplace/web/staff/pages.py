"""What pages of staff share: the market for formats, and rendering with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.web.staff.access import StaffAccess


def market_of(access: StaffAccess) -> str:
    """The programme's home market, for formats."""
    return access.programme.home


def show(
    request: HttpRequest,
    access: StaffAccess,
    template: str,
    *,
    status: int = 200,
    **context: object,
) -> HttpResponse:
    """Render a template with amounts and dates in the format of the home market."""
    shown = {"access": access, "market": market_of(access), **context}
    return render(request, template, shown, status=status)
