"""A run from its first page to its report: crawl, reparse, what they cost and what they tell."""
