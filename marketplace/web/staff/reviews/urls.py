"""Addresses of reviews, under ``/staff/<programme>/reviews/``."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.reviews import views
from marketplace.web.staff.reviews.review_list import REVIEWS

urlpatterns = [
    path("", views.list_reviews, name="reviews"),
    *list_paths(REVIEWS),
    path("<uuid:review_id>/", views.show_review, name="review"),
    path("<uuid:review_id>/answer/", views.answer, name="review-answer"),
    path("<uuid:review_id>/show/", views.show, name="review-show"),
    path("<uuid:review_id>/hide/", views.hide, name="review-hide"),
    path("<uuid:review_id>/photos/<int:position>/", views.show_photo, name="review-photo"),
]
