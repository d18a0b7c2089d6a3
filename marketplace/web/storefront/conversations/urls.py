"""Addresses of questions, below ``/{market}/{language}/``."""

from django.urls import path

from marketplace.web.storefront.conversations import ask_views, offer_views, views

urlpatterns = [
    path("goods/<slug:slug>/question/", ask_views.ask_about_listing, name="ask-listing"),
    path("cooperatives/<slug:slug>/question/", ask_views.ask_cooperative, name="ask-cooperative"),
    path(
        "orders/<str:token>/question/<slug:cooperative>/",
        ask_views.ask_about_order,
        name="ask-order",
    ),
    path("questions/<str:token>/", views.show_conversation, name="conversation"),
    path("questions/<str:token>/report/", views.report, name="conversation-report"),
    path("questions/<str:token>/offer/", offer_views.accept, name="conversation-offer"),
    path(
        "questions/<str:token>/offer/decline/",
        offer_views.decline,
        name="conversation-offer-decline",
    ),
]
