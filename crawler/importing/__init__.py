"""Documents from files that others made."""
