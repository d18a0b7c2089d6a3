"""Moderation: revisions compared with what buyers see, returned or approved."""
