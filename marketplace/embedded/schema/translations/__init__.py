"""Translations in the API."""
