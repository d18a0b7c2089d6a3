"""A list of staff with one's own saved views above it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from marketplace.web.lists.declared import RowList
from marketplace.web.lists.pages import Beside, show_list
from marketplace.web.lists.saved_views import views_of
from marketplace.web.staff.access import StaffAccess


def show_staff_list(
    request: HttpRequest,
    access: StaffAccess,
    declared: RowList,
    template: str = "lists/list.html",
    **context: Any,
) -> HttpResponse:
    """A page of the list as its address asks."""
    own = {"programme": access.programme.slug}
    beside = Beside(
        views=views_of(access.user, access.programme, declared.name),
        views_url=reverse(f"staff:{declared.name}-views", kwargs=own),
        export_url=reverse(f"staff:{declared.name}-export", kwargs=own)
        if declared.in_files
        else "",
    )
    return show_list(request, access, declared, template, beside=beside, **context)
