"""Drawings, the choice of a language, how an amount is read, and the kit (in a demo only)."""

from django.urls import path

from marketplace.web.ui import views

app_name = "ui"
urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    path(
        "media/illustrations/<slug:category>/<str:name>.svg",
        views.illustration,
        name="illustration",
    ),
    path("language/<slug:language>/", views.choose_language, name="language"),
    path("amount-reading/", views.amount_reading, name="amount-reading"),
    path("ui/", views.show_kit, name="kit"),
]
