"""Text out of pages: who speaks, which day, what is a line. Pure, and tied to no platform."""
