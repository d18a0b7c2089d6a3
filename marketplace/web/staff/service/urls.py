"""Address of the service's state."""

from django.urls import path

from marketplace.web.staff.service import views

urlpatterns = [path("", views.show_service, name="service")]
