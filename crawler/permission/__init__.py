"""Which source may be fetched, by whose leave; and what each robots.txt said, day by day."""
