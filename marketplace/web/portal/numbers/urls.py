"""The address of the cooperative's numbers."""

from django.urls import path

from marketplace.web.portal.numbers import views

urlpatterns = [path("", views.show, name="numbers")]
