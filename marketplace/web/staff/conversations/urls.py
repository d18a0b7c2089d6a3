"""Addresses of conversations, under ``/staff/<programme>/questions/``."""

from django.urls import path

from marketplace.web.staff.conversations import views
from marketplace.web.staff.conversations.conversation_list import CONVERSATIONS
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_conversations, name="conversations"),
    *list_paths(CONVERSATIONS),
    path("<uuid:conversation_id>/", views.show_conversation, name="conversation"),
    path("<uuid:conversation_id>/answer/", views.answer, name="conversation-answer"),
    path("<uuid:conversation_id>/close/", views.close, name="conversation-close"),
    path("<uuid:conversation_id>/settle/", views.settle, name="conversation-settle"),
]
