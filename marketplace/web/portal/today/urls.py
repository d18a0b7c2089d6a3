"""The portal's first page."""

from django.urls import path

from marketplace.web.portal.today import views

urlpatterns = [path("", views.show_today, name="today")]
