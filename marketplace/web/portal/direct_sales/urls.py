"""Addresses of direct sales."""

from django.urls import path

from marketplace.web.portal.direct_sales import change_views, record_views, views

urlpatterns = [
    path("", views.list_sales, name="direct-sales"),
    path("direct-sales.csv", views.sales_csv, name="direct-sales-csv"),
    path("new/", record_views.choose, name="direct-sale-new"),
    path("new/<uuid:variant_id>/", record_views.record, name="direct-sale-record"),
    path("<uuid:sale_id>/", views.show, name="direct-sale"),
    path("<uuid:sale_id>/correct/", change_views.correct, name="direct-sale-correct"),
    path("<uuid:sale_id>/cancel/", change_views.cancel, name="direct-sale-cancel"),
    path("<uuid:sale_id>/document/", change_views.add_document, name="direct-sale-document"),
    path("files/<uuid:kept_id>/", views.fetch, name="direct-sale-file"),
]
