"""Addresses of the people whom a cooperative presents."""

from django.urls import path

from marketplace.web.portal.people import views

urlpatterns = [
    path("", views.list_people, name="people"),
    path("new/", views.add_person, name="person-new"),
    path("<int:person_id>/", views.edit_person, name="person"),
    path("<int:person_id>/up/", views.move_up, name="person-up"),
    path("<int:person_id>/remove/", views.remove_person, name="person-remove"),
    path("<int:person_id>/photo/", views.show_photo, name="person-photo"),
]
