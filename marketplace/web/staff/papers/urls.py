"""Addresses of a programme's papers."""

from django.urls import path

from marketplace.web.staff.papers import views

urlpatterns = [
    path("statements/", views.list_cooperatives, name="statements"),
    path("statements/<slug:slug>/", views.list_statements, name="cooperative-statements"),
    *(
        path(
            f"statements/<slug:slug>/<int:year>-<int:month>/{ending}/",
            views.download_statement,
            {"ending": ending},
            name=f"cooperative-statement-{ending}",
        )
        for ending in ("pdf", "xlsx", "csv")
    ),
]
