"""Addresses of a programme's staff: ``/staff/<programme>/…``, named ``staff:…``."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "staff"

# Each feature's folder has its own urls; they are mounted under the programme.
features: list[URLPattern | URLResolver] = [
    path("moderation/", include("marketplace.web.staff.moderation.urls")),
    path("", include("marketplace.web.staff.overview.urls")),
    path("cooperatives/", include("marketplace.web.staff.cooperatives.urls")),
    path("advising/", include("marketplace.web.staff.advising.urls")),
    path("asked-documents/", include("marketplace.web.staff.asked_documents.urls")),
    path("adoption/", include("marketplace.web.staff.adoption.urls")),
    path("people/", include("marketplace.web.staff.people.urls")),
    path("orders/", include("marketplace.web.staff.orders.urls")),
    path("questions/", include("marketplace.web.staff.conversations.urls")),
    path("messages/", include("marketplace.web.staff.conversations.message_urls")),
    path("reviews/", include("marketplace.web.staff.reviews.urls")),
    path("deliveries/", include("marketplace.web.staff.orders.delivery_urls")),
    path("complaints/", include("marketplace.web.staff.complaints.urls")),
    path("books/", include("marketplace.web.staff.books.urls")),
    path("commission/", include("marketplace.web.staff.commissions.urls")),
    path("vouchers/", include("marketplace.web.staff.vouchers.urls")),
    path("reconciliation/", include("marketplace.web.staff.reconciliation.urls")),
    path("payouts/", include("marketplace.web.staff.payouts.urls")),
    path("papers/", include("marketplace.web.staff.documents.urls")),
    path("impact/", include("marketplace.web.staff.impact.urls")),
    path("search/", include("marketplace.web.staff.search.urls")),
    path("shop/", include("marketplace.web.staff.shop.urls")),
    path("service/", include("marketplace.web.staff.service.urls")),
    path("legal/", include("marketplace.web.staff.legal.urls")),
    path("refunds/", include("marketplace.web.staff.refunds.urls")),
    path("tasks/", include("marketplace.web.staff.long_jobs.urls")),
]

urlpatterns = [path("<slug:programme>/", include(features))]
