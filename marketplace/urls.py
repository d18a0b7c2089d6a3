"""Path → room. Each room's own ``urls.py`` holds path → view."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("marketplace.web.ui.urls")),
    path("accounts/", include("marketplace.web.accounts.urls")),
    path("accounts/kept/", include("marketplace.web.kept.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/", include("marketplace.web.api.urls")),
    path("health/", include("marketplace.core.health")),
    path("demo/", include("marketplace.demo.urls")),
    path("dashboard/", include("marketplace.web.dashboard.urls")),
    path("", include("marketplace.saleor.public_urls")),
    path("payments/", include("marketplace.payments.urls")),
    path("portal/", include("marketplace.web.portal.urls")),
    path("staff/", include("marketplace.web.staff.urls")),
    path("", include("marketplace.web.storefront.sitemaps.urls")),
    path("", include("marketplace.web.storefront.photos.urls")),
    path("", include("marketplace.web.storefront.urls")),
]

handler500 = "marketplace.web.failures.server_error"
