"""Pages and page types in the API; a cooperative is a page."""
