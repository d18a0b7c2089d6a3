"""From listings to search documents, and the index that holds them."""
