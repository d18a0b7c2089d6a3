"""Drawings, the choice of a language, and the kit (in a demo only); included at the root."""

from django.urls import path

from marketplace.web.ui import views

app_name = "ui"
urlpatterns = [
    path(
        "media/illustrations/<slug:category>/<str:name>.svg",
        views.illustration,
        name="illustration",
    ),
    path("language/<slug:language>/", views.choose_language, name="language"),
    path("ui/", views.show_kit, name="kit"),
]
