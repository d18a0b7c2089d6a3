"""Addresses of reviews, below ``/{market}/{language}/``."""

from django.urls import path

from marketplace.web.storefront.reviews import own_views, views

urlpatterns = [
    path("goods/<slug:slug>/reviews/", views.show_of_listing, name="listing-reviews"),
    path(
        "cooperatives/<slug:slug>/reviews/", views.show_of_cooperative, name="cooperative-reviews"
    ),
    path("reviews/<uuid:review_id>/report/", views.report, name="review-report"),
    path("orders/<str:token>/reviews/", own_views.show_own, name="tracking-reviews"),
    path("orders/<str:token>/reviews/mails/", own_views.change_mails, name="tracking-review-mails"),
    path("orders/<str:token>/reviews/<uuid:line_id>/", own_views.write, name="tracking-review"),
    path(
        "orders/<str:token>/reviews/<uuid:line_id>/withdraw/",
        own_views.withdraw,
        name="tracking-review-withdraw",
    ),
]
