"""Addresses of the books, under a programme."""

from django.urls import path

from marketplace.web.staff.books import opening_views, views

urlpatterns = [
    path("", views.show_books, name="books"),
    path("trial-balance.csv", views.download_trial, name="books-trial"),
    path("journal.txt", views.download_fec, name="books-fec"),
    path("journal.csv", views.download_journal, name="books-journal"),
    path("close/", views.close, name="books-close"),
    path("opening/", opening_views.bring_in, name="books-opening"),
    path("chart/", views.show_chart, name="books-chart"),
]
