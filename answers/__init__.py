"""Questions, and their answers as plain values: nothing is printed here."""
