"""Addresses of a cooperative's money, under the cooperative."""

from django.urls import path

from marketplace.web.portal.money import views

urlpatterns = [
    path("", views.show_money, name="money"),
    path("statements/", views.list_statements, name="money-statements"),
    path("statements/<int:year>-<int:month>/", views.show_statement, name="money-statement"),
    path(
        "statements/<int:year>-<int:month>/csv/",
        views.download_statement,
        {"ending": "csv"},
        name="money-statement-csv",
    ),
    path(
        "statements/<int:year>-<int:month>/xlsx/",
        views.download_statement,
        {"ending": "xlsx"},
        name="money-statement-xlsx",
    ),
    path(
        "statements/<int:year>-<int:month>/pdf/",
        views.download_statement,
        {"ending": "pdf"},
        name="money-statement-pdf",
    ),
    path("invoices/", views.list_invoices, name="money-invoices"),
    path("invoices/<uuid:invoice_id>/pdf/", views.download_invoice, name="money-invoice-pdf"),
    path("payments/<uuid:line_id>/", views.show_payment, name="money-payment"),
]
