"""Addresses of a cooperative's portal: ``/portal/<cooperative>/…``, named ``portal:…``."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "portal"

# Each feature's folder has its own urls; they are mounted under the cooperative.
features: list[URLPattern | URLResolver] = [
    path("listings/", include("marketplace.web.portal.listings.urls")),
    path("searches/", include("marketplace.web.portal.searches.urls")),
    path("", include("marketplace.web.portal.today.urls")),
    path("admission/", include("marketplace.web.portal.admission.urls")),
    path("documents/", include("marketplace.web.portal.documents.urls")),
    path("profile/", include("marketplace.web.portal.profile.urls")),
    path("members/", include("marketplace.web.portal.members.urls")),
    path("adviser/", include("marketplace.web.portal.adviser.urls")),
    path("people/", include("marketplace.web.portal.people.urls")),
    path("money/", include("marketplace.web.portal.money.urls")),
    path("imports/", include("marketplace.web.portal.imports.urls")),
    path("delivery/", include("marketplace.web.portal.delivery.urls")),
    path("vouchers/", include("marketplace.web.portal.vouchers.urls")),
    path("questions/", include("marketplace.web.portal.conversations.urls")),
    path("reviews/", include("marketplace.web.portal.reviews.urls")),
    path("numbers/", include("marketplace.web.portal.numbers.urls")),
    path("sales/", include("marketplace.web.portal.direct_sales.urls")),
    path("offline/", include("marketplace.web.portal.offline.urls")),
    path("orders/", include("marketplace.web.portal.orders.urls")),
]

urlpatterns = [path("<slug:cooperative>/", include(features))]
