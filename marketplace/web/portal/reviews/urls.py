"""Addresses of reviews, under ``/portal/<cooperative>/reviews/``."""

from django.urls import path

from marketplace.web.portal.reviews import views

urlpatterns = [
    path("", views.list_reviews, name="reviews"),
    path("<uuid:review_id>/", views.show_review, name="review"),
    path("<uuid:review_id>/answer/", views.answer, name="review-answer"),
    path("<uuid:review_id>/report/", views.report, name="review-report"),
]
