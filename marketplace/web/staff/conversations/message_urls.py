"""Addresses of messages to the programme, under ``/staff/<programme>/messages/``."""

from django.urls import path

from marketplace.web.staff.conversations import message_views as views
from marketplace.web.staff.conversations.messages_list import MESSAGES
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_messages, name="messages"),
    *list_paths(MESSAGES),
    path("<uuid:message_id>/", views.show_message, name="message"),
    path("<uuid:message_id>/answer/", views.answer, name="message-answer"),
    path("<uuid:message_id>/close/", views.close, name="message-close"),
]
