"""Addresses of a cooperative's own vouchers."""

from django.urls import path

from marketplace.web.portal.vouchers import views

urlpatterns = [
    path("", views.list_vouchers, name="vouchers"),
    path("new/", views.make, name="voucher-new"),
    path("<uuid:voucher_id>/stop/", views.stop, name="voucher-stop"),
]
