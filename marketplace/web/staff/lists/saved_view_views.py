"""Pages of a list's saved views: one's own, to save, rename and delete."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.errors import NotFound, TwizaError
from marketplace.web.guards import View
from marketplace.web.lists.asked import read
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.forms import NameForm
from marketplace.web.lists.models import SavedView
from marketplace.web.lists.saved_views import (
    delete_view,
    find_view,
    rename_view,
    save_view,
    views_of,
)
from marketplace.web.outcomes import carry_out, pass_on_rights
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists.access import beside_list

REFUSED = 422


def saved_views(declared: RowList) -> View:
    """The page: the view that the address asks for, to be named, and those that there are.

    ``change`` in the address is the id of one to rename or to delete.
    """

    @beside_list(declared)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, access: StaffAccess) -> HttpResponse:
        if change := request.GET.get("change"):
            found = _own_view(access, declared, change)
            form = NameForm(initial={"name": found.name})
            return _page(request, access, declared, form=form, changed=found)
        form = NameForm(request.POST or None)
        asked = read(declared, access, request.GET)
        if asked.is_refused:
            return redirect(f"{_url(declared, access)}?{request.GET.urlencode()}")
        if request.method == "POST" and form.is_valid():
            try:
                saved = save_view(
                    programme=access.programme,
                    list_name=declared.name,
                    name=form.cleaned_data["name"],
                    query=asked.query(),
                    by=access.user,
                )
            except TwizaError as refused:
                form.add_error("name", str(refused))
            else:
                messages.success(request, _("Saved. The view stands above the list."))
                return redirect(f"{_url(declared, access)}?{saved.query}")
        return _page(request, access, declared, form=form, query=asked.query())

    return view


def renaming(declared: RowList) -> View:
    """Give one's own view another name."""

    @beside_list(declared)
    @require_POST
    def view(request: HttpRequest, access: StaffAccess) -> HttpResponse:
        found = _own_view(access, declared, request.POST.get("view", ""))
        form = NameForm(request.POST)
        if form.is_valid():
            try:
                rename_view(view=found, name=form.cleaned_data["name"], by=access.user)
            except TwizaError as refused:
                pass_on_rights(refused)
                form.add_error("name", str(refused))
            else:
                messages.success(request, _("Renamed."))
                return redirect(_url(declared, access, "-views"))
        return _page(request, access, declared, form=form, changed=found)

    return view


def deleting(declared: RowList) -> View:
    """Forget one's own view; the page of the views has asked for a confirmation."""

    @beside_list(declared)
    @require_POST
    def view(request: HttpRequest, access: StaffAccess) -> HttpResponse:
        found = _own_view(access, declared, request.POST.get("view", ""))
        carry_out(request, lambda: delete_view(view=found, by=access.user), _("Deleted."))
        return redirect(_url(declared, access, "-views"))

    return view


def _own_view(access: StaffAccess, declared: RowList, view_id: str) -> SavedView:
    """One's own view that a form or an address names; raises NotFound."""
    try:
        wanted = UUID(view_id)
    except ValueError as error:
        raise NotFound from error
    return find_view(access.user, access.programme, declared.name, wanted)


def _page(
    request: HttpRequest,
    access: StaffAccess,
    declared: RowList,
    *,
    form: NameForm,
    query: str = "",
    changed: SavedView | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "access": access,
        "title": declared.title,
        "list_url": _url(declared, access),
        "views_url": _url(declared, access, "-views"),
        "rename_url": _url(declared, access, "-view-rename"),
        "delete_url": _url(declared, access, "-view-delete"),
        "query": query,
        "form": form,
        "changed": changed,
        "views": views_of(access.user, access.programme, declared.name),
    }
    return render(request, "lists/views.html", context, status=REFUSED if form.errors else 200)


def _url(declared: RowList, access: StaffAccess, after: str = "") -> str:
    return reverse(f"staff:{declared.name}{after}", kwargs={"programme": access.programme.slug})
