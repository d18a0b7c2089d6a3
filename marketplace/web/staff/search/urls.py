"""Addresses of the search's staff pages."""

from django.urls import path

from marketplace.web.staff.search import blocking, views

urlpatterns = [
    path("", views.show_searches, name="searches"),
    path("rule/", views.set_rule, name="search-rule"),
    path("why/", views.show_why, name="search-why"),
    path("blocked/", blocking.show_blocked, name="blocked-phrases"),
    path("blocked/<int:phrase_id>/unblock/", blocking.unblock, name="unblock-phrase"),
    path("synonyms/", views.show_synonyms, name="synonyms"),
    path("synonyms/<int:group_id>/remove/", views.remove, name="synonyms-remove"),
    path("synonyms/changes/<int:change_id>/undo/", views.undo_change, name="synonyms-undo"),
]
