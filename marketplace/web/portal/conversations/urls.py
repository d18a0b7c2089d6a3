"""Addresses of buyers' questions, under ``/portal/<cooperative>/questions/``."""

from django.urls import path

from marketplace.web.portal.conversations import offer_views, views

urlpatterns = [
    path("", views.list_conversations, name="conversations"),
    path("<uuid:conversation_id>/", views.show_conversation, name="conversation"),
    path("<uuid:conversation_id>/answer/", views.answer, name="conversation-answer"),
    path("<uuid:conversation_id>/report/", views.report, name="conversation-report"),
    path("<uuid:conversation_id>/offer/", offer_views.make_offer, name="conversation-offer"),
    path(
        "<uuid:conversation_id>/offer/withdraw/",
        offer_views.withdraw_offer,
        name="conversation-offer-withdraw",
    ),
]
