"""Addresses of a cooperative's portal: ``/portal/<cooperative>/…``, named ``portal:…``."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "portal"

# Each feature's folder has its own urls; they are mounted under the cooperative.
features: list[URLPattern | URLResolver] = [
    path("money/", include("marketplace.web.portal.money.urls")),
    path("orders/", include("marketplace.web.portal.orders.urls")),
]

urlpatterns = [path("<slug:cooperative>/", include(features))]
