"""Text out of PDF files, read by a process of its own."""
