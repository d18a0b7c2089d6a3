"""Addresses of who administers the shop."""

from django.urls import path

from marketplace.web.staff.shop import views

urlpatterns = [
    path("people/", views.list_people, name="shop-people"),
    path("people/<int:shop_grant_id>/confirm/", views.confirm, name="shop-grant-confirm"),
]
