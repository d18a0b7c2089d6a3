"""Addresses of a programme's vouchers."""

from django.urls import path

from marketplace.web.staff.vouchers import views

urlpatterns = [
    path("", views.list_vouchers, name="vouchers"),
    path("propose/", views.propose, name="voucher-propose"),
    path("<uuid:voucher_id>/", views.show_voucher, name="voucher"),
    path("<uuid:voucher_id>/confirm/", views.confirm, name="voucher-confirm"),
    path("<uuid:voucher_id>/stop/", views.stop, name="voucher-stop"),
]
