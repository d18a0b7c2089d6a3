"""The staff's first page."""

from django.urls import path

from marketplace.web.staff.overview import views

urlpatterns = [path("", views.show_overview, name="overview")]
