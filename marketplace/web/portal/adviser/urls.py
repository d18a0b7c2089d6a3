"""Addresses of the cooperative's adviser."""

from django.urls import path

from marketplace.web.portal.adviser import views

urlpatterns = [
    path("", views.show, name="adviser"),
    path("acting/", views.switch, name="adviser-acting"),
]
