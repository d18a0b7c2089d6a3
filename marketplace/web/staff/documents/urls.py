"""Addresses of a programme's documents."""

from django.urls import path

from marketplace.web.staff.documents import annual_summary_views, invoice_views, views
from marketplace.web.staff.documents.invoice_list import INVOICES
from marketplace.web.staff.documents.statement_list import STATEMENTS
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("statements/", views.list_cooperatives, name="statements"),
    *list_paths(STATEMENTS, "statements-"),
    path("statements/<slug:slug>/", views.list_statements, name="cooperative-statements"),
    *(
        path(
            f"statements/<slug:slug>/<int:year>-<int:month>/{ending}/",
            views.download_statement,
            {"ending": ending},
            name=f"cooperative-statement-{ending}",
        )
        for ending in ("pdf", "xlsx", "csv")
    ),
    path("invoices/", invoice_views.list_invoices, name="commission-invoices"),
    *list_paths(INVOICES, "invoices/"),
    path("invoices/issue/", invoice_views.issue, name="commission-issue"),
    path("invoices/mention/", invoice_views.set_payer_mention, name="commission-mention"),
    path("invoices/<uuid:invoice_id>/pdf/", invoice_views.download_invoice, name="commission-pdf"),
    path(
        "invoices/<uuid:invoice_id>/credit/", invoice_views.credit_invoice, name="commission-credit"
    ),
    path(
        "identifiers/<slug:slug>/", invoice_views.seller_identifier, name="cooperative-identifiers"
    ),
    path("annual/", annual_summary_views.show_years, name="annual-summaries"),
    *(
        path(
            f"annual/<int:year>/{ending}/",
            annual_summary_views.download,
            {"ending": ending},
            name=f"annual-{ending}",
        )
        for ending in ("csv", "xlsx", "xml")
    ),
]
