"""One module or package for each kind of website or API: what a page of it means.

A module is a platform where it has a ``crawler.platform.Platform``; others beside it are shared.
"""
