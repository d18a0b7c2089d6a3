"""The page of searches, mounted under ``/portal/<cooperative>/searches/``."""

from django.urls import path

from marketplace.web.portal.searches import views

urlpatterns = [path("", views.show_searches, name="searches")]
