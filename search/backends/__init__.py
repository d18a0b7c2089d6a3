"""Where the documents are searched; the setting ``SEARCH_BACKEND`` chooses one."""
