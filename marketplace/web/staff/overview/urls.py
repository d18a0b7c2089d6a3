"""The staff's first page, and all cooperatives to follow."""

from django.urls import path

from marketplace.web.staff.overview import views

urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("follow/", views.list_followed, name="followed"),
]
