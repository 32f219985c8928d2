"""What feeds and lists of notices have in common: their items, pages and attached files."""
