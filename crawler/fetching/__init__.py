"""Asking hosts: one request at a time, robots.txt, retries; and every answer kept as it came."""
