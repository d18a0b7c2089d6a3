"""Addresses beside a list: its saved views and its export."""

from django.urls import URLPattern, path

from marketplace.web.lists.declared import RowList
from marketplace.web.staff.lists import saved_view_views as views
from marketplace.web.staff.lists.exporting import exporting


def list_paths(declared: RowList, under: str = "") -> list[URLPattern]:
    """The addresses of a list beside its page; put them above others that could mean the same."""
    name = declared.name
    files = [path(f"{under}export/", exporting(declared), name=f"{name}-export")]
    return [
        *(files if declared.in_files else ()),
        path(f"{under}views/", views.saved_views(declared), name=f"{name}-views"),
        path(f"{under}views/rename/", views.renaming(declared), name=f"{name}-view-rename"),
        path(f"{under}views/delete/", views.deleting(declared), name=f"{name}-view-delete"),
    ]
